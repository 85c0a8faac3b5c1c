"""`reglo convert`: documents of any format that Réglo reads into one that it writes, a whole batch on all cores."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from reglo.cli.commands import command, option
from reglo.cli.conversion import TARGETS, Job, Outcome, Wish, unread_in
from reglo.cli.documents import count_documents, read_bytes, read_defaults, read_documents
from reglo.cli.errors import ACCEPTED, FATAL, UNREADABLE
from reglo.cli.figures import counted
from reglo.cli.language import colon, language, say
from reglo.cli.options import FILE, seller_option
from reglo.cli.output import complain, print_line
from reglo.cli.outputs import Names
from reglo.core.document import Invoice, Party
from reglo.core.errors import DomainError, UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.profiles import Profile

_PROFILES = {
    "basic": Profile.BASIC,
    "en16931": Profile.EN16931,
    "extended": Profile.EXTENDED,
    "extended-ctc-fr": Profile.EXTENDED_CTC_FR,
}
_WRITTEN = (Text(fr="facture écrite", en="invoice written"), Text(fr="factures écrites", en="invoices written"))
_FAILED = (Text(fr="en échec", en="failed"), Text(fr="en échec", en="failed"))
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@command(
    "convert",
    text=Text(
        fr="Convertir des factures : Factur-X, CII, UBL, PDF ou JSON. Une facture qui a une anomalie bloquante "
        "n'est pas écrite.\n"
        "État de sortie : 0 tout est écrit, 1 des factures sont refusées, 2 certaines sont illisibles.",
        en="Convert invoices: Factur-X, CII, UBL, PDF or JSON. An invoice with a fatal finding is not written.\n"
        "Exit status: 0 all are written, 1 some are refused, 2 some cannot be read.",
    ),
    examples=(
        "reglo convert facture.toml --to facturx -o out",
        "reglo convert factures.csv --to facturx --seller vendeur.toml -o out",
        "reglo convert facture.pdf --to ubl -o out",
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@option("--to", "target", type=click.Choice(tuple(TARGETS)), required=True, text=Text(fr="Format.", en="Format."))
@option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="DIR",
    text=Text(
        fr="Dossier des fichiers écrits ; ceux de même nom sont remplacés.",
        en="Folder of the files written; those of the same name are replaced.",
    ),
)
@seller_option
@option(
    "--profile",
    type=click.Choice(tuple(_PROFILES)),
    text=Text(fr="Profil (BT-24), sinon celui du document.", en="Profile (BT-24), else that of the document."),
)
@option(
    "--logo", metavar="FILE", text=Text(fr="Logo du vendeur, PNG, JPEG ou SVG.", en="Seller's logo, PNG, JPEG or SVG.")
)
@option("--accent", metavar="#RRGGBB", text=Text(fr="Couleur de la page.", en="Colour of the page."))
@option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    text=Text(fr="Processus, sinon un par cœur.", en="Processes, else one a core."),
)
def convert(
    files: tuple[str, ...],
    target: str,
    folder: Path,
    seller: str | None,
    profile: str | None,
    logo: str | None,
    accent: str | None,
    jobs: int | None,
) -> int:
    """Convert every document of the files and say at the end what failed."""
    from reglo.cli.workers import convert_jobs  # only to convert: the help of every command loads this module

    wish = Wish(
        target=target,
        profile=_PROFILES[profile] if profile is not None else None,
        language=language(),
        logo=_logo(logo, target) if logo is not None else None,
        accent=_colour(accent),
    )
    defaults = read_defaults(seller)
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(folder, TARGETS[target])
    outcomes = convert_jobs(run.jobs(files, defaults), wish, processes=jobs or _cores())
    with _progress(files, defaults) as advance:
        for outcome in outcomes:
            run.note(outcome)
            advance()
    return run.conclude()


def _logo(path: str, target: str) -> bytes:
    """The logo, tried once before any page is made with it. Raises UnreadableDocument with its name."""
    try:
        logo = read_bytes(path)
        if target in ("facturx", "pdf"):
            from reglo.formats.pdf.logo import prepared_logo

            prepared_logo(logo)
    except DomainError as error:
        raise UnreadableDocument(Text(fr=f"{path} : {error.message.fr}", en=f"{path}: {error.message.en}")) from error
    return logo


def _colour(accent: str | None) -> str | None:
    if accent is not None and not _COLOUR.fullmatch(accent):
        raise click.UsageError(
            say(
                Text(
                    fr=f"« {accent} » n'est pas une couleur : écrivez par exemple #1a5fb4.",
                    en=f'"{accent}" is not a colour: write #1a5fb4, say.',
                )
            )
        )
    return accent


def _cores() -> int:
    """Cores that this process may use, where the system says."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _progress(files: Iterable[str], defaults: Mapping[str, object]) -> Iterator[Callable[[], None]]:
    """A bar on stderr, where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    total = sum(count_documents(path, defaults) for path in files)
    with click.progressbar(length=total, file=sys.stderr, label=say(Text(fr="Factures", en="Invoices"))) as bar:
        yield lambda: bar.update(1)


class _Run:
    """What a run has made and what failed in it."""

    def __init__(self, folder: Path, ending: str) -> None:
        self._folder = folder
        self._ending = ending
        self._names = Names()
        self._seen: set[tuple[str | None, str]] = set()
        self._written = 0
        self._last: Path | None = None
        self._failures: list[str] = []
        self._status = ACCEPTED

    def jobs(self, files: Iterable[str], defaults: Mapping[str, object]) -> Iterator[Job]:
        """A job for each document that can be read; the others are noted as failures."""
        for path in files:
            for document in read_documents(path, defaults):
                if document.reading is None:
                    self._fail(document.name, say(document.error.message) if document.error else "", UNREADABLE)
                    continue
                invoice = document.reading.invoice
                if self._is_repeated(invoice):
                    self._fail(document.name, say(_repeated(invoice.number)), FATAL)
                    continue
                name = self._names.name_for(invoice.number or Path(path).stem)
                path_of_file = self._folder / f"{name}{self._ending}"
                unread = unread_in(document.reading)
                yield Job(name=document.name, invoice=invoice, path=path_of_file, unread=unread, origin=document.origin)

    def _is_repeated(self, invoice: Invoice) -> bool:
        """Whether the same seller already gave this number in this run; that of another may be the same."""
        if invoice.number is None:
            return False
        key = (_identity(invoice.seller), invoice.number)
        repeated = key in self._seen
        self._seen.add(key)
        return repeated

    def note(self, outcome: Outcome) -> None:
        """Count an outcome."""
        if outcome.path is None:
            self._fail(outcome.name, "\n".join(say(reason) for reason in outcome.reasons), outcome.status)
            return
        self._written += 1
        self._last = outcome.path
        for remark in outcome.remarks:
            complain(f"{outcome.name}: {say(remark)}")

    def _fail(self, name: str, reasons: str, status: int) -> None:
        self._failures.append("\n".join(f"{name}: {reason}" for reason in reasons.splitlines()))
        self._status = max(self._status, status)

    def conclude(self) -> int:
        """Say what was written and what failed; the exit status."""
        for failure in self._failures:
            complain(failure)
        place = str(self._last) if self._written == 1 else str(self._folder)
        made = counted(self._written, *_WRITTEN)
        failed = f" · {counted(len(self._failures), *_FAILED)}" if self._failures else ""
        print_line(f"{made}{colon()}{place}{failed}")
        return self._status


def _identity(seller: Party | None) -> str | None:
    if seller is None:
        return None
    registration = seller.legal_registration.value if seller.legal_registration is not None else None
    return registration or seller.vat_identifier or seller.name


def _repeated(number: str | None) -> Text:
    return Text(
        fr=f"le numéro « {number} » du même vendeur est déjà celui d'une facture de ce lot.",
        en=f'the number "{number}" of the same seller is already that of an invoice of this batch.',
    )
