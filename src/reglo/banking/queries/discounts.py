"""Discounts that a payment may take: those of the terms on an invoice, and those that a customer accepted since."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from reglo.banking.services.clues import discounts_of
from reglo.billing.models import Invoice
from reglo.core.accounting import EventKind
from reglo.core.money import minor_amount
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.ledger.queries import settlement_offers
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedDiscount:
    """What paying the rest of an item until a day saves."""

    last_day: date
    saves_minor: int


def agreed_discounts(
    organisation: Organisation, *, on: date, items: Collection[int] | None = None
) -> Mapping[int, Sequence[OfferedDiscount]]:
    """The discounts that customers accepted and may still take on a day, by open item.

    What was paid since counts towards the price that was agreed. Nothing is left to take once a credit note or anything
    else makes the rest no more than that price.
    """
    paid = Allocation.objects.filter(
        debit_item=OuterRef("item"), credit_item__kind=EventKind.PAYMENT, at__gt=OuterRef("made_at")
    )
    sums = paid.order_by().values("debit_item").annotate(sum=Sum("amount_minor")).values("sum")
    offers = settlement_offers(organisation, on=on).annotate(paid_minor=Coalesce(Subquery(sums), 0))
    if items is not None:
        offers = offers.filter(item__in=items)
    found = defaultdict[int, list[OfferedDiscount]](list)
    for item, opened, amount, paid_minor, last_day in offers.values_list(
        "item_id", "item__open_minor", "amount_minor", "paid_minor", "last_day"
    ):
        if 0 < amount - paid_minor < opened:
            found[item].append(OfferedDiscount(last_day=last_day, saves_minor=opened - amount + paid_minor))
    return found


def discounts_to_take(
    organisation: Organisation, items: Sequence[OpenItem], *, on: date, invoice: Invoice | None = None
) -> Mapping[int, OfferedDiscount]:
    """The best discount that each of some items has on a day. invoice: whose terms may offer one as well."""
    found = {each: list(offers) for each, offers in agreed_discounts(organisation, on=on, items=_ids(items)).items()}
    if invoice is not None and (contractual := _of_terms(invoice, items, on)) is not None:
        found.setdefault(items[0].pk, []).append(contractual)
    return {item: max(offers, key=lambda each: each.saves_minor) for item, offers in found.items()}


def _ids(items: Sequence[OpenItem]) -> list[int]:
    return [each.pk for each in items]


def _of_terms(invoice: Invoice, items: Sequence[OpenItem], on: date) -> OfferedDiscount | None:
    """The discount that paying the whole invoice on a day earns; none once a part was settled."""
    if len(items) != 1 or items[0].open_minor != items[0].amount_minor or items[0].side != Side.DEBIT:
        return None
    earned = [each for each in discounts_of(invoice) if each.last_day >= on and each.amount]
    best = max(earned, key=lambda each: each.percent, default=None)
    if best is None:
        return None
    return OfferedDiscount(last_day=best.last_day, saves_minor=minor_amount(best.amount, invoice.currency))
