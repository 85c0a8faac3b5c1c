"""Delivering a message: claimed, judged again, handed over, written down.

Each claim raises `attempt`, and every later step of that claim holds only while it is still the last one. So a worker
that was slow, not dead, and finds its work taken over, stops before the last bytes of the message.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Sum

from reglo.billing.models import Invoice, QuoteState
from reglo.core.composition import DocumentKind
from reglo.core.findings import Text
from reglo.delivery.mime import email_of
from reglo.delivery.models import Message, MessageKind, MessageState
from reglo.delivery.services.checks import objection_to
from reglo.delivery.services.journaling import journal
from reglo.delivery.services.tracking import bounce, note_event
from reglo.delivery.transport import AddressRefused, NotTaken, Refused, Unclear, hand_over
from reglo.jobs.secrets import without_secrets
from reglo.journal.services import REGLO
from reglo.terms.models import AgreementState

_HAS_ANSWERED = Text(fr="Le client a déjà répondu.", en="The customer has answered already.")

log = structlog.get_logger("reglo.delivery")


class TakenOver(Exception):
    """Another worker has begun this message again, or somebody has stopped it."""


class NoLongerRight(Exception):
    """There is no more reason to send this message."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def deliver_message(*, message_id: int, now: datetime) -> None:
    """Deliver a message if it is still to be delivered; called again for one that is done, it does nothing.

    Raises NotTaken or Unclear where another attempt is to be made.
    """
    message = _claim(message_id, now)
    if message is None:
        return
    try:
        _require_right(message, now)
        hand_over(email_of(message, now=now), _Pen(message, now))
    except TakenOver:
        log.info("message_taken_over", message=message.pk, organisation=message.organisation_id)
    except NoLongerRight as stop:
        _stop(message, now, stop.reason)
    except AddressRefused as refusal:
        _end(message, now, refusal, is_bounce=True)
    except Refused as refusal:
        _end(message, now, refusal, is_bounce=False)
    except (NotTaken, Unclear) as failure:
        _write_attempt(message, now, failure)
        raise


def _claim(message_id: int, now: datetime) -> Message | None:
    """The message, being sent by us; None where it is done or was taken back.

    Found in SENDING, its worker has died (the job's lease is over): it is sent again, under the same Message-ID.
    """
    with transaction.atomic(durable=True):
        rows = Message.objects.select_for_update(of=("self",)).select_related("organisation")
        message = rows.filter(pk=message_id).first()
        if message is None or message.state not in (MessageState.QUEUED, MessageState.SENDING):
            return None
        if message.state == MessageState.SENDING and message.handing_over_at is not None:
            note_event(message, "sent-again", now=now)
        message.state, message.attempt, message.handing_over_at = MessageState.SENDING, message.attempt + 1, None
        message.save(update_fields=["state", "attempt", "handing_over_at"])
    return message


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes down how far our attempt has come."""

    message: Message
    now: datetime

    def last_bytes_follow(self) -> None:
        _require_right(self.message, self.now)
        with transaction.atomic(durable=True):
            ours = _ours(self.message).update(handing_over_at=self.now)
        if not ours:
            raise TakenOver

    def accepted(self, provider_id: str) -> None:
        with transaction.atomic(durable=True):
            facts = {"state": MessageState.SENT, "sent_at": self.now, "provider_id": provider_id, "last_error": ""}
            if not _ours(self.message).update(**facts):
                # The provider was quicker and has told of the delivery already.
                Message.objects.filter(pk=self.message.pk, provider_id="").update(provider_id=provider_id)
                return
            note_event(self.message, "sent", now=self.now)
            if self.message.kind != MessageKind.NOTICE:
                journal("message-sent", self.message, by=REGLO, now=self.now, after={"to": self.message.to})
        log.info("message_sent", message=self.message.pk, organisation=self.message.organisation_id)


def _ours(message: Message):  # type: ignore[no-untyped-def]  # a queryset of messages
    """The message, if our attempt is still the last one."""
    return Message.objects.filter(pk=message.pk, state=MessageState.SENDING, attempt=message.attempt)


def _require_right(message: Message, now: datetime) -> None:
    """Raise NoLongerRight where there is no more reason to send the message."""
    why = why_not(message) or objection_to(message, now)
    if why is not None:
        raise NoLongerRight(why)


def _stop(message: Message, now: datetime, why: Text) -> None:
    """Write down that a message does not leave, and why."""
    reason = why.in_language(message.organisation.language)
    with transaction.atomic(durable=True):
        if _ours(message).update(state=MessageState.CANCELLED, last_error=reason, handing_over_at=None):
            note_event(message, "not-sent", now=now, detail=reason)
            journal("message-cancelled", message, by=REGLO, now=now, after={"reason": reason})


def why_not(message: Message) -> Text | None:
    """Why a message must not leave after all, judged at the instant of sending; None where it may."""
    if message.kind == MessageKind.NOTICE:
        return None
    if message.contact is None or message.contact.archived_at is not None:
        return Text(fr="Le contact a été archivé.", en="The contact was archived.")
    if message.invoice is not None:
        return _replaced(message.invoice, since=message.created_at)
    if message.quote is not None:
        return _answered(message)
    if message.agreement is not None and message.agreement.state != AgreementState.SENT:
        return _HAS_ANSWERED
    return None


def _replaced(invoice: Invoice, *, since: datetime) -> Text | None:
    """Whether an invoice was replaced or wholly credited after its message was written."""
    later = invoice.corrections.filter(issued_at__gt=since)
    corrective = later.filter(kind=DocumentKind.CORRECTIVE).first()
    if corrective is not None:
        return Text(
            fr=f"La facture a été remplacée par {corrective.number}.",
            en=f"The invoice was replaced by {corrective.number}.",
        )
    credited = later.filter(kind=DocumentKind.CREDIT_NOTE).aggregate(total=Sum("gross_minor"))["total"] or 0
    if credited >= invoice.gross_minor > 0:
        return Text(fr="La facture a été annulée par un avoir.", en="The invoice was cancelled by a credit note.")
    return None


def _answered(message: Message) -> Text | None:
    quote = message.quote
    if quote is None or quote.deleted_at is not None:
        return Text(fr="Le devis a été supprimé.", en="The quote was deleted.")
    if message.kind == MessageKind.QUOTE_FOLLOW_UP and quote.state != QuoteState.SENT:
        return _HAS_ANSWERED
    return None


def _end(message: Message, now: datetime, refusal: Refused, *, is_bounce: bool) -> None:
    """Write a final refusal down."""
    reason = without_secrets(str(refusal))
    with transaction.atomic(durable=True):
        if not _ours(message).update(handing_over_at=None):
            return
        message.handing_over_at = None
        if is_bounce:
            bounce(message, reason=reason, now=now)
        else:
            fail(message, reason=reason, now=now)


def fail(message: Message, *, reason: str, now: datetime) -> None:
    """Give a message up, in the caller's transaction: a person decides."""
    message.state, message.last_error = MessageState.FAILED, reason
    message.save(update_fields=["state", "last_error"])
    note_event(message, "failed", now=now, detail=reason)
    if message.kind != MessageKind.NOTICE:
        journal("message-failed", message, by=REGLO, now=now, after={"to": message.to, "reason": reason})


def _write_attempt(message: Message, now: datetime, failure: NotTaken | Unclear) -> None:
    """Write down that an attempt failed: where nothing has left, the message waits and can be taken back."""
    reason = without_secrets(str(failure))
    with transaction.atomic(durable=True):
        facts: dict[str, object] = {"last_error": reason}
        if isinstance(failure, NotTaken):
            facts |= {"state": MessageState.QUEUED, "handing_over_at": None}
        if _ours(message).update(**facts):
            what = "attempt-failed" if isinstance(failure, NotTaken) else "attempt-unclear"
            note_event(message, what, now=now, detail=reason)
