"""What journals, kinds of entries and accounts are called on the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.core.accounting import AccountRole, EventKind, JournalCode

JOURNALS: dict[str, str | Promise] = {
    JournalCode.SALES: pgettext_lazy("accounting journal", "Sales"),
    JournalCode.BANK: pgettext_lazy("accounting journal", "Bank"),
    JournalCode.CASH: pgettext_lazy("accounting journal", "Cash"),
    JournalCode.OTHER: pgettext_lazy("accounting journal", "Other operations"),
}

KINDS: dict[str, str | Promise] = {
    EventKind.DOCUMENT: _("Document issued"),
    EventKind.REPLACEMENT: _("Document replaced"),
    EventKind.PAYMENT: _("Payment"),
    EventKind.REFUND: _("Refund"),
    EventKind.DISCOUNT: _("Early-payment discount"),
    EventKind.BANK_FEE: _("Bank fee"),
    EventKind.ROUNDING: _("Rounding"),
    EventKind.WRITE_OFF: _("Write-off"),
    EventKind.WRITE_OFF_WITH_VAT: _("Write-off with VAT recovered"),
    EventKind.DOUBTFUL: _("Doubtful debt"),
    EventKind.ALLOWANCE: _("Allowance for doubtful debts"),
    EventKind.ALLOWANCE_RELEASE: _("Allowance released"),
    EventKind.PENALTY: _("Late-payment penalty"),
    EventKind.TRANSFER: _("Transfer between own accounts"),
    EventKind.ALLOCATION: _("Allocation"),
    EventKind.REVERSAL: _("Reversal"),
}

ROLES: dict[AccountRole, str | Promise] = {
    AccountRole.CUSTOMERS: _("Customers"),
    AccountRole.DOUBTFUL_CUSTOMERS: _("Doubtful customers"),
    AccountRole.DEPOSITS: _("Deposits invoiced"),
    AccountRole.VAT_COLLECTED: _("VAT due"),
    AccountRole.VAT_PENDING: _("VAT that becomes due when it is paid"),
    AccountRole.BANK: _("Bank"),
    AccountRole.CHEQUES: _("Cheques to cash"),
    AccountRole.CARDS: _("Card payments to come"),
    AccountRole.CASH: _("Cash"),
    AccountRole.TRANSFERS: _("Transfers between own accounts"),
    AccountRole.SALES_GOODS: _("Sales of goods"),
    AccountRole.SALES_SERVICES: _("Sales of services"),
    AccountRole.SALES_MIXED: _("Sales of goods and services on one document"),
    AccountRole.DISCOUNTS: _("Early-payment discounts"),
    AccountRole.BANK_FEES: _("Bank fees"),
    AccountRole.BAD_DEBTS: _("Bad debts"),
    AccountRole.ALLOWANCE: _("Allowance for doubtful debts"),
    AccountRole.ALLOWANCE_CHARGE: _("Charge of the allowance"),
    AccountRole.ALLOWANCE_RELEASE: _("Release of the allowance"),
    AccountRole.ROUNDING_LOSS: _("Rounding, lost"),
    AccountRole.ROUNDING_GAIN: _("Rounding, gained"),
    AccountRole.INTEREST: _("Late-payment interest"),
    AccountRole.INDEMNITY: _("Recovery indemnity"),
}
