"""TOML: the document for hand writing. The same keys as JSON; a point in numbers, dates with or without quotes."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.faults import Fault, InvalidData, shown
from reglo.formats.data.invoices import invoice_from_tree
from reglo.formats.reading import Reading, Syntax

MAX_BYTES = 1024 * 1024  #: some 10,000 lines of an invoice; tomllib may take a second for it
#: tomllib takes time in the square of the length of a dotted key; the model needs five parts.
_LONG_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){30}")
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_COMMA = re.compile(r"=\s*([0-9][0-9 ]*),([0-9]+)\s*(#.*)?$")


def read_toml(data: bytes, defaults: Mapping[str, object] | None = None) -> Reading:
    """An invoice, or the draft of one, from TOML.

    defaults: keys of a draft that the file may leave out, such as the seller.
    Raises UnreadableDocument for what is no TOML, InvalidData for values that cannot be used.
    """
    return Reading(invoice=invoice_from_tree(parse_toml(data), defaults), syntax=Syntax.DATA)


def parse_toml(data: bytes) -> dict[str, object]:
    """A plain tree. Numbers with a point are exact Decimals."""
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier TOML dépasse {MAX_BYTES // 1024 // 1024} Mio : écrivez-le en JSON.",
                en=f"The TOML file is larger than {MAX_BYTES // 1024 // 1024} MiB: write it as JSON.",
            )
        )
    text = _decoded(data)
    if _LONG_KEY.search(text):
        raise _too_deep()
    try:
        return tomllib.loads(text, parse_float=_number)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:  # TOMLDecodeError, and what int() says of a number of 5,000 digits
        raise InvalidData([_syntax_fault(text, str(error))]) from error


def _too_deep() -> UnreadableDocument:
    return UnreadableDocument(
        Text(fr="Le fichier TOML emboîte trop de niveaux.", en="The TOML file is nested too deep.")
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier TOML n'est pas en UTF-8 (ligne {line}) : enregistrez-le en UTF-8.",
                en=f"The TOML file is not in UTF-8 (line {line}): save it as UTF-8.",
            )
        ) from error


def _number(literal: str) -> Decimal:
    return Decimal(literal) if len(literal) <= 100 else Decimal("NaN")  # refused with its key path


def _syntax_fault(text: str, message: str) -> Fault:
    found = _POSITION.search(message)
    lines = text.splitlines()
    number = int(found.group(1)) if found else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    column = found.group(2) if found else str(len(line) + 1)
    where = Text(fr=f"ligne {number}, colonne {column}", en=f"line {number}, column {column}")
    reason, fix = _explained(line, message)
    return Fault(where=where, reason=reason, fix=fix)


def _explained(line: str, message: str) -> tuple[Text, Text]:
    if "date" in message:
        return (
            Text(fr=f"« {shown(line)} » : cette date n'existe pas.", en=f'"{shown(line)}": there is no such date.'),
            Text(fr="Vérifiez le jour et le mois.", en="Check the day and the month."),
        )
    if "overwrite" in message or "twice" in message:
        return (
            Text(
                fr=f"« {shown(line)} » : cette clé est écrite deux fois.",
                en=f'"{shown(line)}": this key is written twice.',
            ),
            Text(fr="Gardez-en une.", en="Keep one of them."),
        )
    if comma := _COMMA.search(line):
        number = f"{comma.group(1).replace(' ', '')}.{comma.group(2)}"
        return (
            Text(fr=f"« {shown(line)} » : nombre avec une virgule.", en=f'"{shown(line)}": number with a comma.'),
            Text(fr=f"Écrivez {number}, avec un point.", en=f"Write {number}, with a point."),
        )
    return (
        Text(fr=f"« {shown(line)} » n'est pas du TOML.", en=f'"{shown(line)}" is not TOML: {shown(message)}.'),
        Text(
            fr='Une ligne s\'écrit clé = "valeur" ; une table commence par [nom].',
            en='A line reads key = "value"; a table begins with [name].',
        ),
    )
