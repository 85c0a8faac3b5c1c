"""What is heard of a message after it has left: from the provider, from the mail server, from the portal."""

from datetime import datetime

from django.db import transaction

from reglo.customers.models import Contact
from reglo.delivery.addresses import within
from reglo.delivery.models import Message, MessageEvent, MessageKind, MessageState
from reglo.delivery.services.journaling import journal
from reglo.delivery.services.sending import send_notice
from reglo.journal.services import REGLO, Actor

_LEFT = (MessageState.SENDING, MessageState.SENT)


def note_event(message: Message, what: str, *, now: datetime, detail: str = "") -> None:
    """Add a line to what happened to a message."""
    MessageEvent.objects.create(
        organisation_id=message.organisation_id, message=message, at=now, what=what, detail=detail[:500]
    )


def note_delivered(*, message_id: int, now: datetime) -> None:
    """The provider says that it arrived. Said twice, or after a bounce, it changes nothing."""
    with transaction.atomic(durable=True):
        message = _locked(message_id)
        if message is None or message.state not in _LEFT:
            return
        message.state, message.delivered_at = MessageState.DELIVERED, now
        message.sent_at = message.sent_at or now
        message.save(update_fields=["state", "delivered_at", "sent_at"])
        note_event(message, "delivered", now=now)
        if message.contact_id is not None:
            Contact.objects.filter(pk=message.contact_id, email=message.to).update(bounced_at=None, bounce_reason="")


def note_bounced(*, message_id: int, reason: str, now: datetime) -> None:
    """The address refused the message: it is written on the contact, and whoever sent it is told. Once a message."""
    with transaction.atomic(durable=True):
        message = _locked(message_id)
        if message is not None and message.state in (*_LEFT, MessageState.DELIVERED):
            bounce(message, reason=reason, now=now)


def bounce(message: Message, *, reason: str, now: datetime) -> None:
    """Write a bounce down, in the caller's transaction."""
    message.state, message.bounced_at, message.last_error = MessageState.BOUNCED, now, reason
    message.save(update_fields=["state", "bounced_at", "last_error"])
    note_event(message, "bounced", now=now, detail=reason)
    if message.contact_id is not None:
        Contact.objects.filter(pk=message.contact_id, email=message.to).update(
            bounced_at=now, bounce_reason=reason[:300]
        )
    if message.kind != MessageKind.NOTICE:  # a notice that bounces must not make another
        _tell_sender(message, reason, now)
        journal("message-bounced", message, by=REGLO, now=now, after={"to": message.to, "reason": reason})


def _tell_sender(message: Message, reason: str, now: datetime) -> None:
    user = message.created_by
    french = user is None or user.language == "fr"
    subject = f"Adresse refusée : {message.to}" if french else f"Address refused: {message.to}"
    body = (
        f"Votre message « {message.subject} » n'a pas pu être remis à {message.to}.\n\n"
        f"Réponse du serveur : {reason}\n\nCorrigez l'adresse du contact, puis renvoyez le message."
        if french
        else f"Your message “{message.subject}” could not be delivered to {message.to}.\n\n"
        f"The server said: {reason}\n\nMend the contact's address, then send the message again."
    )
    send_notice(
        organisation=message.organisation,
        subject=subject,
        body=body,
        path=within("message", message.pk),
        key=f"bounce:{message.pk}:{message.retries}",
        by=REGLO,
        now=now,
        users=[user] if user is not None and user.is_active else None,
    )


def note_opened(*, messages: list[int], by: Actor, now: datetime) -> None:
    """The contact opened the document of these messages on the portal; only the first time is kept."""
    with transaction.atomic():
        unopened = Message.objects.select_for_update(of=("self",)).filter(pk__in=messages, opened_at=None)
        for message in unopened:
            message.opened_at = now
            message.save(update_fields=["opened_at"])
            note_event(message, "opened", now=now, detail=by.name)


def _locked(message_id: int) -> Message | None:
    rows = Message.objects.select_for_update(of=("self",)).select_related("organisation", "created_by")
    return rows.filter(pk=message_id).first()
