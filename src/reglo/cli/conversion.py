"""One invoice to one file: written, read back, checked, and only then put in place. Runs in worker processes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reglo.cli.errors import FATAL, UNREADABLE, unforeseen
from reglo.cli.outputs import write_whole
from reglo.core.document import Invoice
from reglo.core.errors import DomainError
from reglo.core.findings import Finding, Severity, Text
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.reading import Reading, Syntax

if TYPE_CHECKING:
    from reglo.formats.data.table.places import Origin
    from reglo.formats.pdf import Look

#: Targets and the ending of their files.
TARGETS = {"facturx": ".pdf", "cii": ".xml", "ubl": ".xml", "pdf": ".pdf", "json": ".json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What every document of a run is turned into."""

    target: str
    profile: Profile | None = None
    language: str = "fr"
    logo: bytes | None = None
    accent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One document to convert."""

    name: str  #: for messages
    invoice: Invoice
    path: Path
    unread: tuple[str, ...] = ()  #: places in the document that the invoice does not carry
    origin: "Origin | None" = None  #: the rows of a table that it was made of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job."""

    name: str
    path: Path | None = None  #: the file written
    reasons: tuple[Text, ...] = ()  #: why nothing was written
    status: int = FATAL  #: the exit status that those reasons give
    remarks: tuple[Text, ...] = ()  #: worth knowing, though the file is there


def convert_all(jobs: list[Job], wish: Wish) -> list[Outcome]:
    """Convert a few documents, one after the other; one that fails in a way nobody foresaw does not stop the rest."""
    outcomes = []
    for job in jobs:
        try:
            outcomes.append(convert_one(job, wish))
        except Exception as error:  # noqa: BLE001  # the outermost loop of a worker: recorded, and on with the next
            outcomes.append(Outcome(name=job.name, reasons=(unforeseen(error),), status=UNREADABLE))
    return outcomes


def convert_one(job: Job, wish: Wish) -> Outcome:
    """Convert a document, or say why not. A document with fatal findings is not written."""
    invoice = _claiming(job.invoice, wish)
    try:
        data = _WRITERS[wish.target](invoice, wish)
        made = _read_back(invoice, data, wish.target)
        reasons = _refusals(invoice, made, job.origin)
        if reasons:
            return Outcome(name=job.name, reasons=reasons)
        write_whole(job.path, data)
    except DomainError as error:
        return Outcome(name=job.name, reasons=(error.message,))
    except OSError as error:
        return Outcome(name=job.name, reasons=(_not_written(error),), status=UNREADABLE)
    return Outcome(name=job.name, path=job.path, remarks=(*_left_out(job.unread), *_losses(invoice, made.invoice)))


def _claiming(invoice: Invoice, wish: Wish) -> Invoice:
    """The invoice with the specification (BT-24) that its file will claim.

    What Factur-X calls EXTENDED is named EXTENDED-CTC-FR in UBL.
    """
    if wish.profile is not None:
        return replace(invoice, specification=wish.profile.value)
    if wish.target == "ubl" and profile_of(invoice.specification) is Profile.EXTENDED:
        return replace(invoice, specification=Profile.EXTENDED_CTC_FR.value)
    return invoice


def _refusals(invoice: Invoice, made: Reading, origin: "Origin | None") -> tuple[Text, ...]:
    """Why the file would be refused, placed in what the user has: the file itself is never written."""
    fatal = _fatal_findings(made)
    if not fatal or made.syntax is Syntax.DATA:
        return tuple(_sentence(each, place_of(each.where, origin)) for each in fatal)
    of_invoice = _fatal_findings(Reading(invoice=invoice, syntax=Syntax.DATA))
    told = {each.rule for each in of_invoice}
    return (
        *(_sentence(each, place_of(each.where, origin)) for each in of_invoice),
        *(_sentence(each, _unwritten(each.where)) for each in fatal if each.rule not in told),
    )


def _fatal_findings(reading: Reading) -> tuple[Finding, ...]:
    from reglo.rules.check import check_document

    return tuple(each for each in check_document(reading).findings if each.severity is Severity.FATAL)


def place_of(where: str | None, origin: "Origin | None") -> Text:
    """Where a finding on an invoice stands: row and column of a table, else the path of its field; "" is the whole."""
    if origin is not None:
        return origin.place(where or "")
    return Text(fr=where or "", en=where or "")


def _unwritten(where: str | None) -> Text:
    """The place of a finding that only this format has: no field of the invoice is wrong by itself."""
    if where is None:
        return Text(fr="", en="")
    return Text(fr=f"dans le fichier refusé, {where}", en=f"in the refused file, {where}")


def _sentence(finding: Finding, place: Text) -> Text:
    french, english = (f" ({each})" if each else "" for each in (place.fr, place.en))
    return Text(
        fr=f"{finding.rule}{french} : {finding.message.fr} → {finding.fix.fr}",
        en=f"{finding.rule}{english}: {finding.message.en} → {finding.fix.en}",
    )


def _not_written(error: OSError) -> Text:
    return Text(
        fr=f"le fichier ne s'écrit pas : {error.strerror}.", en=f"the file cannot be written: {error.strerror}."
    )


def _facturx(invoice: Invoice, wish: Wish) -> bytes:
    from reglo.formats.facturx import write_facturx

    return write_facturx(invoice, look=_look(wish), language=wish.language)


def _pdf(invoice: Invoice, wish: Wish) -> bytes:
    from reglo.formats.pdf import render_pdf

    return render_pdf(invoice, look=_look(wish), language=wish.language)


def _look(wish: Wish) -> "Look":
    from reglo.formats.pdf import Look

    return Look(logo=wish.logo) if wish.accent is None else Look(logo=wish.logo, accent=wish.accent)


def _cii(invoice: Invoice, wish: Wish) -> bytes:
    del wish
    from reglo.formats.cii import write_cii

    return write_cii(invoice)


def _ubl(invoice: Invoice, wish: Wish) -> bytes:
    del wish
    from reglo.formats.ubl import write_ubl

    return write_ubl(invoice)


def _json(invoice: Invoice, wish: Wish) -> bytes:
    del wish
    from reglo.formats.data import write_json

    return write_json(invoice)


_WRITERS: dict[str, Callable[[Invoice, Wish], bytes]] = {
    "facturx": _facturx,
    "pdf": _pdf,
    "cii": _cii,
    "ubl": _ubl,
    "json": _json,
}


def _read_back(invoice: Invoice, data: bytes, target: str) -> Reading:
    """What a reader of the file will see; a page for the eye alone says what the invoice says."""
    if target == "pdf":
        return Reading(invoice=invoice, syntax=Syntax.DATA)
    from reglo.formats.detect import read_document

    return read_document(data)


def unread_in(reading: Reading) -> tuple[str, ...]:
    """The places of a document that its invoice does not carry: no term is for them, or only the first counts."""
    return (*reading.unknown, *(each.where for each in reading.problems if each.kind == "repeated"))


def _left_out(unread: tuple[str, ...]) -> tuple[Text, ...]:
    """What the reading of the document did not carry into the invoice."""
    if not unread:
        return ()
    listed = _listed(unread)
    return (Text(fr=f"le modèle ne porte pas : {listed}", en=f"the model does not carry: {listed}"),)


def _listed(places: Sequence[str]) -> str:
    return ", ".join(places[:5]) + (" …" if len(places) > 5 else "")


def _losses(before: Invoice, after: Invoice) -> tuple[Text, ...]:
    """What the file does not carry of the invoice."""
    if before == after:
        return ()
    from reglo.formats.data.tree import lost_paths, to_tree

    lost = lost_paths(to_tree(before), to_tree(after))
    if not lost:
        return ()
    listed = _listed(lost)
    return (Text(fr=f"ce format ne porte pas : {listed}", en=f"this format does not carry: {listed}"),)
