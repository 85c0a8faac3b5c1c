"""Collection (*relance*): what to do about a customer on a day, when next, and why.

    facts + policy + day ──► decide ──► Decision: message, tasks, whom to leave alone, next day, a sentence

Pure: the room stores facts, policies and decisions, carries out what is decided, and decides again before it sends.
"""

from reglo.core.collection.decision import carried_out, decide, decide_all
from reglo.core.collection.facts import CustomerFacts, Done, PlanStanding, Receivable, ReceivableKind
from reglo.core.collection.model import Decision, Item, Message, Task, TaskKind, item_of
from reglo.core.collection.policy import DEFAULT_POLICY, Policy, SendingTimes, Step
from reglo.core.collection.profile import Profile, Rung, ladder_for
from reglo.core.collection.rests import Reason, Rest
from reglo.core.collection.sentences import act_in_words, day_in_words
from reglo.core.collection.simulate import Comparison, FactsOn, Outlook, compare, outlook_of, simulate
from reglo.core.collection.soundness import InvalidPolicy, check_policy, require_sound
from reglo.core.collection.stored import act_text, decision_data, policy_data, policy_from, still_right
from reglo.core.collection.suggestion import Suggestion, suggest_profile
from reglo.core.collection.vocabulary import Channel, Stance, Tone

__all__ = [
    "DEFAULT_POLICY",
    "Channel",
    "Comparison",
    "CustomerFacts",
    "Decision",
    "Done",
    "FactsOn",
    "InvalidPolicy",
    "Item",
    "Message",
    "Outlook",
    "PlanStanding",
    "Policy",
    "Profile",
    "Reason",
    "Receivable",
    "ReceivableKind",
    "Rest",
    "Rung",
    "SendingTimes",
    "Stance",
    "Step",
    "Suggestion",
    "Task",
    "TaskKind",
    "Tone",
    "act_in_words",
    "act_text",
    "carried_out",
    "check_policy",
    "compare",
    "day_in_words",
    "decide",
    "decide_all",
    "decision_data",
    "item_of",
    "ladder_for",
    "outlook_of",
    "policy_data",
    "policy_from",
    "require_sound",
    "simulate",
    "still_right",
    "suggest_profile",
]
