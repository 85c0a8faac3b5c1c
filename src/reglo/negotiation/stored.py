"""Core values of a negotiation as its rows hold them, and back: the only place that knows how."""

from collections.abc import Iterable
from dataclasses import replace

from reglo.core.negotiation import Deal, Limit, Offer, Side
from reglo.core.negotiation import Round as Made
from reglo.core.terms import ECB_PLUS_10, RECOVERY_INDEMNITY, PaymentTerms
from reglo.formats.data.stored import read_stored, write_stored
from reglo.formats.data.tree import Tree
from reglo.negotiation.in_play import InPlay
from reglo.negotiation.models import Negotiation, Round


def deal_of(row: Negotiation) -> Deal:
    """The facts of the deal; there are some once `row.deal` is not None."""
    return read_stored(Deal, row.deal)


def limits_of(row: Negotiation) -> tuple[Limit, ...]:
    """One's own needs and limits, in the order in which they were typed."""
    return tuple(read_stored(Limit, each) for each in row.limits)


def write_limits(limits: Iterable[Limit]) -> list[Tree]:
    """Limits as the row holds them."""
    return [write_stored(each) for each in limits]


def in_play_of(row: Negotiation) -> InPlay:
    """The levers in play; the usual ones until others were chosen."""
    return InPlay() if row.in_play is None else read_stored(InPlay, row.in_play)


def write_in_play(in_play: InPlay) -> Tree:
    """Levers as the row holds them; an empty list is kept, since it is not the usual one."""
    empty: Tree = {name: [] for name in InPlay.__dataclass_fields__ if getattr(in_play, name) == ()}
    return write_stored(in_play) | empty


def position_of(row: Negotiation) -> Offer:
    """Where the sliders stand; at today's terms until they were moved."""
    return deal_of(row).current if row.position is None else read_stored(Offer, row.position)


def offer_of(row: Round) -> Offer:
    """What was offered."""
    return read_stored(Offer, row.offer)


def made_of(row: Round) -> Made:
    """A round as the core judges it."""
    return Made(on=row.on, by=Side(row.by), offer=offer_of(row))


def written_out(terms: PaymentTerms) -> PaymentTerms:
    """Terms with what the law adds where nothing is written, so that writing it out is no concession."""
    return replace(
        terms,
        penalty=terms.penalty or ECB_PLUS_10,
        indemnity=RECOVERY_INDEMNITY if terms.indemnity is None else terms.indemnity,
    )
