"""Writing the ledger: the only code that adds entries and allocations.

    with transaction.atomic(durable=True):
        entry = post_payment(organisation=…, customer=…, source=Source("payment", payment.pk), …)
        item = entry.items.get()
        allocate(organisation=…, debit_item_id=…, credit_item_id=item.pk, amount_minor=…, on=…, key=…, by=by, now=now)
        journal.services.record(…)

All of this works within the transaction of its caller, a room above, which also records the act; only what people
decide about a receivable (`decisions`) is a transaction of its own. Each locks the head of the organisation's ledger
first (`head`), so call it before sealing and recording. Nothing is ever deleted: `undo_allocation` and `reverse_entry`
take back by rows of their own.
"""

from reglo.ledger.services.allocation import CannotAllocate, MoreThanOpen, allocate, undo_allocation
from reglo.ledger.services.decisions import (
    Deciding,
    DecisionRefused,
    doubt,
    reverse_decision,
    set_allowance,
    write_off,
)
from reglo.ledger.services.documents import DOCUMENT_SOURCE, IssuedDocument, post_document
from reglo.ledger.services.money import post_bank_fee, post_payment, post_refund, post_transfer
from reglo.ledger.services.offers import offer_settlement
from reglo.ledger.services.posting import Source
from reglo.ledger.services.reversal import CannotReverse, reverse_entry
from reglo.ledger.services.settlement import (
    NotAReceivable,
    keep_surplus,
    mark_doubtful,
    post_allowance,
    post_penalty,
    settle_item,
)

__all__ = [
    "DOCUMENT_SOURCE",
    "CannotAllocate",
    "CannotReverse",
    "Deciding",
    "DecisionRefused",
    "IssuedDocument",
    "MoreThanOpen",
    "NotAReceivable",
    "Source",
    "allocate",
    "doubt",
    "keep_surplus",
    "mark_doubtful",
    "offer_settlement",
    "post_allowance",
    "post_bank_fee",
    "post_document",
    "post_payment",
    "post_penalty",
    "post_refund",
    "post_transfer",
    "reverse_decision",
    "reverse_entry",
    "set_allowance",
    "settle_item",
    "undo_allocation",
    "write_off",
]
