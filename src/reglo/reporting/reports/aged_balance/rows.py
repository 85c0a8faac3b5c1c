"""The rows of the aged balance: by customer, by kind of customer, by invoice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.metrics import OpenAmount, age
from reglo.core.metrics.ageing import USUAL_BOUNDS
from reglo.core.money import from_minor
from reglo.customers.models import Customer
from reglo.ledger.models import Side
from reglo.ledger.queries import CREDIT, aged_sums, open_items_at
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked

BUCKETS = len(USUAL_BOUNDS) + 2  #: not late, three with an end, one without


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedRow:
    """What somebody owes, by how late it is; amounts in the currency of the report."""

    name: str
    customer_id: int | None = None
    source_id: int | None = None  #: of the invoice, by invoice
    due: date | None = None  #: by invoice
    customer: str = ""  #: its name, by invoice
    buckets: tuple[Decimal, ...]
    credits: Decimal  #: zero or less

    @property
    def owed(self) -> Decimal:
        """All buckets together."""
        return sum(self.buckets, Decimal(0))

    @property
    def balance(self) -> Decimal:
        """What is left when the credits are deducted."""
        return self.owed + self.credits

    @property
    def late(self) -> Decimal:
        """What is past its due date."""
        return self.owed - self.buckets[0]


def rows_by_customer(organisation: Organisation, asked: Asked) -> list[AgedRow]:
    """Who owes most first; merged customers count as the one that they were merged into."""
    known = {
        pk: (merged or pk, name)
        for pk, merged, name in Customer.objects.of(organisation).values_list("pk", "merged_into", "name")
    }
    found: dict[int, list[int]] = {}
    for each in aged_sums(organisation, on=asked.end, currency=asked.currency):
        sums = found.setdefault(known[each.customer_id][0], [0] * (BUCKETS + 1))
        sums[BUCKETS if each.bucket == CREDIT else each.bucket] += each.amount_minor
    rows = [_row(known[root][1], sums, asked, customer_id=root) for root, sums in found.items()]
    return sorted(rows, key=lambda row: (-row.balance, row.name))


def rows_by_segment(organisation: Organisation, rows: Iterable[AgedRow], names: dict[str, str]) -> list[AgedRow]:
    """The same by kind of customer: businesses, public buyers, individuals."""
    kinds = dict(Customer.objects.of(organisation).values_list("pk", "kind"))
    found: dict[str, list[AgedRow]] = {}
    for row in rows:
        found.setdefault(kinds[row.customer_id or 0], []).append(row)
    return [total_of(group, names.get(kind, kind)) for kind, group in sorted(found.items())]


def rows_by_invoice(organisation: Organisation, asked: Asked) -> list[AgedRow]:
    """Each open item, the longest late first."""
    items = open_items_at(organisation, on=asked.end).filter(currency=asked.currency)
    rows = []
    for item in items.select_related("customer", "entry").iterator(chunk_size=2000):
        amount = from_minor(item.open_at, asked.currency)  # type: ignore[attr-defined]  # of `open_items_at`
        aged = age([OpenAmount(amount, item.due_date)] if item.side == Side.DEBIT else [], asked.end)
        rows.append(
            AgedRow(
                name=item.reference or str(item.entry),
                customer_id=item.customer_id,
                customer=item.customer.name,
                source_id=item.entry.source_id if item.entry.source_kind == DOCUMENT_SOURCE else None,
                due=item.due_date,
                buckets=tuple(bucket.amount for bucket in aged),
                credits=-amount if item.side == Side.CREDIT else Decimal(0),
            )
        )
    return rows


def total_of(rows: Iterable[AgedRow], name: str) -> AgedRow:
    """The sum of some rows."""
    known = list(rows)
    columns = zip(*(row.buckets for row in known), strict=True) if known else [()] * BUCKETS
    return AgedRow(
        name=name,
        buckets=tuple(sum(column, Decimal(0)) for column in columns),
        credits=sum((row.credits for row in known), Decimal(0)),
    )


def _row(name: str, sums: list[int], asked: Asked, *, customer_id: int) -> AgedRow:
    amounts = [from_minor(each, asked.currency) for each in sums]
    return AgedRow(name=name, customer_id=customer_id, buckets=tuple(amounts[:BUCKETS]), credits=amounts[BUCKETS])
