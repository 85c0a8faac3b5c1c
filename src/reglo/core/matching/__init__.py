"""Matching (*rapprochement*): which open items a bank line pays, how sure that is, and why."""

from reglo.core.matching.deciding import match_all, match_line
from reglo.core.matching.index import MatchingIndex
from reglo.core.matching.learning import learn
from reglo.core.matching.model import (
    Allocation,
    Certainty,
    CustomerFacts,
    Decision,
    Discount,
    Habit,
    KnownIban,
    Match,
    OpenItem,
    Options,
    Part,
    SettledItem,
)
from reglo.core.matching.reasons import Reason, ReasonKind

__all__ = [
    "Allocation",
    "Certainty",
    "CustomerFacts",
    "Decision",
    "Discount",
    "Habit",
    "KnownIban",
    "Match",
    "MatchingIndex",
    "OpenItem",
    "Options",
    "Part",
    "Reason",
    "ReasonKind",
    "SettledItem",
    "learn",
    "match_all",
    "match_line",
]
