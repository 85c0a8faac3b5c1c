"""Entries by what caused them, and what was allocated to what."""

from django.db.models import QuerySet

from reglo.ledger.models import Entry
from reglo.ledger.services.posting import Source
from reglo.organisations.models import Organisation


def entry_of(organisation: Organisation, source: Source) -> Entry | None:
    """The entry of a document, a payment, a refund…, itself; not those that followed from it."""
    return Entry.objects.of(organisation).filter(key=source.key).first()


def entries_of(organisation: Organisation, source: Source) -> QuerySet[Entry]:
    """All entries with a source, reversals included, in order."""
    return Entry.objects.of(organisation).filter(source_kind=source.kind, source_id=source.id).order_by("sequence")
