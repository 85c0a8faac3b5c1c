"""States, reasons and kinds of this room in words and colours."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.banking.models import AsideReason, LineState, Payment, StatementLine
from reglo.core.matching import Habit
from reglo.formats.bank import BankFormat

Badge = tuple[str | Promise, str]

STATES: Mapping[str, Badge] = {
    LineState.ANNOUNCED: (pgettext_lazy("a bank line", "announced"), "secondary"),
    LineState.WAITING: (pgettext_lazy("a bank line", "to decide"), "yellow"),
    LineState.PROPOSED: (pgettext_lazy("a bank line", "proposed"), "blue"),
    LineState.MATCHED: (pgettext_lazy("a bank line", "matched"), "green"),
    LineState.ASIDE: (pgettext_lazy("a bank line", "set aside"), "secondary"),
}
"""What each state of a line is called, and its colour."""

ASIDE_REASONS: Mapping[str, str | Promise] = {
    AsideReason.FEE: _("Bank fees (booked on 627)"),
    AsideReason.TRANSFER: _("Transfer between own accounts"),
    AsideReason.SUPPLIER: _("Payment of a supplier"),
    AsideReason.TAX: _("Taxes and social charges"),
    AsideReason.STAFF: _("Wages and expenses"),
    AsideReason.LOAN: _("Loan"),
    AsideReason.BOOKED_ELSEWHERE: _("Booked elsewhere"),
    AsideReason.OTHER: _("Something else"),
}
"""Why a line is no payment of a customer."""

HABITS: Mapping[str, str | Promise] = {
    Habit.SEVERAL_AT_ONCE: _("Pays several invoices at once"),
    Habit.ROUND_SUMS: _("Pays round sums on account"),
    Habit.TAKES_DISCOUNT: _("Takes the early-payment discount"),
}
"""How customers are used to pay."""

FORMATS: Mapping[str, str | Promise] = {
    BankFormat.CAMT_052: "camt.052",
    BankFormat.CAMT_053: "camt.053",
    BankFormat.CAMT_054: "camt.054",
    BankFormat.CFONB_120: "CFONB 120",
    BankFormat.MT940: "MT940",
    BankFormat.OFX: "OFX",
    BankFormat.CSV: "CSV",
    BankFormat.XLSX: "XLSX",
    "": _("table"),
}
"""The kinds of bank file."""

COLUMN_FIELDS: Mapping[str, str | Promise] = {
    "booked": _("Date"),
    "valued": _("Date of value"),
    "amount": _("Amount, with its sign"),
    "debit": _("Debit"),
    "credit": _("Credit"),
    "text": _("Text (several columns may be)"),
    "payer": _("Name of the other side"),
    "payer_iban": _("IBAN of the other side"),
    "reference": _("Reference of the payment"),
    "bank_reference": _("Reference of the bank"),
    "fee": _("Fee kept by the bank"),
    "currency": _("Currency"),
    "balance": _("Balance"),
    "account": _("Account"),
    "state": _("State of the operation"),
}
"""What a column of a bank's table can be."""


def payment_badge(payment: Payment) -> Badge:
    """What a payment is now."""
    if payment.undone_at is not None:
        return pgettext_lazy("a payment", "undone"), "secondary"
    if payment.returned_by_id is not None:
        return pgettext_lazy("a payment", "came back"), "red"
    if payment.amount_minor < 0:
        return pgettext_lazy("a payment", "refund"), "purple"
    if payment.line_id is not None:
        return pgettext_lazy("a payment", "seen at the bank"), "green"
    return pgettext_lazy("a payment", "by hand"), "blue"


def line_badge(line: StatementLine) -> Badge:
    """What a line is now: set aside, with its reason."""
    if line.state == LineState.ASIDE:
        return ASIDE_REASONS[line.aside_reason], "secondary"
    return STATES[line.state]
