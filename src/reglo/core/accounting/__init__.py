"""Double entry: which lines an event writes, on which French accounts, and how VAT follows the money.

Pure. Amounts are whole minor units (cents), since an entry balances to the cent or not at all; a document's own amounts
arrive here as they stand in it and are never worked out again.
"""

from reglo.core.accounting.accounts import (
    CUSTOMER_ROLES,
    DEFAULT_ACCOUNTS,
    MONEY_ROLES,
    Account,
    AccountRole,
    BadAccount,
    JournalCode,
    account_of,
)
from reglo.core.accounting.documents import DocumentFacts, document_lines
from reglo.core.accounting.events import (
    EventKind,
    Reason,
    allowance_lines,
    doubtful_lines,
    fee_lines,
    payment_lines,
    penalty_lines,
    refund_lines,
    release_lines,
    reversed_lines,
    settlement_lines,
    settlement_vat,
    surplus_lines,
    transfer_lines,
)
from reglo.core.accounting.lines import EntryLine, Unbalanced, VatPart, require_balanced, tax_of_parts, vat_sum
from reglo.core.accounting.shares import shared_out
from reglo.core.accounting.vat import due_lines, parts_within, vat_between

__all__ = [
    "CUSTOMER_ROLES",
    "DEFAULT_ACCOUNTS",
    "MONEY_ROLES",
    "Account",
    "AccountRole",
    "BadAccount",
    "DocumentFacts",
    "EntryLine",
    "EventKind",
    "JournalCode",
    "Reason",
    "Unbalanced",
    "VatPart",
    "account_of",
    "allowance_lines",
    "document_lines",
    "doubtful_lines",
    "due_lines",
    "fee_lines",
    "parts_within",
    "payment_lines",
    "penalty_lines",
    "refund_lines",
    "release_lines",
    "require_balanced",
    "reversed_lines",
    "settlement_lines",
    "settlement_vat",
    "shared_out",
    "surplus_lines",
    "tax_of_parts",
    "transfer_lines",
    "vat_between",
    "vat_sum",
]
