"""Negotiation: what terms are worth to each side, what both could agree, and how to say so.

    Deal + Offer + Levers ──► negotiate ──► Answer: both chairs, zone, frontier, fair points, concessions, fence

Pure: a year of dated cash, discounted, seen from both chairs. The room stores deals, limits and rounds, and turns a
counter-proposal into a terms agreement. The method is in docs/explanation/negotiation.md.
"""

from reglo.core.negotiation.answer import Answer, negotiate
from reglo.core.negotiation.concessions import Move
from reglo.core.negotiation.curves import Flow, FlowKind, Level, Lowest
from reglo.core.negotiation.deal import Band, Deal, Lateness, Offer, Side, UnusableDeal, lateness_of
from reglo.core.negotiation.discount import DiscountBand, discount_band, discount_band_of
from reglo.core.negotiation.fence import NEGOTIATION_RULES, Fence, fairness, fence_of
from reglo.core.negotiation.letter import Correspondence, Exchange, Letter, Paragraph, counter_proposal, exchange_in
from reglo.core.negotiation.levers import Lever, Levers, moved_levers, offers_of, usual_levers
from reglo.core.negotiation.limits import Limit, Measure, Stand, Standing, Verdict, Wish, stands
from reglo.core.negotiation.outcome import Beside, Happened, NothingHappened, Outcome, outcome_of
from reglo.core.negotiation.overlay import Curve, TreasuryLow, lowest_with
from reglo.core.negotiation.rounds import JudgedRound, Round, gains_of, gap_of, judge_rounds
from reglo.core.negotiation.sensitivity import (
    Guess,
    Range,
    Scenario,
    TornadoRow,
    Worked,
    side_by_side,
    three_scenarios,
    tornado,
    usual_ranges,
    with_guess,
)
from reglo.core.negotiation.sums import Cause
from reglo.core.negotiation.worth import Effect, Line, TheirWorth, Worth, flows, their_worth_of, worth_of
from reglo.core.negotiation.zone import Fairness, FairPoint, Point

__all__ = [
    "NEGOTIATION_RULES",
    "Answer",
    "Band",
    "Beside",
    "Cause",
    "Correspondence",
    "Curve",
    "Deal",
    "DiscountBand",
    "Effect",
    "Exchange",
    "FairPoint",
    "Fairness",
    "Fence",
    "Flow",
    "FlowKind",
    "Guess",
    "Happened",
    "JudgedRound",
    "Lateness",
    "Letter",
    "Level",
    "Lever",
    "Levers",
    "Limit",
    "Line",
    "Lowest",
    "Measure",
    "Move",
    "NothingHappened",
    "Offer",
    "Outcome",
    "Paragraph",
    "Point",
    "Range",
    "Round",
    "Scenario",
    "Side",
    "Stand",
    "Standing",
    "TheirWorth",
    "TornadoRow",
    "TreasuryLow",
    "UnusableDeal",
    "Verdict",
    "Wish",
    "Worked",
    "Worth",
    "counter_proposal",
    "discount_band",
    "discount_band_of",
    "exchange_in",
    "fairness",
    "fence_of",
    "flows",
    "gains_of",
    "gap_of",
    "judge_rounds",
    "lateness_of",
    "lowest_with",
    "moved_levers",
    "negotiate",
    "offers_of",
    "outcome_of",
    "side_by_side",
    "stands",
    "their_worth_of",
    "three_scenarios",
    "tornado",
    "usual_levers",
    "usual_ranges",
    "with_guess",
    "worth_of",
]
