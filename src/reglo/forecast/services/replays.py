"""Trying the forecast against the organisation's own past."""

from datetime import date, datetime, timedelta

from django.db import transaction

from reglo.core.findings import Text
from reglo.core.forecast import NothingToReplay, PaidInvoice, backtest
from reglo.forecast.models import Replay
from reglo.forecast.queries.facts import facts_of
from reglo.forecast.stored import replay_tree
from reglo.jobs.services import schedule
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

REPLAY_PAST = "replay-past"
_MOST = 2_000  #: invoices that are replayed, the newest: each day of them learns anew
_FEWEST = 10


def ask_for_replay(*, organisation: Organisation, now: datetime) -> Replay:
    """Let a worker replay the past; while one is under way, no other is begun."""
    with transaction.atomic(durable=True):
        waiting = Replay.objects.of(organisation).filter(done_at=None).first()
        if waiting is not None:
            return waiting
        replay = Replay.objects.create(organisation=organisation, asked_at=now)
        schedule(
            REPLAY_PAST,
            subject_id=replay.pk,
            organisation_id=organisation.pk,
            key=f"{REPLAY_PAST}:{replay.pk}",
            due_at=now,
        )
    return replay


def replay_past(*, replay_id: int, now: datetime) -> None:
    """Replay the newer half of the paid invoices with what was known on each day, and keep how right it was."""
    replay = Replay.objects.select_related("organisation").get(pk=replay_id)
    if replay.done_at is not None:
        return
    facts = facts_of(replay.organisation, today=today_of(replay.organisation, now))
    paid = sorted(facts.history, key=lambda each: each.issued)[-_MOST:]
    try:
        replay.content = replay_tree(backtest(paid, from_day=_middle(paid), unpaid=facts.still_open))
    except NothingToReplay as nothing:
        replay.problem_fr, replay.problem_en = nothing.message.fr, nothing.message.en
    replay.done_at = now
    with transaction.atomic(durable=True):
        replay.save(update_fields=["content", "problem_fr", "problem_en", "done_at"])


def _middle(paid: list[PaidInvoice]) -> date:
    """The day from which on the newer half was issued."""
    if len(paid) < _FEWEST:
        raise NothingToReplay(
            Text(
                fr=f"Il faut au moins {_FEWEST} factures payées pour comparer la prévision au passé.",
                en=f"It takes at least {_FEWEST} paid invoices to try the forecast against the past.",
            )
        )
    return max(paid[len(paid) // 2].issued, paid[0].issued + timedelta(days=1))
