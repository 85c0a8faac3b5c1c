"""The page of a list, its next rows, and the files of what it shows."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.lists.files import Cell, cells_of, csv_lines, headers_of, xlsx_file
from reglo.lists.forms import SavedFilterForm
from reglo.lists.keyset import cursor_of, rows_after
from reglo.lists.listing import Listing
from reglo.lists.models import SavedFilter
from reglo.lists.page import ListPage, headers, shown_row
from reglo.lists.services import delete_filter, save_filter
from reglo.lists.state import Shown, read_state
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal

_PAGE = 50
_COUNTED = 10_000
_LONGEST_ID = 18  # digits: 64 bits hold them all
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


Answer = HttpResponseBase


def list_page(request: MemberRequest, listing: Listing, rows: QuerySet, **context: object) -> Answer:
    """Answer a request for a list: the page, its next rows for htmx, or a file (?format=csv, xlsx).

    rows: those of the organisation, with what the columns need selected. context: for the template, which may extend
    "lists/list.html" to add a button or an introduction.
    """
    shown = read_state(listing, request.GET)
    found = shown.narrowed(rows)
    if (wanted := request.GET.get("format")) in ("csv", "xlsx"):
        return _file(listing, found, wanted)
    page = _page(request, shown, found)
    if request.headers.get("HX-Target") == "more":
        return render(request, "lists/_rows.html", {"page": page})
    if request.headers.get("HX-Target") == "list":
        return render(request, "lists/_list.html", {"page": page})
    saved = SavedFilter.objects.of(request.organisation).filter(user=request.user, list_name=listing.name)
    values = {"page": page, "listing": listing, "saved_filters": saved.order_by("label"), **listing.context, **context}
    return render(request, listing.template, values)


def ticked(request: MemberRequest) -> list[int]:
    """The ids of the rows that are ticked on a list; what no database could hold as an id is none of them."""
    return [int(each) for each in request.POST.getlist("id") if each.isdecimal() and len(each) <= _LONGEST_ID]


def _page(request: MemberRequest, shown: Shown, found: QuerySet) -> ListPage:
    listing = shown.listing
    window = rows_after(found, shown.order, shown.after) if shown.after else found
    rows = list(window[: _PAGE + 1])
    more = len(rows) > _PAGE
    rows = rows[:_PAGE]
    acts = [each for each in listing.bulk_acts if each.permission in request.membership.permissions]
    # Counting stops early: nobody needs to know by how much a list is too long, and the whole index would be walked.
    count = 0 if shown.after else len(rows) if not more else found.order_by()[: _COUNTED + 1].values("pk").count()
    return ListPage(
        shown=shown,
        path=request.path,
        headers=tuple(headers(shown)),
        rows=tuple(shown_row(row, listing) for row in rows),
        next_query=shown.query(after=str(cursor_of(rows[-1], shown.order))) if more else "",
        count=min(count, _COUNTED),
        is_count_cut=count > _COUNTED,
        bulk_acts=tuple(acts),
    )


def _file(listing: Listing, rows: QuerySet, wanted: str) -> Answer:
    """Everything that the list shows, page by page or not."""
    # Language and translations of the request end before a streamed answer does, so labels are fixed now.
    names = list(headers_of(listing.columns))
    cells: Iterable[Iterable[Cell]] = (tuple(cells_of(row, listing.columns)) for row in rows.iterator(chunk_size=2000))
    name = f"{listing.name}.{wanted}"
    if wanted == "xlsx":
        return FileResponse(
            xlsx_file(str(listing.title), names, cells), as_attachment=True, filename=name, content_type=_XLSX
        )
    lines = csv_lines(names, cells, language=page_language())
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@needs(Permission.READ)
def keep_filter(request: MemberRequest) -> HttpResponse:
    """Keep the filter of a list under a name."""
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A filter needs a name of 60 characters at most."))
        return redirect(_own(request, request.POST.get("back_to", "")))
    facts = form.cleaned_data
    back_to = _own(request, facts.pop("back_to"))
    try:
        kept = save_filter(organisation=request.organisation, user=request.user, **facts)
    except DomainError as error:
        say_refusal(request, error)
        return redirect(back_to)
    messages.success(request, _("Filter kept as “%(label)s”.") % {"label": kept.label})
    return redirect(f"{back_to}?{kept.query}")


@require_POST
@needs(Permission.READ)
def forget_filter(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget a filter; one of another person or organisation is not found."""
    get_object_or_404(SavedFilter.objects.of(request.organisation), user=request.user, pk=pk)
    delete_filter(organisation=request.organisation, user=request.user, filter_id=pk)
    return redirect(_own(request, request.POST.get("back_to", "")))


def _own(request: MemberRequest, path: str) -> str:
    """A path of this site, to go back to; the start of the site for any other."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()})
    return path if safe else "/"
