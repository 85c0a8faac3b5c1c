"""Pages of issued invoices: the list, one invoice, its files."""

import base64
import zipfile
from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reglo.billing.listings.invoices import invoices_listing
from reglo.billing.listings.states import kind_badge
from reglo.billing.models import FileKind, Invoice
from reglo.billing.queries.invoices import (
    corrections_of,
    file_hashes,
    invoice_with_facts,
    invoices_among,
    invoices_to_list,
    seals_of,
    sums_of,
)
from reglo.billing.queries.issued import document_of, file_of
from reglo.billing.queries.settlement import with_open_amounts
from reglo.billing.services.files import make_files
from reglo.billing.views.editor import MOST_PAGES
from reglo.core.document import Totals
from reglo.formats.pdf import Look, render_pictures
from reglo.journal.queries import entries_of
from reglo.ledger.queries import standing_of
from reglo.ledger.services import DOCUMENT_SOURCE, Source
from reglo.lists.state import read_state
from reglo.lists.views import list_page, ticked
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

_TYPES = {FileKind.PDF: "application/pdf", FileKind.XML: "application/xml"}
#: The browser's own viewer of PDFs counts as an object of the file itself.
_FILE_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_MOST_IN_ZIP = 500
_IN_MEMORY = 20 * 1024 * 1024
_LATEST_ENTRIES = 30


@require_GET
@needs(Permission.READ)
def invoices(request: MemberRequest) -> HttpResponseBase:
    """The invoices of the organisation."""
    today = today_of(request.organisation, timezone.now())
    rows = with_open_amounts(invoices_to_list(request.organisation))
    return list_page(request, invoices_listing(request.organisation.slug, today), rows)


@require_GET
@needs(Permission.READ)
def invoices_totals(request: MemberRequest) -> HttpResponse:
    """What the invoices of a list come to: asked for by the list once it stands."""
    today = today_of(request.organisation, timezone.now())
    listing = invoices_listing(request.organisation.slug, today)
    rows = read_state(listing, request.GET).narrowed(invoices_to_list(request.organisation))
    return render(request, "billing/invoices_totals.html", {"sums": sums_of(rows)})


@require_GET
@needs(Permission.READ)
def invoice(request: MemberRequest, pk: int) -> HttpResponse:
    """An issued invoice: what it says, its files, its seals, what happened to it."""
    row = _invoice(request, pk)
    document = document_of(row)
    values = {
        "invoice": row,
        "document": document,
        "totals": document.totals or Totals(),
        "kind": kind_badge(row.kind),
        "corrections": corrections_of(row),
        "seals": seals_of(row),
        "hashes": file_hashes(row),
        "entries": entries_of(row)[:_LATEST_ENTRIES],
        "standing": standing_of(request.organisation, Source(DOCUMENT_SOURCE, row.pk)),
    }
    return render(request, "billing/invoice.html", values)


@require_GET
@needs(Permission.READ)
def invoice_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The pages of an invoice as pictures, drawn from what was sealed."""
    row = _invoice(request, pk)
    look = Look(
        logo=bytes(row.look.logo) if row.look.logo else None, **({"accent": row.look.accent} if row.look.accent else {})
    )
    pages = render_pictures(document_of(row), look=look, language=row.language, dots_per_inch=110)
    values = {
        "pages": [base64.b64encode(each).decode() for each in pages[:MOST_PAGES]],
        "page_count": len(pages),
        "more_pages": max(0, len(pages) - MOST_PAGES),
    }
    return render(request, "billing/editor_preview.html", values)


@require_GET
@needs(Permission.READ)
def invoice_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The Factur-X file, as it was sealed."""
    return _file(request, pk, FileKind.PDF)


@require_GET
@needs(Permission.READ)
def invoice_xml(request: MemberRequest, pk: int) -> HttpResponse:
    """The XML (CII), as it was sealed."""
    return _file(request, pk, FileKind.XML)


@require_GET
@needs(Permission.READ)
def invoice_json(request: MemberRequest, pk: int) -> HttpResponse:
    """The document itself as canonical JSON: what the seal is about."""
    row = _invoice(request, pk)
    return _answer(bytes(row.document), f"{_safe(row.number)}.json", "application/json", is_download=True)


@require_POST
@needs(Permission.READ, to_write=Permission.READ)
def invoices_zip(request: MemberRequest) -> HttpResponseBase:
    """The PDFs of the invoices that are ticked, in one file."""
    rows = list(invoices_among(request.organisation, ticked(request)[: _MOST_IN_ZIP + 1]).defer("document"))
    if not rows:
        messages.error(request, _("Tick the invoices first."))
        return redirect("billing:invoices", slug=request.organisation.slug)
    if len(rows) > _MOST_IN_ZIP:
        messages.error(request, _("Tick at most %(most)s invoices at once.") % {"most": _MOST_IN_ZIP})
        return redirect("billing:invoices", slug=request.organisation.slug)
    return FileResponse(_zip(rows), as_attachment=True, filename="invoices.zip", content_type="application/zip")


def _zip(rows: list[Invoice]) -> SpooledTemporaryFile:
    packed = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as folder:
        for row in rows:
            folder.writestr(f"{_safe(row.number)}.pdf", _content(row, FileKind.PDF))
    packed.seek(0)
    return packed


def _file(request: MemberRequest, pk: int, kind: FileKind) -> HttpResponse:
    row = _invoice(request, pk)
    is_download = "download" in request.GET or kind is FileKind.XML
    return _answer(_content(row, kind), f"{_safe(row.number)}.{kind.value}", _TYPES[kind], is_download=is_download)


def _content(row: Invoice, kind: FileKind) -> bytes:
    """A file of an invoice, made now where issuing was cut short right before that."""
    found = file_of(row, kind)
    if found is None:
        make_files(invoice_id=row.pk, now=timezone.now())
        found = file_of(row, kind)
    if found is None:
        raise Http404
    return bytes(found.content)


def _answer(content: bytes, name: str, content_type: str, *, is_download: bool) -> HttpResponse:
    disposition = "attachment" if is_download else "inline"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}"',
            "Content-Security-Policy": _FILE_POLICY,
            "Cache-Control": "private, max-age=3600",
        },
    )


def _safe(number: str) -> str:
    """A number as the name of a file: it may contain a slash."""
    return number.replace("/", "-")


def _invoice(request: MemberRequest, pk: int) -> Invoice:
    try:
        row = invoice_with_facts(request.organisation, pk)
    except Invoice.DoesNotExist:
        raise Http404 from None
    row.organisation = request.organisation
    return row
