"""FEC, table of entries, archive: asked for, waited for, looked at, taken away."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.accounting.fec import description_of
from reglo.reporting.accounting.table import entries_csv
from reglo.reporting.accounting.years import years_of
from reglo.reporting.forms.handing import FecForm, HandingForm
from reglo.reporting.handing.outcomes import breaches_of
from reglo.reporting.handing.parts import kept
from reglo.reporting.handing.progress import progress_of
from reglo.reporting.handing.queries import foreign_entries_of, handed_files, is_quickly_made
from reglo.reporting.models import HandedFile, HandedKind
from reglo.reporting.periods import Period, offered_periods
from reglo.reporting.services.handing import ask_file, make_file, note_download

_SHOWN_FOREIGN = 20
_TYPES = {HandedKind.FEC.value: "text/plain; charset=utf-8", HandedKind.ARCHIVE.value: "application/zip"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ)
def fec(request: MemberRequest) -> HttpResponse:
    """Ask for the FEC of a fiscal year; ?start=&end= are other days than those of the last one."""
    years = years_of(request.organisation, today_of(request.organisation, timezone.now()))
    usual = _asked(request, years)
    form = FecForm(request.POST or None, usual=usual)
    foreign = foreign_entries_of(request.organisation)
    if not foreign.exists():
        del form.fields["leaves_out_foreign"]
    values = {"foreign": foreign[:_SHOWN_FOREIGN], "foreign_count": foreign.count(), "periods": years, "usual": usual}
    return _asking(request, HandedKind.FEC, form, "reporting/fec.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ)
def archive(request: MemberRequest) -> HttpResponse:
    """Ask for the archive of a period."""
    today = today_of(request.organisation, timezone.now())
    years = years_of(request.organisation, today)
    usual = _asked(request, years)
    form = HandingForm(request.POST or None, usual=usual)
    days = {(year.start, year.end) for year in years}
    others = [period for period in offered_periods(today) if (period.start, period.end) not in days]
    values = {"periods": [*years, *others], "usual": usual}
    return _asking(request, HandedKind.ARCHIVE, form, "reporting/archive.html", values)


def _asked(request: MemberRequest, years: Sequence[Period]) -> Period:
    """The days that the address names, else the last fiscal year that is over, else the one that is under way."""
    try:
        start, end = (date.fromisoformat(request.GET.get(name, "")) for name in ("start", "end"))
    except ValueError:
        return years[1] if len(years) > 1 else years[0]
    return Period("", start, end)


def _asking(
    request: MemberRequest, kind: HandedKind, form: HandingForm, template: str, values: dict[str, object]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            file = _ask(request, kind, form)
        except DomainError as error:
            attach(error, form)
        else:
            return redirect("reporting:file", slug=request.organisation.slug, pk=file.pk)
    shown = {"form": form, "files": handed_files(request.organisation, kind)}
    return render(request, template, shown | values, status=422 if form.errors else 200)


def _ask(request: MemberRequest, kind: HandedKind, form: HandingForm) -> HandedFile:
    """Ask for the file; what is made in a moment is made at once."""
    now, facts = timezone.now(), form.cleaned_data
    is_small = is_quickly_made(request.organisation, kind, facts["start"], facts["end"])
    file = ask_file(
        organisation=request.organisation, kind=kind, is_small=is_small, by=actor_of(request), now=now, **facts
    )
    if is_small:
        make_file(file_id=file.pk, now=now)
    return file


@require_GET
@needs(Permission.READ)
def entries(request: MemberRequest) -> HttpResponseBase:
    """The lines of the ledger as CSV, from ?start= to ?end=."""
    form = HandingForm(request.GET)
    if not form.is_valid():
        messages.error(request, _("Say from which day to which."))
        return redirect("reporting:fec", slug=request.organisation.slug)
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    lines = entries_csv(extent_of(request.organisation, start, end), page_language())
    return _attached(lines, f"entries-{start:%Y%m%d}-{end:%Y%m%d}.csv", "text/csv; charset=utf-8")


@require_GET
@needs(Permission.READ)
def file(request: MemberRequest, pk: int) -> HttpResponse:
    """A file: what was found when it was checked, and the way to it."""
    found = _file(request, pk)
    return render(request, "reporting/file.html", _values(found) | {"breaches": breaches_of(found.outcome)})


@require_GET
@needs(Permission.READ)
def file_progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it has come (htmx); when it is done, the page begins anew."""
    found = _file(request, pk)
    if not found.is_waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reporting/_file_progress.html", _values(found))


@require_GET
@needs(Permission.READ)
def file_download(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The bytes, while they are kept; the journal tells who took them."""
    found = _file(request, pk)
    now = timezone.now()
    if not found.is_there_at(now):
        messages.error(request, _("This file is not kept any more: ask for it again."))
        return redirect("reporting:file", slug=request.organisation.slug, pk=pk)
    note_download(file=found, by=actor_of(request), now=now)
    answer = _attached(kept(found), found.name, _TYPES[found.kind])
    answer.headers["Content-Length"] = str(found.size)
    return answer


@require_GET
@needs(Permission.READ)
def file_description(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The note that goes with a FEC (LPF A47 A-1 XI)."""
    found = get_object_or_404(HandedFile.objects.of(request.organisation), pk=pk, kind=HandedKind.FEC)
    name = f"{found.name.removesuffix('.txt')}-description.txt"
    return _attached([description_of(found.name).encode()], name, "text/plain; charset=utf-8")


def _file(request: MemberRequest, pk: int) -> HandedFile:
    return get_object_or_404(HandedFile.objects.of(request.organisation), pk=pk)


def _values(found: HandedFile) -> dict[str, object]:
    done, total = progress_of(found.pk)
    return {
        "file": found,
        "is_there": found.is_there_at(timezone.now()),
        "problem": Text(**found.problem) if found.problem else None,
        "done": min(done, total - 1),
        "total": total,
    }


def _attached(content: Iterable[bytes], name: str, media_type: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(content, content_type=media_type, headers=headers)
