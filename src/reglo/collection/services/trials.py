"""Trying a policy on the last six months, beside the one in use, before it is switched on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any  # JSON

from django.db import transaction

from reglo.collection.models import PolicyTrial, PolicyVersion
from reglo.collection.queries.facts import facts_on
from reglo.collection.queries.policies import active_version, policy_in
from reglo.collection.services.reminders import total_text
from reglo.core.collection import CustomerFacts, Decision, Message, Outlook, outlook_of, simulate
from reglo.jobs.services import schedule
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

JOB = "try-policy"
DAYS = 183
_SHOWN = 300  #: messages that are kept with their customer


def start_trial(*, organisation: Organisation, version_id: int, by: Actor, now: datetime) -> PolicyTrial:
    """Have a version tried over the last six months by a job; a trial of today that is there already is taken."""
    with transaction.atomic(durable=True):
        version = PolicyVersion.objects.of(organisation).get(pk=version_id)
        yesterday = today_of(organisation, now) - timedelta(days=1)
        found, is_new = PolicyTrial.objects.get_or_create(
            organisation=organisation,
            policy=version,
            last=yesterday,
            defaults={
                "first": yesterday - timedelta(days=DAYS - 1),
                "days_total": DAYS * _rounds_of(organisation),
                "started_at": now,
            },
        )
        if is_new:
            schedule(JOB, subject_id=found.pk, organisation_id=organisation.pk, key=f"{JOB}:{found.pk}", due_at=now)
            record("policy-tried", organisation_id=organisation.pk, subject=version, by=by, at=now)
    return found


def run_trial(*, trial_id: int, now: datetime) -> None:
    """Try it, noting how far it has come; begun again after a crash. Nothing where it is done."""
    trial = PolicyTrial.objects.select_related("organisation", "policy").get(pk=trial_id)
    if trial.ended_at is not None:
        return
    progress = _Progress(trial)
    active = active_version(trial.organisation)
    result: dict[str, Any] = {"after": _tried(trial, trial.policy, progress)}
    if active is not None:
        result["before"] = result["after"] if active == trial.policy else _tried(trial, active, progress)
        result["before_version"] = active.version
    with transaction.atomic(durable=True):
        trial.result, trial.ended_at, trial.days_done = result, now, trial.days_total
        trial.save(update_fields=["result", "ended_at", "days_done"])


def _rounds_of(organisation: Organisation) -> int:
    """How often the months are gone through: once for each policy."""
    return 1 if active_version(organisation) is None else 2


@dataclass(slots=True)
class _Progress:
    """Notes the days that are done, about a hundred times."""

    trial: PolicyTrial
    days: int = 0

    def watching(self, on: Callable[[date], Iterable[CustomerFacts]]) -> Callable[[date], Iterator[CustomerFacts]]:
        """The facts of days, counted as they are read."""

        def watched(day: date) -> Iterator[CustomerFacts]:
            yield from on(day)
            self.days += 1
            if self.days % 4 == 0:
                PolicyTrial.objects.filter(pk=self.trial.pk).update(days_done=self.days)

        return watched


@dataclass(slots=True)
class _Shown:
    """The first messages of a trial, as a page lists them."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def noting(self, decisions: Iterable[Decision]) -> Iterator[Decision]:
        """The decisions, noted as they pass."""
        for each in decisions:
            if each.message is not None and len(self.rows) < _SHOWN:
                self.rows.append(_row(each, each.message))
            yield each


def _row(decision: Decision, message: Message) -> dict[str, Any]:
    return {
        "day": decision.day.isoformat(),
        "customer": int(decision.customer),
        "tone": message.tone.value,
        "numbers": [item.number for item in message.items],
        "total": {language: total_text(message.items, language) for language in ("fr", "en")},
    }


def _tried(trial: PolicyTrial, version: PolicyVersion, progress: _Progress) -> dict[str, Any]:
    shown = _Shown()
    known = progress.watching(facts_on(trial.organisation))
    outlook = outlook_of(shown.noting(simulate(known, policy_in(version), trial.first, trial.last)))
    return {**_plain(outlook), "rows": shown.rows}


def _plain(outlook: Outlook) -> dict[str, Any]:
    return {
        "messages": outlook.messages,
        "tasks": outlook.tasks,
        "by_tone": _counted(outlook.by_tone),
        "by_task": _counted(outlook.by_task),
        "by_customer": _counted(outlook.by_customer),
    }


def _counted(counts: Counter[Any]) -> dict[str, int]:
    return {str(key): number for key, number in counts.items()}
