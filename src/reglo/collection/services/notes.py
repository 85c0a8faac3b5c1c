"""Notes, calls and e-mails that a person writes down about a customer; taken back, they can be restored."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from reglo.collection.incoming import LONGEST_TEXT, read_email
from reglo.collection.models import Note, NoteKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation

_SAME = timedelta(minutes=2)  #: within it, the same words are a double click
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)


class EmptyNote(DomainError):
    """A note without words."""

    code = "empty-note"


class AlreadyFiled(DomainError):
    """This e-mail is in the customer's story already."""

    code = "already-filed"


def write_note(
    *,
    organisation: Organisation,
    customer: Customer,
    kind: NoteKind,
    text: str,
    by: Actor,
    now: datetime,
    with_whom: str = "",
    subject: str = "",
    happened_at: datetime | None = None,
) -> Note:
    """Write a note, a call or a pasted e-mail into a customer's story. The same words at once are one note.

    happened_at: None is now; a time to come is now. Raises EmptyNote.
    """
    words = text.replace("\x00", "").strip()[:LONGEST_TEXT]
    if not words:
        raise EmptyNote(Text(fr="Écrivez quelques mots.", en="Write a few words."), field="text")
    with transaction.atomic(durable=True):
        Customer.objects.select_for_update().get(pk=customer.pk)
        same = Note.objects.filter(
            customer=customer,
            kind=kind,
            text=words,
            deleted_at=None,
            written_by_id=by.user_id,
            written_at__gt=now - _SAME,
        ).first()
        if same is not None:
            return same
        note = Note.objects.create(
            organisation=organisation,
            customer=customer,
            kind=kind,
            happened_at=min(happened_at or now, now),
            with_whom=with_whom.strip()[:200],
            subject=subject.strip()[:300],
            text=words,
            written_by_id=by.user_id,
            written_at=now,
        )
        _record(_ACTS[kind], note, by=by, now=now)
    return note


def file_email(*, organisation: Organisation, customer: Customer, content: bytes, by: Actor, now: datetime) -> Note:
    """File an .eml in a customer's story, once by its Message-ID. Raises NotAnEmail, AlreadyFiled."""
    read = read_email(content)
    with transaction.atomic(durable=True):
        Customer.objects.select_for_update().get(pk=customer.pk)
        filed = Note.objects.of(organisation).filter(customer=customer, message_id=read.message_id)
        standing = filed.first() if read.message_id else None
        if standing is not None and standing.deleted_at is None:
            raise AlreadyFiled(
                Text(fr="Cet e-mail est déjà dans le fil.", en="This e-mail is in the story already."), field="file"
            )
        if standing is not None:
            standing.deleted_at = None
            standing.save(update_fields=["deleted_at"])
            _record("note-restored", standing, by=by, now=now)
            return standing
        note = Note.objects.create(
            organisation=organisation,
            customer=customer,
            kind=NoteKind.EMAIL,
            happened_at=max(min(read.sent_at or now, now), _OLDEST),
            with_whom=read.sender,
            subject=read.subject,
            text=read.text,
            message_id=read.message_id,
            attachments=list(read.attachments),
            original=read.original,
            written_by_id=by.user_id,
            written_at=now,
        )
        _record("email-filed", note, by=by, now=now)
    return note


def delete_note(*, note_id: int, organisation: Organisation, by: Actor, now: datetime) -> Note:
    """Take a note back. A second time changes nothing."""
    return _put(note_id, organisation, deleted_at=now, act="note-deleted", by=by, now=now)


def restore_note(*, note_id: int, organisation: Organisation, by: Actor, now: datetime) -> Note:
    """Put a note back as it was. A second time changes nothing."""
    return _put(note_id, organisation, deleted_at=None, act="note-restored", by=by, now=now)


_ACTS = {NoteKind.NOTE: "note-written", NoteKind.CALL: "call-logged", NoteKind.EMAIL: "email-filed"}


def _put(
    note_id: int, organisation: Organisation, *, deleted_at: datetime | None, act: str, by: Actor, now: datetime
) -> Note:
    with transaction.atomic(durable=True):
        note = Note.objects.of(organisation).select_for_update(of=("self",)).get(pk=note_id)
        if (note.deleted_at is None) != (deleted_at is None):
            note.deleted_at = deleted_at
            note.save(update_fields=["deleted_at"])
            _record(act, note, by=by, now=now)
    return note


def _record(act: str, note: Note, *, by: Actor, now: datetime) -> None:
    record(
        act,
        organisation_id=note.organisation_id,
        subject=note,
        by=by,
        at=now,
        customer_id=note.customer_id,
        after={"subject": note.subject, "text": note.text[:200]},
    )
