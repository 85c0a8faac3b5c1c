"""Proposals: drafted by us or asked by the customer, sent with words that never change, answered with proof."""

from reglo.collection.services.proposals.answering import answer_proposal
from reglo.collection.services.proposals.drafting import (
    draft_proposal,
    expire_proposals,
    offer_for,
    send_proposal,
    withdraw_proposal,
)
from reglo.collection.services.proposals.model import (
    LONGEST_WORDS,
    MOST_INSTALMENTS,
    VALID_FOR,
    AskedPlan,
    OtherWords,
    ProposalClosed,
    ProposalOutdated,
    Wish,
)
from reglo.collection.services.proposals.requests import ask_plan, grant_request, refuse_request, worked_out_plan
from reglo.collection.services.proposals.thread import say_in_proposal
from reglo.collection.services.proposals.writing import text_of

__all__ = [
    "LONGEST_WORDS",
    "MOST_INSTALMENTS",
    "VALID_FOR",
    "AskedPlan",
    "OtherWords",
    "ProposalClosed",
    "ProposalOutdated",
    "Wish",
    "answer_proposal",
    "ask_plan",
    "draft_proposal",
    "expire_proposals",
    "grant_request",
    "offer_for",
    "refuse_request",
    "say_in_proposal",
    "send_proposal",
    "text_of",
    "withdraw_proposal",
    "worked_out_plan",
]
