"""Making the archive of a period: everything is streamed from the database into the ZIP, then verified."""

from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from reglo.billing.models import FileKind, Invoice
from reglo.billing.services.files import make_files
from reglo.core.errors import DomainError
from reglo.core.findings import Severity, Text
from reglo.customers.models import Customer
from reglo.customers.table.export import headers, rows_of
from reglo.ledger.models import Entry
from reglo.lists.files import csv_lines
from reglo.reporting.accounting.extent import HOME, Extent, foreign_counts
from reglo.reporting.accounting.fec import MadeFec, Progress, WrittenWrongly, description_of, write_ledger_fec
from reglo.reporting.accounting.table import entries_csv
from reglo.reporting.accounting.years import years_between
from reglo.reporting.archive.layout import (
    CUSTOMERS,
    ENTRIES,
    FECS,
    JOURNAL,
    MANIFEST,
    SEALS,
    SUMS,
    Manifest,
    base_name,
)
from reglo.reporting.archive.links import Stretch, journal_lines, seal_lines
from reglo.reporting.archive.readme import readmes
from reglo.reporting.archive.verify import verify_archive
from reglo.reporting.archive.writing import ArchiveWriter, chunks_of

_AT_ONCE = 500
_DOCUMENTS_AT_ONCE = 20  #: each with its PDF


class FecRefused(DomainError):
    """Our own checker does not pass the FEC that belongs into the archive."""

    code = "fec-refused"
    is_lasting = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeArchive:
    """An archive that was written, and verified."""

    name: str
    sha256: str
    files: int
    documents: int
    entries: int


@dataclass(slots=True)
class _Making:
    """An archive in the making."""

    extent: Extent
    archive: ArchiveWriter
    progress: Progress | None
    seals: Stretch = field(default_factory=Stretch)
    journal: Stretch = field(default_factory=Stretch)
    documents: int = 0


def write_archive(extent: Extent, file: IO[bytes], *, progress: Progress | None = None) -> MadeArchive:
    """Write the archive of an extent to a file that can be read again, and verify it.

    Raises NoFec (no SIREN), FecRefused, TooManyFiles.
    """
    with ArchiveWriter(file, extent.end) as archive:
        made = _written(_Making(extent, archive, progress))
    _require_good(file)
    return made


def _written(making: _Making) -> MadeArchive:
    extent = making.extent
    with override(extent.organisation.language):
        for add in (_add_readmes, _add_documents, _add_fecs, _add_tables, _add_chains):
            add(making)
    entries, customers = _entries(extent).count(), _customers(extent).count()
    sums = "".join(f"{each.sha256}  {each.name}\n" for each in making.archive.files)
    making.archive.add(SUMS, [sums.encode()])
    counts = {"documents": making.documents, "entries": entries, "customers": customers}
    making.archive.add(MANIFEST, [_manifest(making, counts).to_json()])
    sha256 = making.archive.close()
    return MadeArchive(
        name=_name(extent),
        sha256=sha256,
        files=len(making.archive.files),
        documents=making.documents,
        entries=entries,
    )


def _name(extent: Extent) -> str:
    owner = extent.organisation.siren or extent.organisation.slug
    return f"archive-{owner}-{extent.start:%Y%m%d}-{extent.end:%Y%m%d}.zip"


def _manifest(making: _Making, counts: dict[str, int]) -> Manifest:
    extent = making.extent
    return Manifest(
        organisation=extent.organisation.name,
        siren=extent.organisation.siren,
        start=extent.start,
        end=extent.end,
        counts=counts,
        left_out=foreign_counts(extent),
        seals=making.seals.fact,
        journal=making.journal.fact,
        files=making.archive.files,
    )


def _require_good(file: IO[bytes]) -> None:
    for check in verify_archive(file):
        if check.reason is not None:
            raise WrittenWrongly(f"{check.what.en}: {check.reason.en}")


def _add_readmes(making: _Making) -> None:
    extent = making.extent
    texts = readmes(
        organisation=extent.organisation.name,
        siren=extent.organisation.siren,
        start=extent.start,
        end=extent.end,
        left_out=foreign_counts(extent),
    )
    for name, text in texts.items():
        making.archive.add(name, [text.encode()])


def _add_documents(making: _Making) -> None:
    """Each document with its files; those that are not made yet, since issuing was cut short, are made now."""
    rows = _documents(making.extent)
    for pk in rows.filter(files=None).values_list("pk", flat=True):
        make_files(invoice_id=pk, now=timezone.now())
    total = rows.count()
    for invoice in rows.prefetch_related("files").iterator(chunk_size=_DOCUMENTS_AT_ONCE):
        base = base_name(invoice.number, invoice.pk)
        making.archive.add(f"{base}.json", [bytes(invoice.document)])
        for kept in sorted(invoice.files.all(), key=lambda each: each.kind):
            is_packed = kept.kind == FileKind.PDF
            making.archive.add(f"{base}.{kept.kind}", [bytes(kept.content)], is_packed=is_packed)
        making.documents += 1
        if making.progress is not None and not making.documents % _DOCUMENTS_AT_ONCE:
            making.progress(making.documents, total)


def _documents(extent: Extent) -> QuerySet[Invoice]:
    rows = Invoice.objects.of(extent.organisation).filter(issue_date__range=(extent.start, extent.end))
    return rows.order_by("issue_date", "pk")


def _add_fecs(making: _Making) -> None:
    """One for each fiscal year that the period touches, as far as it does: a FEC never holds two."""
    whole = making.extent
    for year in years_between(whole.organisation, whole.start, whole.end):
        start, end = max(year.start, whole.start), min(year.end, whole.end)
        part = replace(whole, start=start, end=end)
        if not part.lines.filter(currency=HOME).exists():
            continue
        with TemporaryFile() as file:
            made = write_ledger_fec(part, file, counted_from=year.start, leaves_out_foreign=True)
            _require_accepted(made)
            making.archive.add(f"{FECS}{made.name}", chunks_of(file), is_large=True)
        note = f"{FECS}{made.name.removesuffix('.txt')}-description.txt"
        making.archive.add(note, [description_of(made.name).encode()])


def _require_accepted(made: MadeFec) -> None:
    if not made.report.is_accepted:
        name = made.name
        rules = ", ".join(each.rule.identifier for each in made.report.breaches if each.rule.severity is Severity.FATAL)
        raise FecRefused(
            Text(
                fr=f"Le FEC {name} enfreint {rules}\N{NO-BREAK SPACE}: demandez d'abord le FEC de cette période, "
                "sa page dit quoi corriger.",
                en=f"The FEC {name} breaks {rules}: ask for the FEC of this period first, its page says what to mend.",
            ),
            field="start",
        )


def _add_tables(making: _Making) -> None:
    language = making.extent.organisation.language
    making.archive.add(ENTRIES, entries_csv(making.extent, language), is_large=True)
    customers = _customers(making.extent).prefetch_related("contacts", "addresses").iterator(chunk_size=_AT_ONCE)
    table = csv_lines(headers(language), rows_of(customers, language), language=language)
    making.archive.add(CUSTOMERS, table, is_large=True)


def _customers(extent: Extent) -> QuerySet[Customer]:
    return Customer.objects.of(extent.organisation).order_by("pk")


def _entries(extent: Extent) -> QuerySet[Entry]:
    rows = Entry.objects.of(extent.organisation).filter(date__range=(extent.start, extent.end))
    return rows.filter(sequence__lte=extent.last_sequence)


def _add_chains(making: _Making) -> None:
    making.archive.add(SEALS, seal_lines(making.extent, making.seals), is_large=True)
    making.archive.add(JOURNAL, journal_lines(making.extent, making.journal), is_large=True)
