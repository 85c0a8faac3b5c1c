"""Posting a payment into the ledger, and taking it back, within the caller's transaction.

What is locked, in this order: line, payment, head of the ledger with its open items, head of the journal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reglo.banking.errors import CannotSettle
from reglo.banking.models import Means, Payment, Posting, PostingFor, StatementLine
from reglo.banking.stored import SettledPart, read_parts
from reglo.core.accounting import AccountRole, Reason
from reglo.core.findings import Text
from reglo.core.matching import Part
from reglo.journal.services import Actor
from reglo.ledger.models import Entry, OpenItem, Side
from reglo.ledger.services import (
    Source,
    allocate,
    keep_surplus,
    post_payment,
    post_refund,
    reverse_entry,
    settle_item,
    undo_allocation,
)

_MONEY = {
    Means.TRANSFER: AccountRole.BANK,
    Means.DIRECT_DEBIT: AccountRole.BANK,
    Means.CHEQUE: AccountRole.CHEQUES,
    Means.CARD: AccountRole.CARDS,
    Means.CASH: AccountRole.CASH,
}
_REASONS = {Part.DISCOUNT: Reason.DISCOUNT, Part.FEE: Reason.BANK_FEE, Part.ROUNDING: Reason.ROUNDING}


@dataclass(frozen=True, slots=True)
class _Piece:
    """So much of an item that is to be allocated."""

    item: int
    amount: int  #: > 0


def money_of(payment: Payment) -> AccountRole:
    """Where the money of a payment is: on the account where a bank line says so, else as its means have it."""
    return AccountRole.BANK if payment.line_id else _MONEY[Means(payment.means)]


def post(payment: Payment, *, by: Actor, now: datetime) -> None:
    """Book a new payment and all that it settles. Raises CannotSettle, MoreThanOpen."""
    book = post_payment if payment.amount_minor > 0 else post_refund
    day = "received_on" if payment.amount_minor > 0 else "paid_on"
    entry = book(
        organisation=payment.organisation,
        customer=payment.customer,
        amount_minor=abs(payment.amount_minor),
        currency=payment.currency,
        money=money_of(payment),
        source=Source("payment", payment.pk),
        label=payment.customer.name,
        reference=payment.reference,
        by=by,
        now=now,
        **{day: payment.on},
    )
    _keep(payment, PostingFor.PAYMENT, entry=entry)
    post_parts(payment, read_parts(payment.parts), by=by, now=now)


def item_of(payment: Payment) -> OpenItem:
    """The open item of a payment's own money."""
    posting = payment.postings.select_related("entry").get(purpose=PostingFor.PAYMENT)
    return OpenItem.objects.get(entry=posting.entry)


def post_parts(payment: Payment, parts: Sequence[SettledPart], *, by: Actor, now: datetime, key: str = "") -> None:
    """Settle what a payment settles: discount, fee and rounding first, then its money. key: of the form that asked."""
    items = _items_of(payment, parts)
    own = item_of(payment)
    for part in parts:
        if part.part is not Part.PAID:
            _settle(payment, part, _carrier(part, items[part.item], own), by=by, now=now)
    paid = _paid(parts)
    owed = [_Piece(item, amount) for item, amount in paid.items() if amount > 0]
    given = [_Piece(item, -amount) for item, amount in paid.items() if amount < 0]
    left = _left_for(own, paid.values())
    (owed if own.side == Side.DEBIT else given).append(_Piece(own.pk, left))
    for debit, credit, amount in _pairs(owed, given):
        on = max(payment.on, *(items[each].date for each in (debit, credit) if each in items))
        _allocate(payment, debit, credit, amount, on=on, key=key, by=by, now=now)


def _paid(parts: Sequence[SettledPart]) -> dict[int, int]:
    """What of each item is paid by money; without the cents too much, which are kept beside it."""
    paid: dict[int, int] = {}
    for each in parts:
        if each.part is Part.PAID:
            paid[each.item] = paid.get(each.item, 0) + each.amount
    for each in parts:
        if each.part is Part.ROUNDING and each.amount * paid.get(each.item, 0) < 0:
            paid[each.item] += each.amount
    return paid


def _carrier(part: SettledPart, item: OpenItem, own: OpenItem) -> OpenItem:
    """On which item something without money is booked: cents too much lie on the payment itself."""
    is_too_much = (part.amount > 0) != (item.side == Side.DEBIT)
    if is_too_much and part.part is not Part.ROUNDING:
        raise CannotSettle(
            Text(
                fr="Escompte et frais se déduisent d'une facture, pas d'un avoir.",
                en="Discounts and fees are deducted from invoices, not from credit notes.",
            )
        )
    return own if is_too_much else item


def _left_for(own: OpenItem, paid: Iterable[int]) -> int:
    """How much of the payment's own money its parts take. Raises CannotSettle where they take more."""
    taken = sum(paid) * (1 if own.side == Side.CREDIT else -1)
    if not 0 <= taken <= own.amount_minor:
        raise CannotSettle(
            Text(
                fr="Vous répartissez plus que ce qui a été payé\N{NO-BREAK SPACE}: diminuez un montant.",
                en="You allocate more than was paid: lower an amount.",
            ),
            field="amount",
        )
    return taken


def _items_of(payment: Payment, parts: Sequence[SettledPart]) -> dict[int, OpenItem]:
    """The items of some parts, which are of the payment's customer and currency. Raises CannotSettle."""
    ids = {each.item for each in parts}
    items = {each.pk: each for each in OpenItem.objects.filter(organisation_id=payment.organisation_id, pk__in=ids)}
    fits = all((each.customer_id, each.currency) == (payment.customer_id, payment.currency) for each in items.values())
    if len(items) != len(ids) or not fits:
        raise CannotSettle(
            Text(
                fr="Un paiement ne règle que des postes de son client, dans sa devise.",
                en="A payment settles only items of its customer, in its currency.",
            )
        )
    return items


def _settle(payment: Payment, part: SettledPart, item: OpenItem, *, by: Actor, now: datetime) -> None:
    """Settle what no money settles: an entry of its own, whose source is the row that remembers it."""
    posting = _keep(payment, PostingFor.PART)
    source, organisation = Source("posting", posting.pk), payment.organisation
    if part.amount > 0:
        posting.entry = settle_item(
            organisation=organisation,
            item_id=item.pk,
            reason=_REASONS[part.part],
            amount_minor=part.amount,
            on=payment.on,
            source=source,
            by=by,
            now=now,
        )
    else:
        posting.entry = keep_surplus(
            organisation=organisation,
            item_id=item.pk,
            amount_minor=-part.amount,
            on=payment.on,
            source=source,
            by=by,
            now=now,
        )
    posting.save(update_fields=["entry"])


def _pairs(owed: Sequence[_Piece], given: Sequence[_Piece]) -> Iterable[tuple[int, int, int]]:
    """Debit, credit and amount of each allocation, first with first, until one side is used up."""
    owed, given = list(owed), list(given)
    while owed and given:
        debit, credit = owed.pop(0), given.pop(0)
        amount = min(debit.amount, credit.amount)
        if amount:
            yield debit.item, credit.item, amount
        if debit.amount > amount:
            owed.insert(0, _Piece(debit.item, debit.amount - amount))
        if credit.amount > amount:
            given.insert(0, _Piece(credit.item, credit.amount - amount))


def _allocate(
    payment: Payment, debit: int, credit: int, amount: int, *, on: date, key: str, by: Actor, now: datetime
) -> None:
    posting = _keep(payment, PostingFor.PART, key=key)
    posting.allocation = allocate(
        organisation=payment.organisation,
        debit_item_id=debit,
        credit_item_id=credit,
        amount_minor=amount,
        on=on,
        key=f"posting:{posting.pk}",
        by=by,
        now=now,
    )
    posting.save(update_fields=["allocation"])


def _keep(payment: Payment, purpose: PostingFor, *, entry: Entry | None = None, key: str = "") -> Posting:
    return Posting.objects.create(
        organisation_id=payment.organisation_id, payment=payment, purpose=purpose, entry=entry, key=key
    )


def send_back(payment: Payment, *, on: date, by: Actor, now: datetime) -> None:
    """Book that the money of a payment went back to where it came from: what it settled is open again."""
    take_back(live_postings(payment, PostingFor.PART), on=on, by=by, now=now)
    own = item_of(payment)
    posting = _keep(payment, PostingFor.RETURN)
    posting.entry = post_refund(
        organisation=payment.organisation,
        customer=payment.customer,
        paid_on=on,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        money=AccountRole.BANK,
        source=Source("posting", posting.pk),
        label=payment.customer.name,
        reference=payment.reference,
        by=by,
        now=now,
    )
    posting.allocation = allocate(
        organisation=payment.organisation,
        debit_item_id=OpenItem.objects.get(entry=posting.entry).pk,
        credit_item_id=own.pk,
        amount_minor=payment.amount_minor,
        on=on,
        key=f"posting:{posting.pk}",
        by=by,
        now=now,
    )
    posting.save(update_fields=["entry", "allocation"])


def take_back(postings: Iterable[Posting], *, on: date, by: Actor, now: datetime) -> None:
    """Reverse what some postings did, the last one first."""
    for posting in sorted(postings, key=lambda each: -each.pk):
        if posting.undone_at is not None:
            continue
        if posting.allocation_id:
            undo_allocation(
                organisation=posting.organisation, allocation_id=posting.allocation_id, on=on, by=by, now=now
            )
        if posting.entry_id:
            reverse_entry(organisation=posting.organisation, entry_id=posting.entry_id, on=on, by=by, now=now)
        posting.undone_at = now
        posting.save(update_fields=["undone_at"])


def live_postings(owner: Payment | StatementLine, *purposes: PostingFor) -> list[Posting]:
    """What was posted for a payment or a line and not taken back."""
    found = owner.postings.filter(undone_at=None, purpose__in=purposes).select_related("organisation")
    return list(found.order_by("pk"))
