"""What matching is told: open items, customers, payments that were made lately."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reglo.banking.models import Learnt, Payment, PaymentClue
from reglo.banking.queries.discounts import OfferedDiscount, agreed_discounts
from reglo.banking.services.learning import facts_from
from reglo.banking.stored import read_parts
from reglo.core.accounting import EventKind
from reglo.core.composition import creditor_reference
from reglo.core.matching import CustomerFacts, Discount, MatchingIndex, OpenItem, SettledItem
from reglo.core.money import from_minor, minor_units
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem as ItemRow
from reglo.ledger.models import Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation

_LATELY = timedelta(days=400)


def matching_index(organisation: Organisation, *, today: date) -> MatchingIndex:
    """Everything that a bank line of an organisation may be about."""
    since = today - _LATELY
    return MatchingIndex(
        open_items(organisation, since=since), _customers(organisation), _settled(organisation, since=since)
    )


def open_items(organisation: Organisation, *, since: date) -> Iterator[OpenItem]:
    """What customers owe, and credit notes that were not used, as the core has them. Advances are left to people.

    since: the first day of which lines may come; what was agreed for a day before is not told.
    """
    clues = _clues(organisation)
    agreed = agreed_discounts(organisation, on=since)
    rows = ItemRow.objects.of(organisation).filter(open_minor__gt=0)
    rows = rows.exclude(side=Side.CREDIT, kind__in=_NO_CREDIT_NOTES)
    counts = _items_of_each_document(organisation)
    for key, customer, number, amount, left, side, currency, issued, due, entry, source, document in rows.values_list(
        "line_id",
        "customer_id",
        "reference",
        "amount_minor",
        "open_minor",
        "side",
        "currency",
        "document_date",
        "due_date",
        "entry_id",
        "entry__source_kind",
        "entry__source_id",
    ).iterator(chunk_size=5000):
        scale = -minor_units(currency)
        clue = clues.get(document) if source == DOCUMENT_SOURCE else None
        is_whole = left == amount and counts[entry] == 1
        yield OpenItem(
            key=key,
            customer=customer,
            number=number,
            amount=Decimal(left if side == Side.DEBIT else -left).scaleb(scale),
            currency=currency,
            issued=issued,
            due=due or issued,
            references=_references(number, clue),
            discounts=(
                *(_discounts(clue, left, scale) if clue and is_whole else ()),
                *(_agreed(each, left, scale) for each in agreed.get(key, ())),
            ),
        )


_NO_CREDIT_NOTES = [each.value for each in EventKind if each is not EventKind.DOCUMENT]


def _items_of_each_document(organisation: Organisation) -> defaultdict[int, int]:
    """How many due dates each document with clues has."""
    counts = defaultdict[int, int](int)
    rows = ItemRow.objects.of(organisation).filter(open_minor__gt=0, side=Side.DEBIT)
    for entry in rows.values_list("entry_id", flat=True).iterator(chunk_size=5000):
        counts[entry] += 1
    return counts


def _clues(organisation: Organisation) -> dict[int, dict[str, Any]]:
    rows = PaymentClue.objects.of(organisation).values_list("invoice_id", "purchase_order", "discounts")
    return {invoice: {"purchase_order": order, "discounts": offered} for invoice, order, offered in rows}


def _references(number: str, clue: dict[str, Any] | None) -> tuple[str, ...]:
    order = clue["purchase_order"] if clue else ""
    return tuple(each for each in (creditor_reference(number), order) if each)


def _discounts(clue: dict[str, Any], left: int, scale: int) -> Iterator[Discount]:
    for each in clue["discounts"]:
        if 0 < each["saves_minor"] < left:
            amount = Decimal(left - each["saves_minor"]).scaleb(scale)
            yield Discount(last_day=date.fromisoformat(each["last_day"]), amount=amount)


def _agreed(offer: OfferedDiscount, left: int, scale: int) -> Discount:
    return Discount(last_day=offer.last_day, amount=Decimal(left - offer.saves_minor).scaleb(scale))


def _customers(organisation: Organisation) -> Iterator[CustomerFacts]:
    learnt = defaultdict[int, list[Learnt]](list)
    for each in Learnt.objects.of(organisation).order_by("pk").iterator(chunk_size=5000):
        learnt[each.customer_id].append(each)
    rows = Customer.objects.of(organisation).values_list("pk", "name", "trading_name").iterator(chunk_size=5000)
    for key, name, trading_name in rows:
        names = tuple(dict.fromkeys(each for each in (name, trading_name) if each))
        yield facts_from(key, names, learnt.get(key, ()))


def _settled(organisation: Organisation, *, since: date) -> Iterator[SettledItem]:
    """Payments that hold, each under the numbers of what it settled."""
    rows = Payment.objects.of(organisation).filter(on__gte=since, undone_at=None, returned_by=None, amount_minor__gt=0)
    payments = list(rows.values_list("pk", "customer_id", "amount_minor", "currency", "on", "parts"))
    wanted = {part.item for *_, parts in payments for part in read_parts(parts)}
    numbers = _numbers(organisation, wanted)
    for key, customer, amount, currency, on, parts in payments:
        named = dict.fromkeys(numbers[part.item] for part in read_parts(parts) if part.item in numbers)
        yield settled_item(key, customer, amount, currency, on, list(named))


def settled_item(
    key: int, customer: int, amount: int, currency: str, paid: date, numbers: Sequence[str]
) -> SettledItem:
    """A payment of so many minor units, as the core has it. numbers: of what it settled, each once."""
    first = numbers[0] if numbers else ""
    return SettledItem(
        key=key,
        customer=customer,
        number=first,
        amount=from_minor(amount, currency),
        currency=currency,
        paid=paid,
        references=tuple(reference for each in numbers for reference in _all_names(each, is_first=each == first)),
    )


def _all_names(number: str, *, is_first: bool) -> Iterator[str]:
    if (reference := creditor_reference(number)) is not None:
        yield reference
    if not is_first:
        yield number


def _numbers(organisation: Organisation, ids: set[int]) -> dict[int, str]:
    if len(ids) > 500:  # more than a database takes in one question: those of all payments are a part of all
        rows = ItemRow.objects.of(organisation).filter(side=Side.DEBIT)
    else:
        rows = ItemRow.objects.of(organisation).filter(pk__in=ids)
    return dict(rows.values_list("line_id", "reference").iterator(chunk_size=5000))
