"""Quotes (*devis*): what is offered, what the customer may choose, and what each choice comes to."""

from reglo.core.quotes.choice import (
    BadChoice,
    Choosable,
    alternatives_of,
    chosen_places,
    first_choice,
    options_of,
    require_choice,
)
from reglo.core.quotes.offer import Offer, OfferLine, offered

__all__ = [
    "BadChoice",
    "Choosable",
    "Offer",
    "OfferLine",
    "alternatives_of",
    "chosen_places",
    "first_choice",
    "offered",
    "options_of",
    "require_choice",
]
