"""Quotes: written, sent, answered. A quote that was sent never changes; a change is a copy."""

from reglo.billing.services.quotes.answering import (
    QuoteAlreadyAnswered,
    QuoteExpired,
    QuoteNotOpen,
    accept_quote,
    note_quote_accepted,
    note_quote_refused,
    refuse_quote,
)
from reglo.billing.services.quotes.sending import (
    QuoteIncomplete,
    fix_quote,
    note_followed_up,
    plan_follow_up,
    set_validity,
)
from reglo.billing.services.quotes.writing import (
    QuoteClosed,
    create_quote,
    delete_quote,
    duplicate_quote,
    restore_quote,
    save_quote,
)

__all__ = [
    "QuoteAlreadyAnswered",
    "QuoteClosed",
    "QuoteExpired",
    "QuoteIncomplete",
    "QuoteNotOpen",
    "accept_quote",
    "create_quote",
    "delete_quote",
    "duplicate_quote",
    "fix_quote",
    "note_followed_up",
    "note_quote_accepted",
    "note_quote_refused",
    "plan_follow_up",
    "refuse_quote",
    "restore_quote",
    "save_quote",
    "set_validity",
]
