"""Reading the ledger: what customers owe, what is open, what accounts hold, which VAT is due. All from entries alone.

Amounts are minor units; debits count up, so that what a customer owes is positive.
"""

from reglo.ledger.queries.accounts import AccountBalance, account_balances, chart_of, lines_of_account
from reglo.ledger.queries.customers import (
    Statement,
    StatementRow,
    balance_of,
    balances_at,
    open_items,
    open_items_at,
    statement_of,
)
from reglo.ledger.queries.entries import allocations_of, entries_of, entry_of
from reglo.ledger.queries.offers import settlement_offers
from reglo.ledger.queries.vat import VatSum, untaxed_sales, vat_due

__all__ = [
    "AccountBalance",
    "Statement",
    "StatementRow",
    "VatSum",
    "account_balances",
    "allocations_of",
    "balance_of",
    "balances_at",
    "chart_of",
    "entries_of",
    "entry_of",
    "lines_of_account",
    "open_items",
    "open_items_at",
    "settlement_offers",
    "statement_of",
    "untaxed_sales",
    "vat_due",
]
