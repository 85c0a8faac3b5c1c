"""What is stored of banks and payments: files, statements, lines, what was decided about them, and what that taught."""

from reglo.banking.models.clues import PaymentClue
from reglo.banking.models.files import BankFile, KnownAccount, TableMapping
from reglo.banking.models.learnt import Learnt, LearntKind
from reglo.banking.models.payments import Means, Payment, Posting, PostingFor
from reglo.banking.models.statements import (
    AsideReason,
    BankStatement,
    Candidate,
    CandidateItem,
    LineState,
    MatchingState,
    StatementLine,
)

__all__ = [
    "AsideReason",
    "BankFile",
    "BankStatement",
    "Candidate",
    "CandidateItem",
    "KnownAccount",
    "Learnt",
    "LearntKind",
    "LineState",
    "MatchingState",
    "Means",
    "Payment",
    "PaymentClue",
    "Posting",
    "PostingFor",
    "StatementLine",
    "TableMapping",
]
