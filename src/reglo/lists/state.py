"""What a list shows now: read from the address, so that every view of it can be linked to and kept."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date

from reglo.lists.keyset import Cursor, bad_cursor_as_none
from reglo.lists.listing import Choice, Column, Filter, Listing

_LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The part of a list that an address asks for. What the address says wrongly counts as not said."""

    listing: Listing
    search: str = ""
    choices: tuple[tuple[Filter, Choice], ...] = ()
    since: date | None = None
    until: date | None = None
    order: str = ""  #: field, with "-" where it descends
    after: Cursor | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether search or filters hide rows."""
        return bool(self.search or self.choices or self.since or self.until)

    @property
    def column(self) -> Column | None:
        """The column that sorts the list, if one does."""
        return next((each for each in self.listing.columns if each.order == self.order.removeprefix("-")), None)

    def chosen(self, key: str) -> str:
        """The choice of a filter, "" for none."""
        return next((choice.key for wanted, choice in self.choices if wanted.key == key), "")

    def query(self, **changes: str) -> str:
        """The query string of this view, without the place in it."""
        column = self.column
        sort = f"{'-' if self.order.startswith('-') else ''}{column.key}" if column else ""
        parts = {
            "q": self.search,
            **{wanted.key: choice.key for wanted, choice in self.choices},
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "sort": "" if self.order == self.listing.order else sort,
        }
        return urlencode({key: value for key, value in (parts | changes).items() if value})

    def narrowed(self, rows: QuerySet) -> QuerySet:
        """The rows that search and filters let through, in order."""
        if self.search and self.listing.search:
            rows = self.listing.search(rows, self.search)
        for _, choice in self.choices:
            rows = choice.narrow(rows)
        if self.listing.period and self.since:
            rows = rows.filter(Q(**{f"{self.listing.period}__gte": self.since}))
        if self.listing.period and self.until:
            rows = rows.filter(Q(**{f"{self.listing.period}__lte": self.until}))
        return rows.order_by(self.order, "-id" if self.order.startswith("-") else "id")


def read_state(listing: Listing, asked: QueryDict) -> Shown:
    """What the query string of an address asks of a list."""
    choices = [
        (each, choice) for each in listing.filters for choice in each.choices if choice.key == asked.get(each.key)
    ]
    return Shown(
        listing=listing,
        search=asked.get("q", "").replace("\x00", "").strip()[:_LONGEST_SEARCH] if listing.search else "",
        choices=tuple(choices),
        since=_day(asked.get("from")),
        until=_day(asked.get("to")),
        order=_order(listing, asked.get("sort", "")),
        after=bad_cursor_as_none(asked.get("after", "")),
    )


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _order(listing: Listing, sort: str) -> str:
    for column in listing.columns:
        if column.order and column.key == sort.removeprefix("-"):
            return f"-{column.order}" if sort.startswith("-") else column.order
    return listing.order
