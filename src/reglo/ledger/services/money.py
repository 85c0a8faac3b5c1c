"""Money in and out: payments, refunds, what the bank takes, money moved between one's own accounts.

All of these are written within the caller's transaction; a call that is repeated with the same source gives the entry
that it made.
"""

from collections.abc import Sequence
from datetime import date, datetime

from reglo.core.accounting import (
    AccountRole,
    EntryLine,
    EventKind,
    fee_lines,
    payment_lines,
    refund_lines,
    transfer_lines,
)
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import Entry
from reglo.ledger.services.head import locked_head
from reglo.ledger.services.posting import Event, Source, existing_entry, write_entry
from reglo.organisations.models import Organisation


def post_payment(
    *,
    organisation: Organisation,
    customer: Customer,
    received_on: date,
    amount_minor: int,
    currency: str,
    money: AccountRole,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
    reference: str = "",
) -> Entry:
    """Book money from a customer: one credit item, open until it is allocated (`entry.items.get()`).

    money: where it came in (BANK, CHEQUES, CARDS, CASH). An advance is a payment that nothing is allocated to yet.
    source: the row of the payment.
    """
    lines = payment_lines(money, amount_minor)
    return _post(
        organisation,
        EventKind.PAYMENT,
        lines,
        on=received_on,
        currency=currency,
        source=source,
        label=label,
        reference=reference,
        customer=customer,
        by=by,
        now=now,
    )


def post_refund(
    *,
    organisation: Organisation,
    customer: Customer,
    paid_on: date,
    amount_minor: int,
    currency: str,
    money: AccountRole,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
    reference: str = "",
) -> Entry:
    """Book money given back to a customer: one debit item, to be allocated to the credit note or payment it returns."""
    lines = refund_lines(money, amount_minor)
    return _post(
        organisation,
        EventKind.REFUND,
        lines,
        on=paid_on,
        currency=currency,
        source=source,
        label=label,
        reference=reference,
        customer=customer,
        by=by,
        now=now,
    )


def post_bank_fee(
    *,
    organisation: Organisation,
    on: date,
    amount_minor: int,
    currency: str,
    money: AccountRole,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
) -> Entry:
    """Book what the bank takes for itself; less than nothing where it gives back. One's own cost, of no customer."""
    lines = fee_lines(money, amount_minor)
    return _post(
        organisation, EventKind.BANK_FEE, lines, on=on, currency=currency, source=source, label=label, by=by, now=now
    )


def post_transfer(
    *,
    organisation: Organisation,
    on: date,
    amount_minor: int,
    currency: str,
    money: AccountRole,
    from_money: AccountRole,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
) -> Entry:
    """Book money moved between one's own accounts, such as cheques that the bank has credited."""
    lines = transfer_lines(money, from_money, amount_minor)
    return _post(
        organisation, EventKind.TRANSFER, lines, on=on, currency=currency, source=source, label=label, by=by, now=now
    )


def _post(
    organisation: Organisation,
    kind: EventKind,
    lines: Sequence[EntryLine],
    *,
    on: date,
    currency: str,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
    reference: str = "",
    customer: Customer | None = None,
) -> Entry:
    head = locked_head(organisation.pk)
    existing = existing_entry(head, source.key)
    if existing is not None:
        return existing
    event = Event(
        kind=kind,
        on=on,
        label=label,
        source=source,
        currency=currency,
        key=source.key,
        reference=reference,
        customer=customer,
    )
    return write_entry(head, event, lines, by=by, now=now)
