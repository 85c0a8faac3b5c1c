"""What is stored of collection: the policy, what was done, what customers said, what was agreed with them."""

from reglo.collection.models.agreed import Plan, PlanItem, PlanPart, Proposal, ProposalKind, ProposalState
from reglo.collection.models.disputes import Dispute, DisputeFile, DisputeScope, DisputeState
from reglo.collection.models.leeway import Leeway
from reglo.collection.models.notes import Note, NoteKind
from reglo.collection.models.penalties import PenaltyDecision, PenaltyNote, PenaltyState
from reglo.collection.models.policies import PolicyVersion, Relationship
from reglo.collection.models.promises import Promise
from reglo.collection.models.rounds import CustomerDecision, PolicyTrial, Round, Verdict
from reglo.collection.models.steps import StepItem, StepState, StepTaken
from reglo.collection.models.threads import ThreadMessage

__all__ = [
    "CustomerDecision",
    "Dispute",
    "DisputeFile",
    "DisputeScope",
    "DisputeState",
    "Leeway",
    "Note",
    "NoteKind",
    "PenaltyDecision",
    "PenaltyNote",
    "PenaltyState",
    "Plan",
    "PlanItem",
    "PlanPart",
    "PolicyTrial",
    "PolicyVersion",
    "Promise",
    "Proposal",
    "ProposalKind",
    "ProposalState",
    "Relationship",
    "Round",
    "StepItem",
    "StepState",
    "StepTaken",
    "ThreadMessage",
    "Verdict",
]
