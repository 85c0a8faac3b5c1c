"""Bringing a table: choose a file, say what its columns mean, see what would happen, take it in."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.contrib import messages
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.imports.example import example_rows, headers_of
from reglo.imports.faults import attach_all
from reglo.imports.forms import MappingForm, UploadForm
from reglo.imports.kinds import ImportKind, Outcome, Plan, kind_of, kinds
from reglo.imports.models import TableImport
from reglo.imports.queries import plan_of, require_kind, table_of, taken_in_before
from reglo.imports.reading import MAX_BYTES, Table, require_size, text_of
from reglo.imports.services import (
    LARGE,
    drop_table,
    map_columns,
    receive_table,
    start_taking_in,
    take_in_table,
)
from reglo.imports.tasks import progress_key
from reglo.lists.files import csv_lines, xlsx_file
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN_ROWS = 10
_SHOWN_ERRORS = 50
_SHOWN_IMPORTS = 10
_FORM_AROUND = 64 * 1024  #: bytes of a posted form besides the file


# The check of the form's token reads the whole body, so what is too large is refused before it, by its announced size.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT)
def new(request: MemberRequest, kind: str = "") -> HttpResponse:
    """Choose what to bring, then the file."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _FORM_AROUND:
        return _upload_page(request, _kind_or_404(kind), _refused_form(), 413)
    if not kind:
        return render(request, "imports/kinds.html", {"kinds": _named_kinds()})
    answer: HttpResponse = _receive(request, _kind_or_404(kind))
    return answer


@csrf_protect
def _receive(request: MemberRequest, kind: ImportKind) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            require_size(file.size)
            brought = receive_table(
                organisation=request.organisation,
                kind=kind.key,
                file_name=file.name,
                content=file.read(),
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach_all(_of_file(error), form)
        else:
            return redirect("imports:preview", slug=request.organisation.slug, pk=brought.pk)
    return _upload_page(request, kind, form, 422 if form.errors else 200)


class _BadFile(DomainError):
    """A file that is no table."""

    code = "bad-file"


def _of_file(error: DomainError) -> DomainError:
    return _BadFile(error.message, field="file")


def _refused_form() -> UploadForm:
    form = UploadForm({}, MultiValueDict())
    form.is_valid()
    form.errors.clear()
    try:
        require_size(MAX_BYTES + 1)
    except DomainError as error:
        attach_all(_of_file(error), form)
    return form


def _upload_page(request: MemberRequest, kind: ImportKind, form: UploadForm, status: int) -> HttpResponse:
    brought = TableImport.objects.of(request.organisation).filter(kind=kind.key).defer("content")
    values = {
        "kind": kind,
        "title": kind.title.in_language(page_language()),
        "form": form,
        "imports": brought.order_by("-uploaded_at")[:_SHOWN_IMPORTS],
    }
    return render(request, "imports/new.html", values, status=status)


def _named_kinds() -> list[tuple[str, str]]:
    return [(each.key, each.title.in_language(page_language())) for each in kinds()]


def _kind_or_404(key: str) -> ImportKind:
    kind = kind_of(key) or (kinds()[0] if not key else None)
    if kind is None:
        raise Http404
    return kind


@require_GET
@needs(Permission.IMPORT)
def template(request: MemberRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """A file to begin with: the headers that we know, and an example row."""
    known, language = _kind_or_404(kind), page_language()
    headers, rows = headers_of(known, language), example_rows(known)
    if request.GET.get("format") == "xlsx":
        file = xlsx_file(known.title.in_language(language), headers, rows)
        return FileResponse(file, as_attachment=True, filename=f"{known.key}.xlsx", content_type=_XLSX)
    return _csv(f"{known.key}.csv", headers, rows)


def _csv(name: str, headers: list[str], rows: list[list[str]]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csv_lines(headers, rows, language=page_language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT)
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What would happen; what the columns mean is posted here."""
    brought = _brought_or_404(request, pk)
    if brought.taken_in_at is not None or brought.started_at is not None:
        return render(request, "imports/outcome.html", _outcome(brought))
    table = table_of(brought)
    kind = require_kind(brought.kind)
    form = MappingForm(kind, table.headers, brought.columns, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            map_columns(import_id=pk, organisation=request.organisation, columns=form.columns())
        except DomainError as error:
            attach_all(error, form)
        else:
            return redirect("imports:preview", slug=request.organisation.slug, pk=pk)
    plan = plan_of(brought, today_of(request.organisation, timezone.now()), table)
    values = {
        "brought": brought,
        "kind": kind,
        "title": kind.title.in_language(page_language()),
        "form": form,
        "columns": list(zip(form, _samples(table), strict=True)),
        "is_needed_missing": kind.needed not in brought.columns.values(),
        "needed": _label(kind, kind.needed),
        "plan": plan,
        "count": len(plan.rows),
        "takeable": len(plan.rows) - plan.count(Outcome.REFUSED),
        "refused": plan.count(Outcome.REFUSED),
        "rows": plan.rows[:_SHOWN_ROWS],
        "errors": list(islice(_errors(kind, plan), _SHOWN_ERRORS)),
        "before": taken_in_before(brought),
        "failure": _failure(brought),
    }
    return render(request, "imports/preview.html", values, status=422 if form.errors else 200)


def _brought_or_404(request: MemberRequest, pk: int) -> TableImport:
    rows = TableImport.objects.of(request.organisation).select_related("organisation", "uploaded_by")
    return get_object_or_404(rows, pk=pk)


def _samples(table: Table) -> list[str]:
    """What the first row that has something says in each column."""
    samples = []
    for place in range(len(table.headers)):
        texts = (text_of(cells[place]) for _, cells in table.rows[:_SHOWN_ROWS] if place < len(cells))
        samples.append(next((text for text in texts if text), "")[:80])
    return samples


class ShownError(NamedTuple):
    """A fault of a row, as page and file show it."""

    row: int
    about: str
    field: str
    reason: str
    fix: str


def _errors(kind: ImportKind, plan: Plan) -> Iterator[ShownError]:
    language = page_language()
    for row in plan.refused:
        for fault in row.faults:
            yield ShownError(
                row=row.number,
                about=row.label,
                field=_label(kind, fault.where.in_language(language)),
                reason=fault.reason.in_language(language),
                fix=fault.fix.in_language(language),
            )


def _label(kind: ImportKind, key: str) -> str:
    field = kind.field(key)
    return key if field is None else field.label.in_language(page_language())


def _failure(brought: TableImport) -> Text | None:
    """Why a job could not take the table in."""
    said = brought.outcome
    return Text(fr=said["fr"], en=said["en"]) if "fr" in said else None


@require_GET
@needs(Permission.IMPORT)
def errors(request: MemberRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Every fault of every row, as CSV."""
    brought = _brought_or_404(request, pk)
    if brought.taken_in_at is not None:
        raise Http404
    kind = require_kind(brought.kind)
    plan = plan_of(brought, today_of(request.organisation, timezone.now()))
    headers = [_("Row"), _("About"), _("Column"), _("What is wrong"), _("How to mend it")]
    rows = [[str(each.row), each.about, each.field, each.reason, each.fix] for each in _errors(kind, plan)]
    return _csv(f"errors-{brought.pk}.csv", headers, rows)


@require_POST
@needs(Permission.IMPORT)
def take_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the table in: at once, or by a job where it is large."""
    brought = _brought_or_404(request, pk)
    all_or_nothing = request.POST.get("mode") == "all"
    back = redirect("imports:preview", slug=request.organisation.slug, pk=pk)
    by, now = actor_of(request), timezone.now()
    try:
        rows = 0 if brought.taken_in_at else len(table_of(brought).rows)
        if rows > LARGE:
            start_taking_in(
                import_id=pk,
                organisation=request.organisation,
                all_or_nothing=all_or_nothing,
                rows=rows,
                by=by,
                now=now,
            )
            return back
        take_in_table(import_id=pk, organisation=request.organisation, all_or_nothing=all_or_nothing, by=by, now=now)
    except DomainError as error:
        say_refusal(request, error)
        return back
    messages.success(request, _("The table is taken in."))
    return back


@require_GET
@needs(Permission.IMPORT)
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far a job has come (htmx); when it is done, the page begins anew."""
    brought = _brought_or_404(request, pk)
    if brought.taken_in_at is not None or brought.started_at is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "imports/_progress.html", _outcome(brought))


@require_POST
@needs(Permission.IMPORT)
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget the table."""
    brought = _brought_or_404(request, pk)
    drop_table(import_id=pk, organisation=request.organisation)
    messages.success(request, _("The file is forgotten; nothing was taken in."))
    return redirect("imports:new", slug=request.organisation.slug, kind=brought.kind)


def _outcome(brought: TableImport) -> dict[str, object]:
    return {
        "brought": brought,
        "title": require_kind(brought.kind).title.in_language(page_language()),
        "done": cache.get(progress_key(brought.pk), 0),
        "total": brought.outcome.get("rows", 1),
        "list": f"{brought.kind}:list",
    }
