"""Reading the ledger: what customers owe, what is open, what accounts hold, which VAT is due. All from entries alone.

Amounts are minor units; debits count up, so that what a customer owes is positive.
"""

from reglo.ledger.queries.accounts import chart_of
from reglo.ledger.queries.ageing import CREDIT, AgedSum, aged_sums
from reglo.ledger.queries.customers import (
    Statement,
    StatementRow,
    balance_of,
    balances_at,
    open_items,
    open_items_at,
    statement_of,
)
from reglo.ledger.queries.decisions import (
    CustomerStanding,
    Standing,
    customer_standing,
    is_reversed,
    lost_of,
    standing_of,
    write_offs,
)
from reglo.ledger.queries.entries import entries_of, entry_of
from reglo.ledger.queries.offers import settlement_offers
from reglo.ledger.queries.receipts import came_in
from reglo.ledger.queries.vat import (
    SALES_ROLES,
    VatMove,
    VatSum,
    sales_booked,
    vat_account_moved,
    vat_due,
    vat_moves,
    vat_pending,
)

__all__ = [
    "CREDIT",
    "SALES_ROLES",
    "AgedSum",
    "CustomerStanding",
    "Standing",
    "Statement",
    "StatementRow",
    "VatMove",
    "VatSum",
    "aged_sums",
    "balance_of",
    "balances_at",
    "came_in",
    "chart_of",
    "customer_standing",
    "entries_of",
    "entry_of",
    "is_reversed",
    "lost_of",
    "open_items",
    "open_items_at",
    "sales_booked",
    "settlement_offers",
    "standing_of",
    "statement_of",
    "vat_account_moved",
    "vat_due",
    "vat_moves",
    "vat_pending",
    "write_offs",
]
