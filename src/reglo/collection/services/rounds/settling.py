"""What became of the messages in the outbox, written into their steps."""

from datetime import datetime

from django.db import transaction

from reglo.collection.models import StepState, StepTaken
from reglo.collection.services.rounds.dropping import drop
from reglo.delivery.models import Message, MessageState
from reglo.jobs.services import schedule
from reglo.journal.services import REGLO, record_all

JOB = "decide-customer"
_LEFT = (MessageState.SENT, MessageState.DELIVERED)
_NOT_SENT = (MessageState.BOUNCED, MessageState.FAILED, MessageState.CANCELLED)
_AT_A_TIME = 500


def settle_steps(*, now: datetime) -> None:
    """Bring the steps up to date whose message has left, or will not leave.

    A step whose message certainly reached nobody is free to be done again, and the day is decided again. Where the
    message may have arrived (its worker died in that instant), or a person took it back, the step counts as done.
    """
    queued = StepTaken.objects.filter(state=StepState.QUEUED, message__state__in=(*_LEFT, *_NOT_SENT))
    for step_id in queued.order_by("pk").values_list("pk", flat=True)[:_AT_A_TIME]:
        _settle(step_id, now)


def _settle(step_id: int, now: datetime) -> None:
    with transaction.atomic(durable=True):
        rows = StepTaken.objects.select_for_update(of=("self",)).select_related("message")
        step = rows.get(pk=step_id)
        message = step.message
        if step.state != StepState.QUEUED or message is None:
            return
        if message.state in _LEFT:
            step.state, step.done_at = StepState.DONE, message.sent_at or now
            step.save(update_fields=["state", "done_at"])
        elif message.state in _NOT_SENT:
            _drop(step, message, now)


def _drop(step: StepTaken, message: Message, now: datetime) -> None:
    """Let a step be whose message does not leave."""
    by_person = message.state == MessageState.CANCELLED and not message.events.filter(what="not-sent").exists()
    act = drop(step, message.last_error, now=now, frees=not (by_person or _may_have_arrived(message)))
    if message.state == MessageState.CANCELLED and not by_person:
        schedule(
            JOB,
            subject_id=step.customer_id,
            organisation_id=step.organisation_id,
            key=f"{JOB}:{step.pk}",
            due_at=now,
        )
    record_all([act], organisation_id=step.organisation_id, by=REGLO, at=now)


def _may_have_arrived(message: Message) -> bool:
    """Whether the last bytes of an attempt had left and no answer was written down."""
    if message.state == MessageState.BOUNCED:
        return False
    unclear = message.events.filter(what__in=("sent-again", "attempt-unclear"))
    return message.handing_over_at is not None or unclear.exists()
