"""The lines of a ledger one after the other, in order of posting, with what books say of each.

Lines are read in blocks, and with each block its entries and customers, once each: joined to every line, each entry
would be read two or three times over, and its days turned into dates as often.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.db.models.functions import Coalesce

from reglo.customers.models import Customer
from reglo.ledger.models import Entry
from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import Extent

AT_ONCE = 4_000
"""Lines that are read together: memory is for these, however many there are."""

_OF_LINES = ("pk", "place", "entry_id", "account", "customer_id", "debit_minor", "credit_minor")
_OF_ENTRIES = (
    *("pk", "sequence", "year", "number", "journal", "kind", "source_id", "date", "reference", "reference_date"),
    *("label", "currency", "posted_at"),
)
_OF_CUSTOMERS = ("reference", "name")
_NOBODY = (None, "", "")


class BookLine(NamedTuple):
    """A line with its entry and its customer. A tuple: there are millions of them."""

    id: int
    place: int  #: in its entry, from 0
    entry_id: int
    account: str
    debit_minor: int
    credit_minor: int
    sequence: int  #: of its entry, over all years
    year: int
    number: int  #: of its entry in its calendar year
    journal: str
    kind: str
    source_id: int
    day: date
    reference: str
    reference_date: date
    label: str
    currency: str
    posted_at: datetime
    customer_id: int | None  #: the one that is left, where customers were merged
    customer_reference: str
    customer_name: str

    @property
    def auxiliary(self) -> str:
        """The number of the customer's own account: its code, or one that Réglo makes up; "" for no customer."""
        if self.customer_id is None:
            return ""
        return self.customer_reference or f"C{self.customer_id:06}"

    @property
    def piece(self) -> str:
        """What the entry refers to; where it is no document, the entry itself."""
        return self.reference or f"{self.journal} {self.year}-{self.number}"


def book_lines(extent: Extent, *, currency: str | None = None) -> Iterator[list[BookLine]]:
    """The lines of an extent, of one currency or of all, some thousands at a time. Memory stays flat."""
    rows = extent.lines if currency is None else extent.lines.filter(currency=currency)
    lines = rows.order_by("entry_id", "place").values_list(*_OF_LINES).iterator(chunk_size=AT_ONCE)
    while some := list(islice(lines, AT_ONCE)):
        yield list(_whole(extent.organisation, some))


def _whole(organisation: Organisation, lines: Sequence[tuple]) -> Iterator[BookLine]:
    entries = _entries(organisation, lines[0][2], lines[-1][2])
    customers = _customers({line[4] for line in lines if line[4] is not None})
    for pk, place, entry_id, account, customer_id, debit, credit in lines:
        customer = _NOBODY if customer_id is None else customers[customer_id]
        yield BookLine(pk, place, entry_id, account, debit, credit, *entries[entry_id], *customer)


def _entries(organisation: Organisation, first: int, last: int) -> dict[int, tuple]:
    """The entries of a block, which follow each other."""
    rows = Entry.objects.of(organisation).filter(pk__range=(first, last)).values_list(*_OF_ENTRIES)
    return {pk: tuple(facts) for pk, *facts in rows}


def _customers(ids: set[int]) -> dict[int, tuple]:
    """By the customer that a line names: the one that is left, with its code and name."""
    root = Coalesce("merged_into_id", "pk")
    names = [Coalesce(f"merged_into__{name}", name) for name in _OF_CUSTOMERS]
    rows = Customer.objects.filter(pk__in=ids).values_list("pk", root, *names)
    return {pk: tuple(facts) for pk, *facts in rows}
