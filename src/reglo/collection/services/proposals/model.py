"""What proposals are made of, and why one is refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reglo.collection.models import ProposalKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.plans import Plan

_NBSP = "\N{NO-BREAK SPACE}"


LONGEST_WORDS = 4000


MOST_INSTALMENTS = 24


VALID_FOR = timedelta(days=15)
"""How long a proposal waits for its answer, if nobody says otherwise; never past its own first payment."""


class ProposalClosed(DomainError):
    """The proposal was answered, taken back, or has expired."""

    code = "proposal-closed"


class ProposalOutdated(DomainError):
    """Something was paid or credited since: what is proposed does not fit any more."""

    code = "proposal-outdated"


class OtherWords(DomainError):
    """What is answered is not the text that stands here."""

    code = "other-words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be proposed. Which fields count hangs on the kind."""

    kind: ProposalKind
    by_day: date  #: of the only payment; of a plan, the first instalment
    count: int = 1  #: of a plan: monthly instalments
    percent: Decimal = Decimal(0)  #: of a discount
    dispute_id: int | None = None  #: of a split
    waives_penalties: bool = False  #: of a plan or another date, if it is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlan:
    """A plan as a customer asks for it, and whether it is granted at once."""

    plan: Plan
    problem: Text | None  #: why a person must answer; None where it is granted


def closed() -> ProposalClosed:
    """The refusal of an act on what does not wait for an answer any more."""
    return ProposalClosed(
        Text(
            fr=f"Cette proposition n'attend plus de réponse{_NBSP}: elle a été acceptée, refusée, retirée, ou sa "
            "date est passée.",
            en="This proposal does not wait for an answer any more: it was accepted, refused, withdrawn, or its "
            "day is past.",
        )
    )
