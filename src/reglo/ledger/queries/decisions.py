"""What was decided about receivables: of a document, and of a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from reglo.core.accounting import AccountRole, EventKind
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.ledger.models import Decision, Entry, OpenItem, Side
from reglo.ledger.queries.entries import entry_of
from reglo.ledger.services.posting import Source
from reglo.organisations.models import Organisation

_LOST = (EventKind.WRITE_OFF, EventKind.WRITE_OFF_WITH_VAT)
_EXPECTED = (EventKind.ALLOWANCE, EventKind.ALLOWANCE_RELEASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a document stands in the books, beside its payments."""

    entry: Entry
    owed: tuple[OpenItem, ...]  #: what is open of it, by due date, doubtful or not
    decisions: tuple[Decision, ...]  #: with their entries, those that were reversed too, the oldest first
    lost_minor: int
    allowance_minor: int  #: without tax
    #: On which item the allowance is changed: one that is open, else the last one decided about.
    item_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerStanding:
    """What of a customer's debt in a currency is doubtful, lost, or expected to be lost; minor units."""

    currency: str
    doubtful_minor: int = 0
    lost_minor: int = 0
    allowance_minor: int = 0


def standing_of(organisation: Organisation, source: Source) -> Standing | None:
    """Where a document stands; None where it is not in the books."""
    entry = entry_of(organisation, source)
    if entry is None:
        return None
    items = OpenItem.objects.filter(origin=entry, side=Side.DEBIT, open_minor__gt=0).order_by("due_date", "pk")
    owed = tuple(items)
    rows = Decision.objects.filter(item__origin=entry).exclude(entry=None)
    decisions = tuple(rows.select_related("entry__reversal", "item").order_by("pk"))
    standing = [each for each in decisions if not is_reversed(each)]
    last = [*(each.item_id for each in decisions), *(each.pk for each in owed[:1])]
    return Standing(
        entry=entry,
        owed=owed,
        decisions=decisions,
        lost_minor=_sum(standing, _LOST),
        allowance_minor=_sum(standing, _EXPECTED),
        item_id=last[-1] if last else None,
    )


def is_reversed(decision: Decision) -> bool:
    """Whether the entry of a decision was taken back."""
    return decision.entry is not None and getattr(decision.entry, "reversal", None) is not None


def write_offs() -> QuerySet[Decision]:
    """What was decided to be lost, in whole or in part, and was not taken back; of all organisations."""
    return _standing().filter(entry__kind__in=_LOST)


def lost_of(items: Sequence[OpenItem]) -> int:
    """How much of the documents behind some items was written off, in minor units."""
    rows = write_offs().filter(item__origin__in={each.origin_id for each in items})
    return rows.aggregate(sum=Sum("amount_minor"))["sum"] or 0


def customer_standing(customer: Customer) -> tuple[CustomerStanding, ...]:
    """What of a customer's debts is doubtful, lost or expected to be lost, by currency; none where nothing is."""
    family = family_of(customer)
    doubtful = _by_currency(
        OpenItem.objects.filter(customer__in=family, role=AccountRole.DOUBTFUL_CUSTOMERS, open_minor__gt=0),
        "currency",
        "open_minor",
    )
    decided = _standing().filter(item__customer__in=family)
    lost = _by_currency(write_offs().filter(item__customer__in=family), "item__currency", "amount_minor")
    expected = _by_currency(decided.filter(entry__kind__in=_EXPECTED), "item__currency", "amount_minor")
    found = (
        CustomerStanding(
            currency=currency,
            doubtful_minor=doubtful.get(currency, 0),
            lost_minor=lost.get(currency, 0),
            allowance_minor=expected.get(currency, 0),
        )
        for currency in sorted({*doubtful, *lost, *expected})
    )
    return tuple(each for each in found if each.doubtful_minor or each.lost_minor or each.allowance_minor)


def _standing() -> QuerySet[Decision]:
    return Decision.objects.exclude(entry=None).filter(entry__reversal=None)


def _sum(decisions: Sequence[Decision], kinds: Sequence[EventKind]) -> int:
    return sum(each.amount_minor for each in decisions if each.entry is not None and each.entry.kind in kinds)


def _by_currency(rows: QuerySet, currency: str, amount: str) -> Mapping[str, int]:
    sums = rows.order_by().values_list(currency).annotate(sum=Sum(amount))
    return dict(sums)
