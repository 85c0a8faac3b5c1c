"""The outbox: a message is a row, written in the transaction of its cause."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from reglo.billing.models import Invoice, Quote
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Contact, Customer
from reglo.delivery.attachments import Attachment
from reglo.delivery.composing import Table, Words, compose, words_of
from reglo.delivery.models import Message, MessageEvent, MessageFile, MessageKind, MessageState
from reglo.delivery.services.journaling import journal
from reglo.delivery.services.keys import live_link
from reglo.jobs.services import schedule
from reglo.journal.services import REGLO, Actor
from reglo.organisations.models import Organisation
from reglo.terms.models import TermsAgreement

UNDO_TIME = timedelta(seconds=10)
"""How long a message waits before it leaves, so that whoever sent it can take it back."""

JOB = "deliver-message"


class NoAddress(DomainError):
    """There is no e-mail address to write to."""

    code = "no-address"


class TooLate(DomainError):
    """The message has left, or is leaving."""

    code = "too-late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be written to a contact, before its words are filled in."""

    kind: MessageKind
    organisation: Organisation
    customer: Customer
    contact: Contact
    values: dict[str, str]
    path: str  #: page of the portal
    words: Words | None = None  #: as edited before sending; the template's where None
    invoice: Invoice | None = None
    quote: Quote | None = None
    agreement: TermsAgreement | None = None
    attaches_document: bool = True
    table: Table | None = None  #: of what is due
    files: tuple[Attachment, ...] = ()  #: made for this message, where it carries no document


def write_message(letter: Letter, *, key: str, by: Actor, now: datetime) -> tuple[Message, bool]:
    """Write a message into the outbox and schedule its delivery, in the caller's transaction; whether it is new.

    key: of the act; the same key is the same message, however often one clicks. Raises NoAddress, BadWording,
    UnknownVariable.
    """
    contact, organisation = letter.contact, letter.organisation
    known = Message.objects.of(organisation).filter(key=key).first()
    if known is not None:
        return known, False
    require_address(contact)
    language = letter.customer.language
    words = letter.words or words_of(organisation, letter.kind, language)
    composed = compose(
        words,
        kind=letter.kind,
        organisation=organisation,
        language=language,
        values=letter.values,
        table=letter.table,
    )
    message, is_new = Message.objects.get_or_create(
        organisation=organisation,
        key=key,
        defaults={
            "kind": letter.kind,
            "customer": letter.customer,
            "contact": contact,
            "to": contact.email,
            "to_name": contact.name,
            "language": language,
            "subject": composed.subject,
            "text": composed.text,
            "html": composed.html,
            "invoice": letter.invoice,
            "quote": letter.quote,
            "agreement": letter.agreement,
            "attaches_document": letter.attaches_document,
            "link": live_link(contact, now=now),
            "link_path": letter.path,
            **fresh(by, now),
        },
    )
    if is_new:
        _keep_files(message, letter.files)
        schedule_delivery(message, now=now)
        journal("message-queued", message, by=by, now=now, after={"kind": message.kind, "to": message.to})
    return message, is_new


def _keep_files(message: Message, files: tuple[Attachment, ...]) -> None:
    MessageFile.objects.bulk_create(
        MessageFile(
            organisation_id=message.organisation_id,
            message=message,
            name=each.name,
            media_type=each.media_type,
            content=each.content,
        )
        for each in files
    )


def fresh(by: Actor, now: datetime) -> dict[str, object]:
    """What a message begins with."""
    return {
        "message_id": make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname or "localhost"),
        "created_by_id": by.user_id,
        "created_at": now,
        "send_at": now + (timedelta(0) if by == REGLO else UNDO_TIME),
    }


def schedule_delivery(message: Message, *, now: datetime) -> None:
    """Have a message delivered when its time has come."""
    schedule(
        JOB,
        subject_id=message.pk,
        organisation_id=message.organisation_id,
        key=f"{JOB}:{message.pk}:{message.retries}",
        due_at=message.send_at,
        now=now,
    )


def has_address(contact: Contact) -> bool:
    """Whether one can write to a contact."""
    try:
        require_address(contact)
    except NoAddress:
        return False
    return True


def require_address(contact: Contact) -> None:
    """Raise NoAddress for a contact without a usable e-mail address, or one that has left."""
    if contact.archived_at is not None:
        raise NoAddress(
            Text(
                fr=f"{contact.name} a été archivé : choisissez un autre contact.",
                en=f"{contact.name} was archived: choose another contact.",
            ),
            field="contact",
        )
    try:
        validate_email(contact.email)
    except ValidationError:
        raise NoAddress(
            Text(
                fr=f"{contact.name or 'Ce contact'} n'a pas d'adresse e-mail : complétez sa fiche.",
                en=f"{contact.name or 'This contact'} has no e-mail address: complete the contact first.",
            ),
            field="contact",
        ) from None


def cancel_message(*, message_id: int, organisation: Organisation, by: Actor, now: datetime) -> Message:
    """Take a message back while it waits. Raises TooLate once it is leaving; a second time changes nothing."""
    with transaction.atomic(durable=True):
        message = locked(message_id, organisation)
        if message.state == MessageState.CANCELLED:
            return message
        if message.state != MessageState.QUEUED:
            raise TooLate(Text(fr="Ce message est déjà parti.", en="This message has already left."))
        message.state = MessageState.CANCELLED
        message.save(update_fields=["state"])
        journal("message-cancelled", message, by=by, now=now)
    return message


def retry_message(*, message_id: int, organisation: Organisation, by: Actor, now: datetime) -> Message:
    """Try again what was given up, bounced or cancelled, with the contact's present address.

    Raises TooLate for a message that is on its way, NoAddress where there is nobody to write to.
    """
    with transaction.atomic(durable=True):
        message = locked(message_id, organisation)
        if message.state not in (MessageState.FAILED, MessageState.BOUNCED, MessageState.CANCELLED):
            raise TooLate(Text(fr="Ce message est déjà en route.", en="This message is already on its way."))
        _take_present_address(message)
        message.state, message.last_error, message.bounced_at = MessageState.QUEUED, "", None
        message.handing_over_at, message.send_at, message.retries = None, now, message.retries + 1
        message.save()
        MessageEvent.objects.create(organisation=organisation, message=message, at=now, what="retried")
        schedule_delivery(message, now=now)
        journal("message-retried", message, by=by, now=now, after={"to": message.to})
    return message


def _take_present_address(message: Message) -> None:
    """Write to where the contact is now; after a change of address it is another message to the mail servers."""
    if message.contact is None:
        return
    require_address(message.contact)
    if message.to != message.contact.email:
        message.to, message.to_name = message.contact.email, message.contact.name
        message.message_id = make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname or "localhost")


def locked(message_id: int, organisation: Organisation) -> Message:
    """A message, held to the end of the transaction."""
    return Message.objects.of(organisation).select_for_update(of=("self",)).get(pk=message_id)
