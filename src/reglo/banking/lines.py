"""Stored lines as values of the core."""

from decimal import Decimal

from reglo.banking.models import LineState, StatementLine
from reglo.core.bank import BankLine, LineKind
from reglo.core.money import minor_units


def bank_line_of(line: StatementLine) -> BankLine:
    """A stored line as the bank told it."""
    scale = -minor_units(line.currency)
    return BankLine(
        booked=line.booked,
        amount=Decimal(line.amount_minor).scaleb(scale),
        currency=line.currency,
        valued=line.valued,
        kind=LineKind(line.kind),
        text=line.text,
        reference=line.reference,
        end_to_end=line.end_to_end,
        payer=line.payer,
        payer_iban=line.payer_iban,
        bank_reference=line.bank_reference,
        charges=Decimal(line.charges_minor).scaleb(scale),
        original_amount=line.original_amount,
        original_currency=line.original_currency,
        is_booked=line.state != LineState.ANNOUNCED,
    )
