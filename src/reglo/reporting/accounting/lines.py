"""The lines of a ledger one after the other, in order of posting, with what books say of each."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from reglo.reporting.accounting.extent import Extent

AT_ONCE = 10_000
"""Lines that are read together: memory is for these, however many there are."""


class BookLine(NamedTuple):
    """A line with its entry and its customer. A tuple: there are millions of them."""

    id: int
    place: int  #: in its entry, from 0
    entry_id: int
    sequence: int  #: of its entry, over all years
    year: int
    number: int  #: of its entry in its calendar year
    journal: str
    kind: str
    source_kind: str
    source_id: int
    day: date
    account: str
    role: str
    customer_id: int | None  #: the one that is left, where customers were merged
    customer_reference: str | None
    customer_name: str | None
    reference: str
    reference_date: date
    label: str
    debit_minor: int
    credit_minor: int
    currency: str
    posted_at: datetime
    vat_category: str
    vat_rate: Decimal | None
    due_date: date | None

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


def book_lines(extent: Extent, *, currency: str | None = None) -> Iterator[BookLine]:
    """The lines of an extent, of one currency or of all, those of an entry together. Memory stays flat."""
    rows = extent.lines if currency is None else extent.lines.filter(currency=currency)
    merged = "customer__merged_into__"
    columns = (
        "pk",
        "place",
        "entry_id",
        "entry__sequence",
        "entry__year",
        "entry__number",
        "entry__journal",
        "entry__kind",
        "entry__source_kind",
        "entry__source_id",
        "date",
        "account",
        "role",
        Coalesce("customer__merged_into_id", "customer_id"),
        Coalesce(f"{merged}reference", "customer__reference", Value("")),
        Coalesce(f"{merged}name", "customer__name", Value("")),
        "entry__reference",
        "entry__reference_date",
        "entry__label",
        "debit_minor",
        "credit_minor",
        "currency",
        "entry__posted_at",
        "vat_category",
        "vat_rate",
        F("item__due_date"),
    )
    found = rows.order_by("entry_id", "place").values_list(*columns)
    return map(BookLine._make, found.iterator(chunk_size=AT_ONCE))
