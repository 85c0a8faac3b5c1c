"""Walking the seals of an organisation: is every issued document there, whole, and in its place?

    broken = first_break(organisation)

Documents, files, hashes, links, numbers and the end of the chain are worked out again. It streams: memory does not grow
with the number of invoices. Who changes a document and works out every hash anew is found by a copy of the last hash
kept elsewhere (a backup, the journal's own entries hold each document's).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max

from reglo.billing.models import Invoice, InvoiceFile, NumberSeries, PageLook, Seal, SealChain, SealKind
from reglo.billing.protection import missing_triggers
from reglo.billing.queries.issued import document_of
from reglo.billing.seals import files_digest, look_digest, seal_hash, sha256
from reglo.core.document import Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import minor_amount
from reglo.organisations.models import Organisation

__all__ = ["Break", "first_break", "missing_triggers"]

_AT_ONCE = 200  #: rows read together; each carries a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first thing that is not as it was sealed."""

    reason: Text
    number: str = ""  #: of the invoice, where it is about one
    sequence: int = 0  #: place in the chain


def first_break(organisation: Organisation) -> Break | None:
    """The first break of an organisation's chain, or None."""
    broken = _in_the_chain(organisation) or _in_the_numbers(organisation)
    return broken or next(_unsealed(organisation), None)


def _in_the_chain(organisation: Organisation) -> Break | None:
    sequence, previous = 0, ""
    seals = Seal.objects.of(organisation).select_related("invoice").order_by("sequence")
    for seal in seals.iterator(chunk_size=_AT_ONCE):
        sequence += 1
        reason = _wrong_with(seal, sequence, previous)
        if reason is not None:
            return Break(reason=reason, number=seal.invoice.number, sequence=sequence)
        previous = seal.hash
    return _at_the_end(organisation, sequence, previous)


def _wrong_with(seal: Seal, sequence: int, previous: str) -> Text | None:
    """What is wrong with a seal, at the place where `sequence` and the hash `previous` are expected."""
    number = seal.invoice.number
    if seal.sequence != sequence:
        return Text(
            fr=f"Le scellé {sequence} manque, avant celui de la facture {number}.",
            en=f"Seal {sequence} is missing, before that of the invoice {number}.",
        )
    if seal.previous != previous or seal_hash(seal, number) != seal.hash:
        return Text(
            fr=f"Le scellé {sequence} de la facture {number} a été modifié.",
            en=f"Seal {sequence} of the invoice {number} was changed.",
        )
    if seal.kind == SealKind.DOCUMENT:
        return _wrong_with_document(seal)
    return _wrong_with_files(seal)


def _wrong_with_document(seal: Seal) -> Text | None:
    invoice = seal.invoice
    if sha256(_stored(invoice.document)) != seal.digest or invoice.document_sha256 != seal.digest:
        return Text(
            fr=f"Le document de la facture {invoice.number} a été modifié.",
            en=f"The document of the invoice {invoice.number} was changed.",
        )
    changed = _columns_unlike_document(invoice)
    if changed:
        return Text(
            fr=f"La ligne de la facture {invoice.number} ne dit plus ce que dit son document\N{NO-BREAK SPACE}: "
            f"{', '.join(changed)}.",
            en=f"The row of the invoice {invoice.number} no longer says what its document says: {', '.join(changed)}.",
        )
    return None


def _columns_unlike_document(invoice: Invoice) -> list[str]:
    """The columns that say something else than the document that they were taken from."""
    try:
        document = document_of(invoice)
    except DomainError:
        return ["document"]
    totals, currency = document.totals or Totals(), document.currency or "EUR"
    said = {
        "number": document.number,
        "kind": document.type_code,
        "issue_date": document.issue_date,
        "due_date": document.due_date,
        "currency": currency,
        "customer_name": document.buyer.name if document.buyer else None,
        "net_minor": minor_amount(totals.net, currency),
        "vat_minor": minor_amount(totals.vat, currency),
        "gross_minor": minor_amount(totals.gross, currency),
        "due_minor": minor_amount(totals.due, currency),
    }
    return [name for name, value in said.items() if getattr(invoice, name) != value]


def _wrong_with_files(seal: Seal) -> Text | None:
    number = seal.invoice.number
    hashes = {}
    for file in InvoiceFile.objects.filter(invoice_id=seal.invoice_id).order_by("kind"):
        hashes[str(file.kind)] = sha256(_stored(file.content))
        if hashes[str(file.kind)] != file.sha256:
            return Text(
                fr=f"Le fichier {file.kind} de la facture {number} a été modifié.",
                en=f"The {file.kind} file of the invoice {number} was changed.",
            )
    if len(hashes) < len(InvoiceFile.kind.field.choices or ()):
        return Text(fr=f"Un fichier de la facture {number} manque.", en=f"A file of the invoice {number} is missing.")
    if files_digest(hashes) != seal.digest:
        return Text(
            fr=f"Les fichiers de la facture {number} ont été modifiés.",
            en=f"The files of the invoice {number} were changed.",
        )
    return None


def _stored(content: bytes | memoryview | str) -> bytes:
    """What a column of bytes holds: SQLite keeps text there too, if somebody forces it in."""
    return content.encode() if isinstance(content, str) else bytes(content)


def _at_the_end(organisation: Organisation, sequence: int, last_hash: str) -> Break | None:
    """Whether the last seals were taken away: the chain remembers how far it went."""
    chain = SealChain.objects.filter(organisation=organisation).first()
    told = (0, "") if chain is None else (chain.sequence, chain.hash)
    if told == (sequence, last_hash):
        return None
    return Break(
        sequence=sequence + 1,
        reason=Text(
            fr=f"La chaîne s'arrête au scellé {sequence}, et devrait finir au scellé {told[0]}.",
            en=f"The chain stops at seal {sequence}, and should end at seal {told[0]}.",
        ),
    )


def _in_the_numbers(organisation: Organisation) -> Break | None:
    """Numbers of each series without a gap and in the order of dates, and not beyond what the series gave."""
    rows = Invoice.objects.of(organisation).order_by("series_id", "sequence_year", "sequence")
    columns = rows.values_list("series_id", "sequence_year", "sequence", "issue_date", "number")
    for _, group in groupby(columns.iterator(chunk_size=2000), key=lambda row: row[:2]):
        last, day = None, None
        for _, _, sequence, issued, number in group:
            if last is not None and sequence != last + 1:
                return Break(
                    number=number,
                    reason=Text(fr=f"Il manque un numéro avant {number}.", en=f"A number is missing before {number}."),
                )
            if day is not None and issued < day:
                return Break(
                    number=number,
                    reason=Text(
                        fr=f"La facture {number} est datée d'avant celle qui la précède.",
                        en=f"The invoice {number} is dated before the one that precedes it.",
                    ),
                )
            last, day = sequence, issued
    return _in_the_series(organisation)


def _in_the_series(organisation: Organisation) -> Break | None:
    """Whether each series ends where its row says."""
    given = Invoice.objects.of(organisation).values("series_id", "sequence_year")
    last = {
        (row["series_id"], row["sequence_year"]): row["last"] for row in given.annotate(last=Max("sequence")).order_by()
    }
    for series in NumberSeries.objects.of(organisation).filter(is_for_quotes=False, last_date__isnull=False):
        if last.get((series.pk, series.year or 0)) != series.last_number:
            return Break(
                reason=Text(
                    fr=f"La série {series} a donné le numéro {series.last_number}, dont la facture manque.",
                    en=f"The series {series} gave the number {series.last_number}, whose invoice is missing.",
                )
            )
    return None


def _unsealed(organisation: Organisation) -> Iterator[Break]:
    """Invoices that no seal speaks of, and looks that are no longer what they were."""
    sealed = Seal.objects.filter(kind=SealKind.DOCUMENT).values("invoice_id")
    for number in Invoice.objects.of(organisation).exclude(pk__in=sealed).values_list("number", flat=True)[:1]:
        yield Break(
            number=number,
            reason=Text(fr=f"La facture {number} n'a pas de scellé.", en=f"The invoice {number} has no seal."),
        )
    for look in PageLook.objects.of(organisation).iterator(chunk_size=20):
        if look_digest(bytes(look.logo) if look.logo else None, look.accent) != look.sha256:
            yield Break(
                reason=Text(
                    fr="Le logo ou la couleur des factures émises a été modifié.",
                    en="The logo or the colour of issued invoices was changed.",
                )
            )
