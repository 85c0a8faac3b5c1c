"""Texts of bank files as one keeps them: on one line, without control characters, within bounds."""

import re
from dataclasses import replace

from reglo.core.bank import BankLine

#: More than any format carries for one movement; what is longer is noise or an attack.
LONGEST = 2000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IBAN = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")


def plain(text: str) -> str:
    """`text` on one line, single spaces, no control characters (which databases and terminals cannot take)."""
    line = " ".join(text[: 4 * LONGEST].split())
    if not line.isprintable():  # the quick question first: hardly any text needs the other
        line = " ".join(_CONTROL.sub(" ", line).split())
    return line[:LONGEST].rstrip()


def joined(*parts: str) -> str:
    """The parts that say something, each once, with a space between them."""
    return " ".join(dict.fromkeys(part for part in parts if part))[:LONGEST]


def iban_in(text: str) -> str:
    """`text` as an IBAN, without spaces and in upper case; "" where it has not the shape of one."""
    found = text.replace(" ", "").upper()
    return found if _IBAN.fullmatch(found) else ""


#: Characters of the fields that are no free text; longer ones are no reference and no name.
_LONGEST_OF = {"reference": 40, "end_to_end": 140, "payer": 200, "bank_reference": 140}


def bounded(line: BankLine) -> BankLine:
    """The line with its fields within bounds, whatever the file holds."""
    too_long = {
        name: getattr(line, name)[:most] for name, most in _LONGEST_OF.items() if len(getattr(line, name)) > most
    }
    return replace(line, **too_long) if too_long else line
