"""The page of a list, its next rows, and the files of what it shows."""

from django.db.models import QuerySet
from django.http import HttpResponse

from reglo.lists.listing import Listing
from reglo.organisations.access import MemberRequest


def list_page(request: MemberRequest, listing: Listing, rows: QuerySet, **context: object) -> HttpResponse:
    """Answer a request for a list: the page, its next rows for htmx, or a file (?format=csv, xlsx).

    rows: those of the organisation, with what the columns need selected. context: for the template, which may extend
    "lists/list.html" to add a button or an introduction.
    """
    raise NotImplementedError
