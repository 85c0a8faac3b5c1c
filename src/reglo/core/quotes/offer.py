"""A quote as it was sent: all that its page says, and all that is needed to work out any choice. A frozen value."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace

from reglo.core.composition import Draft, DraftLine, compose_invoice
from reglo.core.document import Invoice
from reglo.core.quotes.choice import chosen_places, first_choice


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """A line, and whether the customer may leave it."""

    line: DraftLine
    optional: bool = False  #: taken only if the customer wants it
    alternative: str | None = None  #: one of this group is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a quote says."""

    draft: Draft  #: number and date of the quote, parties, terms; its lines are those before any choice
    lines: tuple[OfferLine, ...]
    valid_until: datetime.date | None = None
    title: str | None = None  #: what it is about
    agreement_sha256: str | None = None  #: of the text of the terms agreement that the quote cites


def offered(offer: Offer, taken: Collection[int] | None = None) -> Invoice:
    """The document that a choice comes to, its totals by `core.totals`; before any choice, without options.

    taken: places of options and alternatives. Raises BadChoice, and what `compose_invoice` raises.
    """
    taken = first_choice(offer.lines) if taken is None else taken
    lines = tuple(offer.lines[place].line for place in chosen_places(offer.lines, taken))
    return compose_invoice(replace(offer.draft, lines=lines))
