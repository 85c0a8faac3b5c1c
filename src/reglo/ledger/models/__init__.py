"""What is stored of the ledger: the books themselves, and what people decided about receivables."""

from reglo.ledger.models.books import Allocation, Entry, LedgerHead, Line, OpenItem, SettlementOffer, Side
from reglo.ledger.models.decisions import Decision

__all__ = [
    "Allocation",
    "Decision",
    "Entry",
    "LedgerHead",
    "Line",
    "OpenItem",
    "SettlementOffer",
    "Side",
]
