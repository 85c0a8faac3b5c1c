"""What the provider tells of messages that left: Anymail's signals, whatever the provider is called."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, tracking
from django.utils import timezone

from reglo.delivery.models import Message
from reglo.delivery.services.tracking import note_bounced, note_delivered

_REFUSALS = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})


def listen() -> None:
    """Hear what the provider tells."""
    tracking.connect(on_tracking, dispatch_uid="reglo.delivery")


def on_tracking(event: AnymailTrackingEvent, **_: Any) -> None:
    """Note a delivery or a refusal; what is about no message of ours is passed over."""
    message = _message(event)
    if message is None or message.to.casefold() != (event.recipient or message.to).casefold():
        return
    now = timezone.now()
    if event.event_type == EventType.DELIVERED:
        note_delivered(message_id=message.pk, now=now)
    elif event.event_type in _REFUSALS:
        reason = event.mta_response or event.description or event.reject_reason or event.event_type
        note_bounced(message_id=message.pk, reason=str(reason), now=now)


def _message(event: AnymailTrackingEvent) -> Message | None:
    """By the number that we gave along, else by the provider's own."""
    number = str((event.metadata or {}).get("message", ""))
    if number.isascii() and number.isdigit() and len(number) < 19:
        return Message.objects.filter(pk=int(number)).first()
    return Message.objects.filter(provider_id=event.message_id).first() if event.message_id else None
