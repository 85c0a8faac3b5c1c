"""Reading what was made for others, and what a page says before anything is made."""

from datetime import date

from django.db.models import QuerySet

from reglo.billing.models import Invoice
from reglo.ledger.models import Entry
from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import HOME
from reglo.reporting.models import HandedFile, HandedKind

_SHOWN_FILES = 20
_FEW_ENTRIES = 4_000  #: a second or so
_FEW_DOCUMENTS = 100


def handed_files(organisation: Organisation, kind: HandedKind) -> QuerySet[HandedFile]:
    """The files of a kind that were asked for, the newest first."""
    return HandedFile.objects.of(organisation).filter(kind=kind).order_by("-asked_at", "-pk")[:_SHOWN_FILES]


def foreign_entries_of(organisation: Organisation) -> QuerySet[Entry]:
    """All entries in other currencies than the euro, the newest first."""
    return Entry.objects.of(organisation).exclude(currency=HOME).order_by("-date", "-pk")


def is_quickly_made(organisation: Organisation, kind: HandedKind, start: date, end: date) -> bool:
    """Whether a file is made in a moment, so that nobody need wait for a job."""
    entries = Entry.objects.of(organisation).filter(date__range=(start, end))
    if entries[_FEW_ENTRIES : _FEW_ENTRIES + 1].exists():
        return False
    documents = Invoice.objects.of(organisation).filter(issue_date__range=(start, end))
    return kind == HandedKind.FEC or not documents[_FEW_DOCUMENTS : _FEW_DOCUMENTS + 1].exists()
