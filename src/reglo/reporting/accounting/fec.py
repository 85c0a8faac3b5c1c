"""The FEC of a period, from the ledger: written, read back, compared, checked; only then is it handed over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.utils.translation import override

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import from_minor
from reglo.formats.fec import FecLayout, FecRow, describe_fec, fec_name, write_fec
from reglo.ledger.words import JOURNALS
from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import HOME, Extent, foreign_counts, sums_of
from reglo.reporting.accounting.labels import account_labels
from reglo.reporting.accounting.letters import Letters, letters_of
from reglo.reporting.accounting.lines import AT_ONCE, BookLine, book_lines
from reglo.rules.fec import FecReport, check_fec

Progress = Callable[[int, int], None]
"""Told how many lines are done of how many."""

_LAYOUT = FecLayout()
_FEWEST_DIGITS = 3  #: of an account in a FEC (VII 1°, 5); a shorter one is filled with zeros, as charts do


class NoFec(DomainError):
    """There is nothing to write, or it cannot be written truly."""

    code = "no-fec"
    is_lasting = True


class WrittenWrongly(Exception):
    """The file does not say what the ledger says: a fault of ours, so nobody gets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFec:
    """A FEC that was written and read back."""

    name: str
    report: FecReport
    left_out: Mapping[str, int]  #: entries in other currencies, by currency


def write_ledger_fec(
    extent: Extent,
    stream: BinaryIO,
    *,
    counted_from: date | None = None,
    leaves_out_foreign: bool = False,
    progress: Progress | None = None,
) -> MadeFec:
    """Write the FEC of an extent to a file that can be read again, and check it.

    counted_from: first day of the fiscal year, where the extent begins later: entries are numbered from there.
    leaves_out_foreign: write the entries in euros alone. Raises NoFec: no SIREN, no entry, or entries in other
    currencies, of which nobody has said that they are to be left out.
    """
    foreign, sums = foreign_counts(extent), sums_of(extent)
    _require_possible(extent.organisation, sums.lines, {} if leaves_out_foreign else foreign)
    name = fec_name(extent.organisation.siren, extent.end)
    rows = _rows(extent, counted_from or extent.start)
    if progress is not None:
        rows = _told(rows, sums.lines, progress)
    write_fec(rows, stream, layout=_LAYOUT)
    stream.seek(0)
    report = check_fec(stream, name=name, siren=extent.organisation.siren, closing=extent.end)
    told = (report.summary.lines, report.summary.debit, report.summary.credit)
    if told != (sums.lines, from_minor(sums.debit_minor, HOME), from_minor(sums.credit_minor, HOME)):
        raise WrittenWrongly(f"{name} says {told}, and the ledger says {sums}")
    return MadeFec(name=name, report=report, left_out=foreign)


def description_of(name: str) -> str:
    """The note that goes with a FEC of Réglo (A47 A-1 XI)."""
    return describe_fec(name, _LAYOUT, _journals())


def _require_possible(organisation: Organisation, lines: int, foreign: Mapping[str, int]) -> None:
    if not organisation.siren:
        raise NoFec(
            Text(
                fr="Le nom du FEC commence par votre SIREN, qui n'est pas renseigné\N{NO-BREAK SPACE}: "
                "complétez-le dans Paramètres, Identité.",
                en="The name of a FEC begins with your SIREN, which is not filled in: add it in Settings, Identity.",
            ),
            field="siren",
        )
    if foreign:
        told = ", ".join(f"{count} {currency}" for currency, count in foreign.items())
        raise NoFec(
            Text(
                fr=f"Un FEC est en euros, et des écritures sont dans une autre devise ({told}). Réglo ne connaît pas "
                "leur cours et n'en invente pas. Laissez-les de côté si votre comptable les enregistre en euros.",
                en=f"A FEC is in euros, and some entries are in another currency ({told}). Réglo does not know their "
                "rate and makes none up. Leave them out if your accountant books them in euros.",
            ),
            field="leaves_out_foreign",
        )
    if not lines:
        raise NoFec(
            Text(
                fr="Il n'y a aucune écriture en euros sur cette période\N{NO-BREAK SPACE}: "
                "il n'y a pas de FEC à produire.",
                en="There is no entry in euros in this period: there is no FEC to make.",
            ),
            field="start",
        )


def _told(rows: Iterator[FecRow], total: int, progress: Progress) -> Iterator[FecRow]:
    """The rows, while somebody is told how far they have come."""
    for done, row in enumerate(rows):
        if not done % AT_ONCE:
            progress(done, total)
        yield row


def _rows(extent: Extent, counted_from: date) -> Iterator[FecRow]:
    """The rows of the FEC. Entries are numbered in the order of posting, which no later one changes."""
    labels, journals = account_labels(extent.organisation), _journals()
    zone = ZoneInfo(extent.organisation.time_zone)
    for lines in _blocks(extent, counted_from):
        allocated = letters_of([line for _, line in lines], extent)
        for number, line in lines:
            yield _row(number, line, labels, journals, zone, allocated.get(line.id))


def _blocks(extent: Extent, counted_from: date) -> Iterator[list[tuple[int, BookLine]]]:
    """The lines in euros with the number of their entry: from 1, without a gap (VII 1°, 3)."""
    number, entry_id = 0, 0
    for lines in book_lines(replace(extent, start=counted_from), currency=HOME):
        numbered = []
        for line in lines:
            if line.entry_id != entry_id:
                number, entry_id = number + 1, line.entry_id
            if line.day >= extent.start:
                numbered.append((number, line))
        yield numbered


def _row(
    number: int,
    line: BookLine,
    labels: Mapping[str, str],
    journals: Mapping[str, str],
    zone: ZoneInfo,
    allocated: Letters | None,
) -> FecRow:
    code, on = allocated or ("", None)
    return FecRow(
        journal=line.journal,
        journal_label=journals[line.journal],
        number=str(number),
        booked_on=line.day,
        account=line.account.ljust(_FEWEST_DIGITS, "0"),
        account_label=labels.get(line.account, line.account),
        auxiliary=line.auxiliary,
        auxiliary_label=line.customer_name or "",
        reference=line.piece,
        reference_date=line.reference_date,
        label=line.label or line.piece,
        debit=from_minor(line.debit_minor, HOME),
        credit=from_minor(line.credit_minor, HOME),
        allocation=code,
        allocated_on=on,
        # An entry is written once for all: it is validated by being posted.
        validated_on=line.posted_at.astimezone(zone).date(),
    )


def _journals() -> Mapping[str, str]:
    """The names of the journals in French, in which books are kept (C. com. L123-22)."""
    with override("fr"):
        return {code: str(label) for code, label in JOURNALS.items()}
