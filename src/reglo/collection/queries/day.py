"""The list *À faire*: all that waits for a person, in a fixed number of statements; and what Réglo decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from reglo.banking.models import LineState, StatementLine
from reglo.collection.models import (
    CustomerDecision,
    Dispute,
    Promise,
    Proposal,
    ProposalState,
    Round,
    StepTaken,
)
from reglo.collection.queries.disputes import open_disputes
from reglo.collection.queries.promises import promises_of
from reglo.collection.queries.steps import waiting_steps
from reglo.core.collection import Reason, TaskKind
from reglo.organisations.models import Organisation

_SHOWN = 50
_RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What waits for a person."""

    letters: Sequence[StepTaken]  #: to post
    calls: Sequence[StepTaken]
    decisions: Sequence[StepTaken]  #: formal notice, customer in difficulty, very old debt
    plans: Sequence[StepTaken]
    claims: Sequence[StepTaken]  #: to declare in insolvency proceedings
    addresses: Sequence[StepTaken]
    promises: Sequence[Promise]  #: broken, with something left to pay
    disputes: Sequence[Dispute]
    proposals: Sequence[Proposal]  #: asked for by customers
    finished: Sequence[CustomerDecision]  #: nothing is left on the ladder
    bank_lines: int
    next_on: date | None  #: the next day on which something is to be done, as far as is known

    @property
    def count(self) -> int:
        """How many things."""
        groups = (self.letters, self.calls, self.decisions, self.plans, self.claims, self.addresses)
        said = (self.promises, self.disputes, self.proposals, self.finished)
        return sum(map(len, groups)) + sum(map(len, said)) + (1 if self.bank_lines else 0)


def day_of(organisation: Organisation, *, today: date) -> Day:
    """All that waits for a person today; of each kind fifty at most."""
    groups = _grouped(waiting_steps(organisation)[: 6 * _SHOWN])
    broken = promises_of(organisation).filter(broken_at__isnull=False, withdrawn_at=None, kept_at=None)
    broken = broken.filter(items__open_minor__gt=0, by__gte=today - _RECENT).distinct()
    decided = CustomerDecision.objects.of(organisation).select_related("customer")
    ahead = decided.filter(next_on__gt=today).order_by("next_on").values_list("next_on", flat=True)
    busy = waiting_steps(organisation).order_by().values("customer")
    return Day(
        letters=groups["letters"],
        calls=groups["calls"],
        decisions=groups["decisions"],
        plans=groups["plans"],
        claims=groups["claims"],
        addresses=groups["addresses"],
        promises=list(broken.order_by("by", "pk")[:_SHOWN]),
        disputes=list(open_disputes(organisation).order_by("opened_at", "pk")[:_SHOWN]),
        proposals=list(
            Proposal.objects.of(organisation)
            .filter(state=ProposalState.ASKED)
            .select_related("customer")
            .order_by("made_at", "pk")[:_SHOWN]
        ),
        finished=list(
            decided.filter(reason=Reason.NO_STEP_LEFT).exclude(customer__in=busy).order_by("day", "pk")[:_SHOWN]
        ),
        bank_lines=StatementLine.objects.of(organisation).filter(state=LineState.PROPOSED).count(),
        next_on=ahead.first(),
    )


_GROUPS: Mapping[str, str] = {
    TaskKind.CALL: "calls",
    TaskKind.FORMAL_NOTICE: "decisions",
    TaskKind.FIRM_STEP: "decisions",
    TaskKind.TOO_OLD: "decisions",
    TaskKind.PLAN_LATE: "plans",
    TaskKind.DECLARE_CLAIM: "claims",
    TaskKind.UNREACHABLE: "addresses",
}


def _grouped(steps: QuerySet[StepTaken]) -> Mapping[str, list[StepTaken]]:
    groups: dict[str, list[StepTaken]] = {name: [] for name in ("letters", *_GROUPS.values())}
    for step in steps:
        name = "letters" if step.letter_sha256 else _GROUPS.get(step.task_kind, "decisions")
        if len(groups[name]) < _SHOWN:
            groups[name].append(step)
    return groups


def last_round(organisation: Organisation) -> Round | None:
    """The round that was begun last."""
    return Round.objects.of(organisation).order_by("-day").first()


def decisions_of(organisation: Organisation) -> QuerySet[CustomerDecision]:
    """What was decided last of each customer."""
    return CustomerDecision.objects.of(organisation).select_related("customer", "organisation")


def verdicts(organisation: Organisation) -> Mapping[str, int]:
    """How many customers were written to, put before a person, left alone."""
    counts = decisions_of(organisation).order_by().values("verdict").annotate(number=Count("pk"))
    return Counter({row["verdict"]: row["number"] for row in counts})
