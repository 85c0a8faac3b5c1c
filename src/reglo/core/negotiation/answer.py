"""The answer to a changed slider: both chairs, the zone, the frontier, the fair points, the concessions."""

from collections.abc import Iterable
from dataclasses import dataclass

from reglo.core.findings import Finding, Text
from reglo.core.negotiation.concessions import Move, concessions_of, requests_of
from reglo.core.negotiation.deal import Deal, Offer
from reglo.core.negotiation.fence import Fence, fairness, fence_of_terms
from reglo.core.negotiation.levers import Levers, offers_of, single_moves
from reglo.core.negotiation.sums import Position, Sums, money
from reglo.core.negotiation.worth import TheirWorth, Worth, own_worth, their_worth
from reglo.core.negotiation.zone import FairPoint, Point, fair_points, frontier_of, zone_of
from reglo.core.terms import Delay, Part, PaymentTerms, Penalty


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What there is to know about an offer and about what else could be agreed."""

    offer: Offer  #: that was asked about
    ours: Worth
    theirs: TheirWorth
    fence: Fence  #: of the offer that was asked about, with fairness between the sides
    points: tuple[Point, ...]  #: lawful combinations of the levers, today's terms first if they are lawful
    barred: tuple[Finding, ...]  #: why others are not offered, each reason once
    zone: tuple[Point, ...]  #: where neither side is worse off than today
    frontier: tuple[Point, ...]  #: by our gain, highest first
    fair: tuple[FairPoint, ...]  #: equal gain and Nash; none without a zone
    concessions: tuple[Move, ...]  #: cheapest first
    requests: tuple[Move, ...]  #: what may be asked for in return, cheapest for them first

    @property
    def why(self) -> Text:
        """What is possible, in a sentence."""
        both = sum(1 for each in self.zone if each.ours > 0 and each.theirs > 0)
        if both:
            return Text(
                fr=f"{both} des {len(self.points)} combinaisons profitent aux deux.",
                en=f"{both} of {len(self.points)} combinations leave both better off.",
            )
        return Text(
            fr="Aucune combinaison de ces leviers ne profite aux deux\N{NO-BREAK SPACE}: ajoutez un levier.",
            en="No combination of these levers leaves both better off: add a lever.",
        )


def negotiate(deal: Deal, offer: Offer, levers: Levers) -> Answer:
    """Everything that follows from one position of the sliders: `offer` in `deal`, and what `levers` make possible."""
    table = _Table(deal)
    asked = table.sums.position(offer)
    worth, their = own_worth(asked, table.today, deal), their_worth(asked, table.today, deal)
    points = tuple(table.points(offers_of(levers, deal.current)))
    frontier = frontier_of(points)
    moves = [(lever, point) for lever, moved in single_moves(levers, deal.current) for point in table.points((moved,))]
    fence = table.fence(offer.terms)
    return Answer(
        offer=offer,
        ours=worth,
        theirs=their,
        fence=Fence(fence.bars, (*fence.warnings, *fairness(worth.gain, their.gain))),
        points=points,
        barred=table.barred,
        zone=zone_of(points),
        frontier=frontier,
        fair=fair_points(frontier),
        concessions=concessions_of(moves),
        requests=requests_of(moves),
    )


_Lawful = tuple[Delay, tuple[Part, ...], Penalty | None]


class _Table:
    """A deal with its sums and fences, each made once."""

    def __init__(self, deal: Deal) -> None:
        self.deal = deal
        self.sums = Sums(deal)
        self.today: Position = self.sums.position(deal.current)
        self._fences: dict[_Lawful, Fence] = {}

    def fence(self, terms: PaymentTerms) -> Fence:
        """What the law says of terms; deposit and discounts make no difference to it."""
        key = (terms.delay, terms.instalments, terms.penalty)
        if key not in self._fences:
            self._fences[key] = fence_of_terms(terms, self.deal)
        return self._fences[key]

    def points(self, offers: Iterable[Offer]) -> Iterable[Point]:
        """The lawful ones among `offers`, with the gains of both sides."""
        known, lawful = None, False
        for offer in offers:
            if offer.terms is not known:
                known, lawful = offer.terms, self.fence(offer.terms).is_lawful
            if lawful:
                at = self.sums.position(offer)
                ours, theirs = at.own_worth - self.today.own_worth, at.their_worth - self.today.their_worth
                yield Point(offer, money(ours), money(theirs))

    @property
    def barred(self) -> tuple[Finding, ...]:
        """Each reason for which something was not offered, once."""
        reasons = {(bar.rule, bar.where): bar for fence in self._fences.values() for bar in fence.bars}
        return tuple(reasons.values())
