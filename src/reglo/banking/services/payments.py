"""Payments by hand: recording, using what was kept in advance, refunding, undoing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from reglo.banking.errors import CannotSettle, CannotUndo, PaymentRefused
from reglo.banking.models import Means, Payment, PostingFor, StatementLine
from reglo.banking.services.posting import item_of, live_postings, post, post_parts, take_back
from reglo.banking.stored import SettledPart, stored_parts, stored_reasons
from reglo.core.findings import Text
from reglo.core.matching import Reason
from reglo.customers.models import Customer
from reglo.journal.services import Actor, record
from reglo.ledger.models import Side
from reglo.organisations.models import BankAccount, Organisation
from reglo.organisations.queries import today_of

_LARGEST = 10**13  #: minor units: more is a slip of the keyboard
_LONGEST_REFERENCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What came in, or below zero went out: how much, when, how."""

    amount: int  #: minor units
    currency: str
    on: date
    means: Means
    reference: str = ""
    bank_account: BankAccount | None = None


def record_payment(
    *,
    organisation: Organisation,
    customer: Customer,
    money: Money,
    parts: Sequence[SettledPart],
    key: str,
    by: Actor,
    now: datetime,
) -> Payment:
    """Record a payment or a refund with what it settles; the rest of a payment is kept as an advance.

    key: of the form that was sent; sent twice, it gives the payment that it made. Raises PaymentRefused, CannotSettle,
    MoreThanOpen; then nothing is written.
    """
    _require_possible(money, today_of(organisation, now))
    with transaction.atomic(durable=True):
        existing = Payment.objects.of(organisation).filter(key=key).first()
        if existing is not None:
            return existing
        return make_payment(organisation, customer, money, parts, key=key, by=by, now=now)


def make_payment(
    organisation: Organisation,
    customer: Customer,
    money: Money,
    parts: Sequence[SettledPart],
    *,
    key: str,
    by: Actor,
    now: datetime,
    line: StatementLine | None = None,
    reasons: Sequence[Reason] = (),
) -> Payment:
    """`record_payment` within a transaction, of a bank line too."""
    payment, is_new = Payment.objects.select_related("customer").get_or_create(
        organisation=organisation,
        key=key,
        defaults={
            "customer": customer,
            "amount_minor": money.amount,
            "currency": money.currency,
            "on": money.on,
            "means": money.means,
            "reference": money.reference[:_LONGEST_REFERENCE],
            "bank_account": money.bank_account,
            "line": line,
            "is_from_line": line is not None,
            "parts": stored_parts(parts),
            "reasons": stored_reasons(reasons),
            "made_at": now,
            "by_id": by.user_id,
            "by_name": by.name[:200],
        },
    )
    if not is_new:  # somebody sent the same form at the same instant
        return payment
    payment.organisation, payment.customer = organisation, customer
    post(payment, by=by, now=now)
    _tell("payment-recorded" if money.amount > 0 else "refund-recorded", payment, by=by, now=now)
    return payment


def _require_possible(money: Money, today: date) -> None:
    if not 0 < abs(money.amount) < _LARGEST:
        raise PaymentRefused(
            Text(fr="Indiquez le montant, plus grand que zéro.", en="Give the amount, greater than zero."),
            field="amount",
        )
    if money.on > today:
        raise PaymentRefused(
            Text(
                fr="Cette date est à venir\N{NO-BREAK SPACE}: enregistrez le paiement quand il est là.",
                en="This day is to come: record the payment once it is there.",
            ),
            field="on",
        )
    if money.on < date(2000, 1, 1):
        raise PaymentRefused(Text(fr="Cette date est trop ancienne.", en="This day is too long ago."), field="on")


def take_payment_back(payment: Payment, *, by: Actor, now: datetime) -> None:
    """Reverse a payment that is locked, within a transaction; once."""
    if payment.undone_at is not None:
        return
    if payment.returned_by_id is not None:
        raise CannotUndo(
            Text(
                fr="Ce paiement est revenu impayé\N{NO-BREAK SPACE}: annulez d'abord la ligne du retour.",
                en="This payment came back: undo the line of its return first.",
            )
        )
    on = today_of(payment.organisation, now)
    take_back(live_postings(payment, PostingFor.PAYMENT, PostingFor.PART), on=on, by=by, now=now)
    payment.learnt.all().delete()
    payment.undone_at = now
    payment.save(update_fields=["undone_at"])
    _tell("payment-undone", payment, by=by, now=now)


def use_advance(
    *,
    organisation: Organisation,
    payment_id: int,
    parts: Sequence[SettledPart],
    key: str,
    by: Actor,
    now: datetime,
) -> Payment:
    """Settle items with what is left of a payment; once for each key. Raises CannotSettle, MoreThanOpen."""
    with transaction.atomic(durable=True):
        payment = locked_payment(organisation, payment_id)
        if payment.postings.filter(key=key).exists():
            return payment
        own = item_of(payment)
        if not payment.holds or own.side != Side.CREDIT or sum(each.amount for each in parts) > own.open_minor:
            raise CannotSettle(
                Text(
                    fr="Il ne reste pas autant de cette avance\N{NO-BREAK SPACE}: rechargez la page.",
                    en="So much is not left of this advance: load the page again.",
                ),
                field="amount",
            )
        post_parts(payment, parts, by=by, now=now, key=key)
        payment.parts = [*payment.parts, *stored_parts(parts)]
        payment.save(update_fields=["parts"])
        _tell("advance-used", payment, by=by, now=now)
    return payment


def release_payment(*, organisation: Organisation, payment_id: int, by: Actor, now: datetime) -> Payment:
    """Take back what a payment settles, but not its money: that is kept as an advance. Raises CannotUndo."""
    with transaction.atomic(durable=True):
        payment = locked_payment(organisation, payment_id)
        if not payment.holds:
            raise CannotUndo(
                Text(fr="Ce paiement est déjà annulé ou revenu.", en="This payment was undone or came back already.")
            )
        on = today_of(organisation, now)
        take_back(live_postings(payment, PostingFor.PART), on=on, by=by, now=now)
        payment.parts = []
        payment.save(update_fields=["parts"])
        _tell("payment-released", payment, by=by, now=now)
    return payment


def locked_payment(organisation: Organisation, payment_id: int) -> Payment:
    """A payment of an organisation, held. Raises Payment.DoesNotExist."""
    rows = Payment.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("customer", "organisation").get(pk=payment_id)


def _tell(act: str, payment: Payment, *, by: Actor, now: datetime) -> None:
    record(
        act,
        organisation_id=payment.organisation_id,
        subject=payment,
        customer_id=payment.customer_id,
        by=by,
        at=now,
        after={
            "amount_minor": payment.amount_minor,
            "currency": payment.currency,
            "on": payment.on.isoformat(),
            "means": payment.means,
            "reference": payment.reference,
        },
    )
