"""Writing negotiations: the only code that does."""

from reglo.negotiation.services.negotiations import (
    abandon,
    agree,
    archive_negotiation,
    begin_negotiation,
    choose_levers,
    delete_negotiation,
    draw_limits,
    give_facts,
    keep_position,
    name_customer,
    reopen,
    restore_negotiation,
)
from reglo.negotiation.services.refusals import (
    AlreadyDrafted,
    Closed,
    HasRounds,
    NoCustomer,
    NoFacts,
    NotOurs,
    UnlawfulOffer,
)
from reglo.negotiation.services.rounds import (
    draft_agreement,
    note_round,
    restore_round,
    withdraw_round,
    write_letter,
)

__all__ = [
    "AlreadyDrafted",
    "Closed",
    "HasRounds",
    "NoCustomer",
    "NoFacts",
    "NotOurs",
    "UnlawfulOffer",
    "abandon",
    "agree",
    "archive_negotiation",
    "begin_negotiation",
    "choose_levers",
    "delete_negotiation",
    "draft_agreement",
    "draw_limits",
    "give_facts",
    "keep_position",
    "name_customer",
    "note_round",
    "reopen",
    "restore_negotiation",
    "restore_round",
    "withdraw_round",
    "write_letter",
]
