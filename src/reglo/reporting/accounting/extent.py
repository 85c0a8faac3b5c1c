"""Which lines of a ledger a file is made of, fixed before the first one is read.

The ledger only grows, so the last entry and the last allocation that are there at the beginning say what the file
holds, however long it takes and whatever is booked meanwhile. All writes of an organisation wait for each other
(`LedgerHead`), so numbers of allocations that are visible have none below them that is still to come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from reglo.ledger.models import Allocation, Entry, LedgerHead, Line
from reglo.organisations.models import Organisation

HOME = "EUR"
"""The currency of French books (C. com. L123-22, al. 1; LPF A47 A-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The lines dated from `start` to `end`, both included, as the ledger stood at one instant."""

    organisation: Organisation
    start: date
    end: date
    last_sequence: int  #: of entries
    last_allocation: int

    @property
    def lines(self) -> QuerySet[Line]:
        """All of them, in every currency, in no order."""
        return Line.objects.of(self.organisation).filter(
            date__range=(self.start, self.end), entry_id__lte=(self.organisation.pk << 32) + self.last_sequence
        )

    @property
    def foreign_entries(self) -> QuerySet[Entry]:
        """The entries that are kept in another currency than the euro, in order of posting."""
        entries = Entry.objects.of(self.organisation).filter(date__range=(self.start, self.end))
        return entries.filter(sequence__lte=self.last_sequence).exclude(currency=HOME).order_by("pk")


@dataclass(frozen=True, slots=True)
class Sums:
    """What the lines of one currency come to, in its minor units."""

    lines: int
    debit_minor: int
    credit_minor: int


def extent_of(organisation: Organisation, start: date, end: date) -> Extent:
    """The lines of a period as they stand now."""
    head = LedgerHead.objects.filter(organisation=organisation).first()
    last = Allocation.objects.of(organisation).aggregate(last=Max("pk"))["last"]
    return Extent(
        organisation=organisation,
        start=start,
        end=end,
        last_sequence=0 if head is None else head.sequence,
        last_allocation=last or 0,
    )


def sums_of(extent: Extent) -> Sums:
    """What the lines in euros come to: worked out by the database, apart from what is written."""
    found = extent.lines.aggregate(
        count=Count("pk", filter=Q(currency=HOME)),
        debit=Sum("debit_minor", filter=Q(currency=HOME)),
        credit=Sum("credit_minor", filter=Q(currency=HOME)),
    )
    return Sums(found["count"], found["debit"] or 0, found["credit"] or 0)


def foreign_counts(extent: Extent) -> Mapping[str, int]:
    """How many entries there are in each other currency."""
    rows = extent.foreign_entries.order_by("currency").values_list("currency").annotate(count=Count("pk"))
    return dict(rows)
