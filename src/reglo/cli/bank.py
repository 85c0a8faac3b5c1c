"""`reglo bank`: what bank files say, without a database."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import click

from reglo.cli.commands import LazyGroup, command, option
from reglo.cli.documents import read_bytes
from reglo.cli.errors import ACCEPTED, FATAL, UNREADABLE
from reglo.cli.figures import amount, counted, day
from reglo.cli.language import say
from reglo.cli.options import FILE
from reglo.cli.output import complain, one_line, print_line, print_paragraph, styled, table
from reglo.core.errors import DomainError
from reglo.core.findings import Text

if TYPE_CHECKING:
    from reglo.core.bank import Balance, BankLine, Statement
    from reglo.formats.bank import BankReading

_LINES = (Text(fr="ligne", en="line"), Text(fr="lignes", en="lines"))
_OPENING = Text(fr="Solde d'ouverture", en="Opening balance")
_CLOSING = Text(fr="Solde de clôture", en="Closing balance")
_ANNOUNCED = Text(fr="annoncé", en="announced")
_LONGEST_TEXT = 80  #: characters of a text in the table; --json has them all


@click.group(
    "bank",
    cls=LazyGroup,
    text=Text(fr="Lire des fichiers de banque.", en="Read bank files."),
    examples=("reglo bank show releve.xml",),
    modules={"show": "reglo.cli.bank"},
)
def bank() -> None:
    """The group of commands about bank files."""


@command(
    "show",
    text=Text(
        fr="Montrer ce que dit un fichier de banque : camt.053, camt.054, CFONB 120, OFX, MT940, CSV, XLSX.\n"
        "Comptes, soldes et lignes, et ce qui ne tombe pas juste. "
        "État de sortie : 0 lu, 1 lu avec des anomalies, 2 refusé.",
        en="Show what a bank file says: camt.053, camt.054, CFONB 120, OFX, MT940, CSV, XLSX.\n"
        "Accounts, balances and lines, and what does not add up. "
        "Exit status: 0 read, 1 read with faults, 2 refused.",
    ),
    examples=(
        "reglo bank show releve.xml",
        "reglo bank show --json *.ofx > releves.jsonl",
        "cat releve.txt | reglo bank show -",
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@option("--json", "as_json", is_flag=True, text=Text(fr="Un objet JSON par fichier.", en="One JSON object a file."))
def show(files: tuple[str, ...], as_json: bool) -> int:
    """Show each file and answer with the worst outcome."""
    return max(_show_one(path, as_json) for path in files)


def _show_one(path: str, as_json: bool) -> int:
    from reglo.formats.bank import read_bank_file

    try:
        reading = read_bank_file(read_bytes(path), name=path)
    except DomainError as error:
        return _refused(path, error, as_json)
    if as_json:
        print_line(_json({"file": path, **_said(reading)}))
    else:
        _print_reading(path, reading)
    return FATAL if reading.faults else ACCEPTED


def _refused(path: str, error: DomainError, as_json: bool) -> int:
    sentence = say(error.message)
    for line in sentence.splitlines():
        complain(f"{path}: {line}")
    if as_json:
        print_line(_json({"file": path, "format": None, "statements": [], "faults": [], "refused": sentence}))
    return UNREADABLE


def _said(reading: "BankReading") -> dict[str, object]:
    """What the file says, its faults in the language of the command."""
    return {
        "format": reading.format,
        "statements": [asdict(each) for each in reading.statements],
        "faults": [
            {"where": say(each.where), "reason": say(each.reason), "fix": say(each.fix)} for each in reading.faults
        ],
        "refused": None,
    }


def _json(answer: dict[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    """Amounts and dates as strings: exact, and the same everywhere."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, Enum)
    return str(value.value)


def _print_reading(path: str, reading: "BankReading") -> None:
    print_line(styled(one_line(f"{path} · {reading.format.value}"), bold=True))
    for statement in reading.statements:
        print_line()
        for line in _statement(statement):
            print_line(line)
    if reading.faults:
        print_line()
    for fault in reading.faults:
        print_paragraph(say(fault.sentence()), begin=f"{styled('!', fg='yellow')} ", indent=2)


def _statement(statement: "Statement") -> Iterator[str]:
    yield styled(one_line(_title(statement)), underline=True)
    currency = statement.account.currency
    rows = [
        *_balance(_OPENING, statement.opening, currency),
        *(_row(line) for line in statement.lines),
        *_balance(_CLOSING, statement.closing, currency),
    ]
    if rows:
        yield from table(rows, right=(2,), flows=4)
    yield _sums(statement)


def _title(statement: "Statement") -> str:
    account = statement.account
    facts = (
        _grouped(account.iban) or account.number or say(Text(fr="Compte non nommé", en="Account not named")),
        account.currency,
        account.owner,
        say(Text(fr=f"relevé {statement.identifier}", en=f"statement {statement.identifier}"))
        if statement.identifier
        else "",
    )
    return " · ".join(each for each in facts if each)


def _grouped(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _balance(name: Text, balance: "Balance | None", currency: str) -> Iterator[list[str]]:
    if balance is not None:
        yield [day(balance.on), "", amount(balance.amount, currency), "", say(name)]


def _row(line: "BankLine") -> list[str]:
    valued = day(line.valued) if line.valued != line.booked else ""
    said = " · ".join(each for each in (line.reference, line.text or line.end_to_end) if each)
    text = said if len(said) <= _LONGEST_TEXT else f"{said[: _LONGEST_TEXT - 1]}…"
    note = "" if line.is_booked else say(_ANNOUNCED)
    return [day(line.booked), valued, amount(line.amount, line.currency), note or line.payer[:40], text]


def _sums(statement: "Statement") -> str:
    """How many lines, what came in, what went out."""
    booked = [line for line in statement.lines if line.is_booked]
    came = sum((line.amount for line in booked if line.amount > 0), Decimal(0))
    went = sum((line.amount for line in booked if line.amount < 0), Decimal(0))
    currency = statement.account.currency
    lines = counted(len(statement.lines), *_LINES)
    return say(
        Text(
            fr=f"{lines}, entrées {amount(came, currency)}, sorties {amount(went, currency)}",
            en=f"{lines}, in {amount(came, currency)}, out {amount(went, currency)}",
        )
    )
