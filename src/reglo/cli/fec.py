"""`reglo fec`: whether a *fichier des écritures comptables* is as the administration wants it, without a database."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from reglo.cli.commands import LazyGroup, command, option
from reglo.cli.documents import STDIN, unopened
from reglo.cli.errors import ACCEPTED, FATAL, UNREADABLE
from reglo.cli.figures import DAY, amount, counted, day
from reglo.cli.language import colon, language, say
from reglo.cli.options import FILE
from reglo.cli.output import complain, one_line, print_line, print_paragraph, styled, table
from reglo.core.errors import DomainError
from reglo.core.findings import Severity, Text

if TYPE_CHECKING:
    from reglo.rules.fec import Breach, Fault, FecReport, FecSummary

_MARKS = {Severity.FATAL: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFORMATION: ("i", "cyan")}
_SHOWN_PLACES = 5
_SHOWN_JOURNALS = 20
_WORTH_PROGRESS = 16 * 1024 * 1024  #: bytes; less is done before one wonders
_SEPARATORS = {"\t": Text(fr="tabulation", en="tab")}
_REGIMES = {
    "commercial": Text(fr="livres commerciaux", en="commercial books"),
    "liberal-commercial": Text(fr="BNC ou BA, livres commerciaux", en="BNC or BA, commercial books"),
    "agricultural-cash": Text(fr="BA, livres de trésorerie", en="BA, cash books"),
    "liberal-cash": Text(fr="BNC, livres de trésorerie", en="BNC, cash books"),
}
_ENTRIES = (Text(fr="écriture", en="entry"), Text(fr="écritures", en="entries"))
_LINES = (Text(fr="ligne", en="line"), Text(fr="lignes", en="lines"))
_ACCOUNTS = (Text(fr="compte", en="account"), Text(fr="comptes", en="accounts"))
_TIMES = (Text(fr="fois", en="time"), Text(fr="fois", en="times"))
_FATAL = (
    Text(fr="règle bloquante enfreinte", en="fatal rule broken"),
    Text(fr="règles bloquantes enfreintes", en="fatal rules broken"),
)
_HEADS = (
    Text(fr="Journal", en="Journal"),
    Text(fr="lignes", en="lines"),
    Text(fr="débit", en="debit"),
    Text(fr="crédit", en="credit"),
)
_REMARK = (Text(fr="remarque", en="remark"), Text(fr="remarques", en="remarks"))


@click.group(
    "fec",
    cls=LazyGroup,
    text=Text(
        fr="Vérifier et produire des fichiers des écritures comptables (FEC).",
        en="Check and write files of accounting entries (FEC).",
    ),
    examples=("reglo fec check 123456782FEC20261231.txt", "reglo fec write --organisation atelier --year 2026"),
    modules={"check": "reglo.cli.fec", "write": "reglo.cli.fec_write"},
)
def fec() -> None:
    """The group of commands about FECs."""


@command(
    "check",
    text=Text(
        fr="Vérifier un fichier des écritures comptables (LPF A47 A-1), de n'importe quel logiciel.\n"
        "Nom, champs, dates, montants, comptes, équilibre, numéros, lettrage ; chaque anomalie avec sa ligne. "
        "État de sortie : 0 accepté, 1 règle bloquante enfreinte, 2 illisible ou mauvais appel.",
        en="Check a file of accounting entries (LPF A47 A-1), of whatever software.\n"
        "Name, columns, dates, amounts, accounts, balance, numbers, allocation; each fault with its line. "
        "Exit status: 0 accepted, 1 fatal rule broken, 2 not readable or wrong usage.",
    ),
    examples=(
        "reglo fec check 123456782FEC20261231.txt",
        "reglo fec check --json *FEC*.txt > rapport.jsonl",
        "reglo fec check --siren 123456782 --closing 2026-12-31 export.txt",
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@option("--json", "as_json", is_flag=True, text=Text(fr="Un objet JSON par fichier.", en="One JSON object a file."))
@option("--siren", metavar="SIREN", text=Text(fr="SIREN que le nom doit porter.", en="SIREN that the name must bear."))
@option(
    "--closing",
    type=DAY,
    metavar="DATE",
    text=Text(fr="Date de clôture de l'exercice.", en="Last day of the fiscal year."),
)
@option(
    "--bnc",
    "is_liberal",
    is_flag=True,
    text=Text(
        fr="Livres commerciaux d'un BNC ou d'un BA : journal et compte peuvent être en blanc.",
        en="Commercial books of a BNC or BA: journal and account may be blank.",
    ),
)
def check(files: tuple[str, ...], as_json: bool, siren: str | None, closing: date | None, is_liberal: bool) -> int:
    """Check each file and answer with the worst outcome."""
    from reglo.core.parties import IdentifierKind, require

    if siren is not None:
        siren = require(IdentifierKind.SIREN, siren, field="--siren")
    return max(_check_one(path, as_json, siren, closing, is_liberal) for path in files)


def _check_one(path: str, as_json: bool, siren: str | None, closing: date | None, is_liberal: bool) -> int:
    from reglo.rules.fec import check_fec

    name = None if path == STDIN else Path(path).name
    try:
        with _opened(path) as file, _progress(file) as advance:
            report = check_fec(file, name=name, siren=siren, closing=closing, is_liberal=is_liberal, advance=advance)
    except DomainError as error:
        return _refused(path, error, as_json)
    if as_json:
        print_line(json.dumps({"file": path, **_said(report)}, ensure_ascii=False))
    else:
        print_report(path, report)
    return ACCEPTED if report.is_accepted else FATAL


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of stdin. Raises UnreadableDocument."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115  # closed below; an error while it is read is another
    except (OSError, ValueError) as error:
        raise unopened(error) from None
    with file:
        yield file


@contextmanager
def _progress(file: BinaryIO) -> Iterator[Callable[[int], None] | None]:
    """What shows how much of a large file was read, where somebody looks on."""
    size = file.seek(0, 2) if file.seekable() else 0
    if size:
        file.seek(0)
    if size < _WORTH_PROGRESS or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=size, file=sys.stderr, show_pos=False) as bar:
        yield bar.update


def _refused(path: str, error: DomainError, as_json: bool) -> int:
    sentence = say(error.message)
    complain(f"{path}: {sentence}")
    if as_json:
        print_line(
            json.dumps({"file": path, "accepted": False, "findings": [], "refused": sentence}, ensure_ascii=False)
        )
    return UNREADABLE


def _said(report: "FecReport") -> dict[str, object]:
    return {
        "accepted": report.is_accepted,
        "encoding": report.encoding,
        "separator": report.separator,
        "regime": report.regime.value,
        "summary": _summary_said(report.summary),
        "findings": [_breach_said(each) for each in report.breaches],
        "refused": None,
    }


def _summary_said(summary: "FecSummary") -> dict[str, object]:
    """Amounts and dates as strings: exact, and the same everywhere."""
    return {
        "entries": summary.entries,
        "lines": summary.lines,
        "debit": f"{summary.debit:f}",
        "credit": f"{summary.credit:f}",
        "from": None if summary.first is None else summary.first.isoformat(),
        "to": None if summary.last is None else summary.last.isoformat(),
        "journals": [
            {
                "code": code,
                "label": each.label,
                "lines": each.lines,
                "debit": f"{each.debit:f}",
                "credit": f"{each.credit:f}",
            }
            for code, each in summary.journals.items()
        ],
        "accounts": len(summary.accounts),
    }


def _breach_said(breach: "Breach") -> dict[str, object]:
    rule = breach.rule
    return {
        "rule": rule.identifier,
        "severity": rule.severity.value,
        "message": say(rule.statement),
        "fix": say(rule.fix),
        "source": rule.source,
        "count": breach.count,
        "places": [
            {
                "row": fault.row,
                "column": fault.column or None,
                "value": fault.value,
                "detail": None if fault.detail is None else fault.detail.in_language(language()),
            }
            for fault in breach.faults
        ],
    }


def print_report(path: str, report: "FecReport") -> None:
    separator = _SEPARATORS.get(report.separator)
    facts = (report.encoding, say(separator) if separator else report.separator, say(_REGIMES[report.regime.value]))
    print_line(f"{styled(one_line(path), bold=True)}  {', '.join(facts)}")
    for line in _summary(report.summary):
        print_line(f"  {line}")
    for breach in report.breaches:
        _print_breach(breach)
    print_line(f"  {_verdict(report)}")


def _summary(summary: "FecSummary") -> Iterator[str]:
    period = Text(
        fr=f"du {day(summary.first)} au {day(summary.last)}", en=f"from {day(summary.first)} to {day(summary.last)}"
    )
    counts = [
        counted(summary.entries, *_ENTRIES),
        counted(summary.lines, *_LINES),
        counted(len(summary.accounts), *_ACCOUNTS),
        *([say(period)] if summary.first else []),
    ]
    yield ", ".join(counts)
    rows = [
        [f"{code} {each.label}".strip(), str(each.lines), amount(each.debit), amount(each.credit)]
        for code, each in list(summary.journals.items())[:_SHOWN_JOURNALS]
    ]
    if len(summary.journals) > _SHOWN_JOURNALS:
        rows.append(["…", "", "", ""])
    total = ["Total", str(summary.lines), amount(summary.debit), amount(summary.credit)]
    if rows:
        yield from table([[*map(say, _HEADS)], *rows, total], right=(1, 2, 3))


def _print_breach(breach: "Breach") -> None:
    mark, colour = _MARKS[breach.rule.severity]
    times = counted(breach.count, *_TIMES)
    print_line(f"  {styled(mark, fg=colour, bold=True)} {styled(breach.rule.identifier, fg=colour)}  {times}")
    print_paragraph(say(breach.rule.statement), begin="    ", indent=4)
    for fault in breach.faults[:_SHOWN_PLACES]:
        print_paragraph(_place(fault), begin="    · ", indent=6)
    if breach.count > _SHOWN_PLACES:
        print_line("    · …")
    print_paragraph(say(breach.rule.fix), begin="    → ", indent=6)
    print_paragraph(breach.rule.source, begin="    ", indent=4, dim=True)


def _place(fault: "Fault") -> str:
    """Line, column and what stands there."""
    row = say(Text(fr=f"ligne {fault.row}", en=f"line {fault.row}")) if fault.row else ""
    where = ", ".join(each for each in (row, fault.column) if each)
    detail = say(fault.detail) if fault.detail is not None else ""
    return colon().join(each for each in (where, detail) if each) or say(Text(fr="le fichier", en="the file"))


def _verdict(report: "FecReport") -> str:
    fatal = sum(each.rule.severity is Severity.FATAL for each in report.breaches)
    others = len(report.breaches) - fatal
    counts = [counted(number, *nouns) for number, nouns in ((fatal, _FATAL), (others, _REMARK)) if number]
    verdict = Text(fr="refusé", en="refused") if fatal else Text(fr="accepté", en="accepted")
    text = ", ".join(counts)
    return styled(
        colon().join(each for each in (say(verdict), text) if each), fg="red" if fatal else "green", bold=True
    )
