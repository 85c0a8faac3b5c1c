"""The story of a customer: everything that happened, in one time line, the newest first."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from reglo.collection.models import Note, NoteKind
from reglo.core.findings import Text
from reglo.journal.models import JournalEntry
from reglo.journal.queries import acts_of, journal_of
from reglo.journal.wording import sentence_of
from reglo.organisations.models import Organisation

PAGE = 50


class StoryKind(StrEnum):
    """What an event of the story is about."""

    AGREED = "agreed"
    BILLED = "billed"
    SENT = "sent"
    OPENED = "opened"
    SAID = "said"
    PROMISED = "promised"
    DISPUTED = "disputed"
    PAID = "paid"
    OTHER = "other"


_EXACTLY = {
    "quote-accepted": StoryKind.AGREED,
    "quote-refused": StoryKind.AGREED,
    "request-refused": StoryKind.AGREED,
    "quote-sent": StoryKind.SENT,
    "agreement-sent": StoryKind.SENT,
    "proposal-sent": StoryKind.SENT,
    "invoice-opened": StoryKind.OPENED,
    "quote-opened": StoryKind.OPENED,
    "agreement-opened": StoryKind.OPENED,
    "question-asked": StoryKind.SAID,
    "advance-used": StoryKind.PAID,
}
_BY_BEGINNING = (
    ("promise-", StoryKind.PROMISED),
    ("dispute-", StoryKind.DISPUTED),
    ("payment-", StoryKind.PAID),
    ("refund-", StoryKind.PAID),
    ("penalty-", StoryKind.PAID),
    ("penalties-", StoryKind.PAID),
    ("agreement-", StoryKind.AGREED),
    ("proposal-", StoryKind.AGREED),
    ("plan-", StoryKind.AGREED),
    ("message-", StoryKind.SENT),
    ("step-", StoryKind.SENT),
    ("reminder-", StoryKind.SENT),
    ("letter-", StoryKind.SENT),
    ("invoice-", StoryKind.BILLED),
    ("draft-", StoryKind.BILLED),
    ("quote-", StoryKind.BILLED),
    ("recurrence-", StoryKind.BILLED),
)
#: The notes themselves stand in the time line, at the time when it happened; a message when it left.
_LEFT_OUT = ("note-written", "call-logged", "email-filed", "note-deleted", "note-restored", "message-queued")
_WORDS = ("text", "remark", "reason", "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of the time line."""

    at: datetime
    kind: StoryKind
    sentence: Text
    words: str = ""  #: what was said
    amount_minor: int | None = None
    currency: str = "EUR"
    subject_type: str = ""  #: model name of what it is about
    subject_id: int = 0
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the story begins: behind an entry of the journal and behind a note."""

    sequence: int | None = None
    note_at: datetime | None = None
    note_id: int = 0

    def __str__(self) -> str:
        note = f"{self.note_at.isoformat()}_{self.note_id}" if self.note_at else ""
        return f"{self.sequence or ''}.{note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A page of the story and where the next one begins; None at the end."""

    events: tuple[Event, ...]
    next: Place | None = field(default=None)


def kind_of(act: str) -> StoryKind:
    """What an act of the journal is about."""
    if act in _EXACTLY:
        return _EXACTLY[act]
    return next((kind for beginning, kind in _BY_BEGINNING if act.startswith(beginning)), StoryKind.OTHER)


def bad_place_as_none(text: str) -> Place:
    """A place from an address; the beginning for what is none."""
    sequence, _, note = text.partition(".")
    at, _, number = note.partition("_")
    try:
        return Place(
            sequence=int(sequence[:18]) if sequence else None,
            note_at=_aware(at) if at else None,
            note_id=int(number[:18]) if number else 0,
        )
    except ValueError:
        return Place()


def story_page(
    organisation: Organisation, customers: Collection[int], *, kind: StoryKind | None = None, after: Place | None = None
) -> StoryPage:
    """A page of what happened with a customer; three statements, however long the story is."""
    place = after or Place()
    entries = list(_entries(organisation, customers, kind, place)[: PAGE + 1])
    notes = list(_notes(organisation, customers, place)[: PAGE + 1]) if kind in (None, StoryKind.SAID) else []
    merged = list(_merged(entries, notes))
    shown = merged[:PAGE]
    return StoryPage(
        events=tuple(_told(each) if isinstance(each, JournalEntry) else _noted(each) for each in shown),
        next=_behind(shown, place) if len(merged) > PAGE else None,
    )


def _entries(
    organisation: Organisation, customers: Collection[int], kind: StoryKind | None, place: Place
) -> QuerySet[JournalEntry]:
    rows = journal_of(organisation.pk).filter(customer_id__in=customers).exclude(act__in=_LEFT_OUT)
    if kind is not None:
        rows = rows.filter(act__in=[act for act in acts_of(organisation.pk) if kind_of(act) is kind])
    return rows.filter(sequence__lt=place.sequence) if place.sequence else rows


def _notes(organisation: Organisation, customers: Collection[int], place: Place) -> QuerySet[Note]:
    rows = Note.objects.of(organisation).filter(customer__in=customers, deleted_at=None).defer("original")
    if place.note_at is not None:
        before = Q(happened_at__lt=place.note_at) | Q(happened_at=place.note_at, pk__lt=place.note_id)
        rows = rows.filter(before)
    return rows.select_related("written_by").order_by("-happened_at", "-pk")


def _merged(entries: Sequence[JournalEntry], notes: Sequence[Note]) -> Iterator[JournalEntry | Note]:
    """Both in one order, the newest first; each keeps its own."""
    left, right = list(reversed(entries)), list(reversed(notes))
    while left or right:
        if not right or (left and left[-1].at >= right[-1].happened_at):
            yield left.pop()
        else:
            yield right.pop()


def _behind(shown: Iterable[JournalEntry | Note], place: Place) -> Place:
    for each in shown:
        if isinstance(each, JournalEntry):
            place = Place(each.sequence, place.note_at, place.note_id)
        else:
            place = Place(place.sequence, each.happened_at, each.pk)
    return place


def _told(entry: JournalEntry) -> Event:
    after = entry.after
    amount = after.get("amount_minor", after.get("gross_minor"))
    words = next((str(after[key]) for key in _WORDS if after.get(key)), "")
    return Event(
        at=entry.at,
        kind=kind_of(entry.act),
        sentence=sentence_of(entry),
        words="" if words == entry.subject_label or words in entry.subject_label else words,
        amount_minor=amount if isinstance(amount, int) else None,
        currency=str(after.get("currency") or "EUR"),
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
    )


def _noted(note: Note) -> Event:
    who = str(note.written_by) if note.written_by else ""
    other = note.with_whom
    sentences = {
        NoteKind.NOTE: Text(fr=f"Note de {who}", en=f"Note by {who}"),
        NoteKind.CALL: Text(fr=f"Appel de {who}", en=f"Call by {who}"),
        NoteKind.EMAIL: Text(fr=f"E-mail de {other or '?'}", en=f"E-mail from {other or '?'}"),
    }
    sentence = sentences[NoteKind(note.kind)]
    if note.kind == NoteKind.CALL and other:
        sentence = Text(fr=f"{sentence.fr} avec {other}", en=f"{sentence.en} with {other}")
    return Event(at=note.happened_at, kind=StoryKind.SAID, sentence=sentence, words=note.text, note=note)


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
