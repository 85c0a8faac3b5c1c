"""Bringing bank files: choose, see what they hold, say what is not known, take in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reglo.accounts.language import page_language
from reglo.banking.forms import ColumnsForm, UploadForm
from reglo.banking.mapping import columns_of, table_headers
from reglo.banking.models import BankFile
from reglo.banking.services.importing import (
    LARGE,
    MAX_BYTES,
    content_of,
    drop_bank_file,
    map_bank_columns,
    name_account,
    receive_bank_file,
    require_size,
    start_taking_in,
    take_in_bank_file,
)
from reglo.banking.tasks import progress_key
from reglo.banking.wording import FORMATS
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.formats.bank import guess_mapping
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.models import BankAccount
from reglo.organisations.permissions import Permission
from reglo.organisations.services import add_bank_account
from reglo.organisations.toasts import say_refusal

_MOST_FILES = 20
_SHOWN_FILES = 15
_SHOWN_FAULTS = 30
_FORM_AROUND = 64 * 1024  #: bytes of a posted form besides the files


# The check of the form's token reads the whole body, so what is too large is refused before it, by its announced size.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.BOOK)
def new(request: MemberRequest) -> HttpResponse:
    """Choose files of a bank."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * MAX_BYTES + _FORM_AROUND:
        return _upload_page(request, _too_large(), 413)
    answer: HttpResponse = _receive(request)
    return answer


def _too_large() -> UploadForm:
    form = UploadForm({}, MultiValueDict())
    form.is_valid()
    form.errors.clear()
    try:
        require_size(MAX_BYTES + 1)
    except DomainError as error:
        attach(error, form)
    return form


@csrf_protect
def _receive(request: MemberRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        received = [file for each in form.cleaned_data["file"][:_MOST_FILES] if (file := _one(request, form, each))]
        if len(received) == 1 and not form.errors:
            return redirect("banking:file", slug=request.organisation.slug, pk=received[0].pk)
        if received and not form.errors:
            messages.success(request, _("The files are here: look at each, then import it."))
            return redirect("banking:file-new", slug=request.organisation.slug)
    return _upload_page(request, form, 422 if form.errors else 200)


def _one(request: MemberRequest, form: UploadForm, upload: Any) -> BankFile | None:
    """One of the files; what is wrong with it stands on the form, with its name."""
    try:
        require_size(upload.size)
        return receive_bank_file(
            organisation=request.organisation,
            file_name=upload.name,
            content=upload.read(),
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error("file", f"{upload.name}: {error.message.in_language(page_language())}")
        return None


def _upload_page(request: MemberRequest, form: UploadForm, status: int) -> HttpResponse:
    files = BankFile.objects.of(request.organisation).defer("content", "preview").order_by("-uploaded_at", "-pk")
    shown = [(each, FORMATS[each.format]) for each in files[:_SHOWN_FILES]]
    return render(request, "banking/file_new.html", {"form": form, "files": shown}, status=status)


@require_safe
@needs(Permission.READ)
def file(request: MemberRequest, pk: int) -> HttpResponse:
    """What a file holds, and what is not known of it yet; once it is taken in, what came of it."""
    found = _file(request, pk)
    if found.taken_in_at is not None or found.started_at is not None:
        return render(request, "banking/file_done.html", _outcome(found))
    return _preview(request, found)


def _preview(request: MemberRequest, file: BankFile, columns: ColumnsForm | None = None) -> HttpResponse:
    accounts = BankAccount.objects.of(request.organisation).order_by("-is_default", "label", "pk")
    by_id = {each.pk: each for each in accounts}
    statements = [
        {
            **each,
            "account": by_id.get(each["account"]),
            "known": each["lines"] - each["new"],
            "first_day": each["first_day"] and date.fromisoformat(each["first_day"]),
            "last_day": each["last_day"] and date.fromisoformat(each["last_day"]),
            "gap": _text(each["gap"]),
        }
        for each in file.preview.get("statements", ())
    ]
    unknown = {each["name"]: each for each in statements if each["account"] is None}
    is_table = file.format in ("", "csv", "xlsx")
    before = BankFile.objects.of(request.organisation).filter(sha256=file.sha256).exclude(taken_in_at=None)
    values = {
        "file": file,
        "format": FORMATS[file.format],
        "statements": statements,
        "unknown": list(unknown.values()),
        "accounts": list(accounts),
        "faults": [_text(each) for each in file.preview.get("faults", ())][:_SHOWN_FAULTS],
        "columns": (columns or _columns_form(file)) if is_table else None,
        "before": before.defer("content", "preview").first(),
        "problem": _text(file.problem or None),
        "known_count": file.line_count - file.new_count,
        "can_take_in": bool(file.format) and not unknown,
    }
    return render(request, "banking/file.html", values, status=422 if columns is not None else 200)


def _text(stored: dict[str, str] | None) -> Text | None:
    return None if stored is None else Text(fr=stored["fr"], en=stored["en"])


def _columns_form(file: BankFile, request: MemberRequest | None = None) -> ColumnsForm:
    headers = table_headers(content_of(file))
    guessed = guess_mapping(headers)
    return ColumnsForm(headers, columns_of(guessed) if guessed else {}, request.POST if request else None)


@require_POST
@needs(Permission.BOOK)
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what the columns of a table are."""
    found = _file(request, pk)
    if found.taken_in_at is not None or found.started_at is not None:
        return redirect("banking:file", request.organisation.slug, pk)
    form = _columns_form(found, request)
    if not form.is_valid():
        return _preview(request, found, form)
    try:
        map_bank_columns(organisation=request.organisation, file_id=pk, columns=form.columns(), order=form.order())
    except DomainError as error:
        attach(error, form)
        return _preview(request, found, form)
    return redirect("banking:file", request.organisation.slug, pk)


@require_POST
@needs(Permission.BOOK)
def account(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which of our accounts a file means, or add it."""
    found, name = _file(request, pk), request.POST.get("name", "")[:60]
    if not request.POST.get("account"):
        messages.error(request, _("Choose an account."))
        return redirect("banking:file", request.organisation.slug, pk)
    try:
        name_account(
            organisation=request.organisation,
            file_id=found.pk,
            name=name,
            account=_account(request, name),
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    return redirect("banking:file", request.organisation.slug, pk)


def _account(request: MemberRequest, name: str) -> BankAccount:
    """The account that was chosen; "new" adds it, which needs the right to change settings."""
    chosen = request.POST.get("account", "")
    if chosen != "new":
        return get_object_or_404(
            BankAccount.objects.of(request.organisation),
            pk=int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0,
        )
    if Permission.SETTINGS not in request.membership.permissions:
        raise PermissionDenied
    return add_bank_account(
        organisation=request.organisation,
        label=request.POST.get("label", "").strip()[:100] or name,
        holder="",
        iban=name,
        bic="",
        by=actor_of(request),
        now=timezone.now(),
    )


@require_POST
@needs(Permission.BOOK)
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a file in: at once, or by a job where it is large."""
    found = _file(request, pk)
    by, now = actor_of(request), timezone.now()
    try:
        if found.line_count > LARGE:
            start_taking_in(organisation=request.organisation, file_id=pk, by=by, now=now)
        else:
            take_in_bank_file(organisation=request.organisation, file_id=pk, by=by, now=now)
            messages.success(request, _("The file is imported; its lines are being matched."))
    except DomainError as error:
        say_refusal(request, error)
    return redirect("banking:file", request.organisation.slug, pk)


@require_safe
@needs(Permission.READ)
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far a job has come (htmx); when it is done, the page begins anew."""
    found = _file(request, pk)
    if found.taken_in_at is not None or found.started_at is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "banking/_file_progress.html", _outcome(found))


@require_POST
@needs(Permission.BOOK)
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget a file that was not taken in."""
    _file(request, pk)
    try:
        drop_bank_file(organisation=request.organisation, file_id=pk)
    except DomainError as error:
        say_refusal(request, error)
        return redirect("banking:file", request.organisation.slug, pk)
    messages.success(request, _("The file is forgotten; nothing was imported."))
    return redirect("banking:file-new", request.organisation.slug)


def _outcome(file: BankFile) -> dict[str, Any]:
    return {
        "file": file,
        "format": FORMATS[file.format],
        "statements": list(file.statements.select_related("bank_account").order_by("pk")),
        "known_count": file.line_count - file.new_count,
        "done": cache.get(progress_key(file.pk), 0),
        "total": max(file.new_count, 1),
    }


def _file(request: MemberRequest, pk: int) -> BankFile:
    return get_object_or_404(BankFile.objects.of(request.organisation).select_related("organisation"), pk=pk)
