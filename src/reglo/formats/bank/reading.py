"""What reading a bank file gives: its statements, and what is wrong but readable; or why it is refused."""

from dataclasses import dataclass
from enum import StrEnum

from reglo.core.bank import Statement
from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.faults import MOST_FAULTS, Fault

#: Larger files are refused whole: a year of a busy account has a tenth of it.
MAX_BYTES = 200 * 1024 * 1024


class BankFormat(StrEnum):
    """The kinds of bank file that Réglo reads."""

    CAMT_052 = "camt.052"
    CAMT_053 = "camt.053"
    CAMT_054 = "camt.054"
    CFONB_120 = "cfonb120"
    MT940 = "mt940"
    OFX = "ofx"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def source(self) -> str:
        """For `reglo.core.bank_keys.line_keys`: the formats in which the bank's references tell movements apart.

        The identifiers of OFX are made anew by some banks with each download, and CFONB has none that are unique.
        """
        return "camt" if self.value.startswith("camt") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankReading:
    """A bank file that was read: each amount exact, each fault named."""

    format: BankFormat
    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...] = ()  #: what a bookkeeper should look at; empty where all adds up


class UnreadableBankFile(UnreadableDocument):
    """Nothing in this file can be trusted: another format, damaged, dangerous, or an amount or date that is none."""

    code = "unreadable-bank-file"


def refusal(where: Text, reason: Text, fix: Text) -> UnreadableBankFile:
    """The refusal of a whole file for what stands at one place."""
    return UnreadableBankFile(Fault(where=where, reason=reason, fix=fix).sentence())


class Faults:
    """Gathers the faults of one file, a hundred at most: nobody reads more, and a hostile file has a million."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, where: Text, reason: Text, fix: Text) -> None:
        """Note one fault."""
        if len(self._found) < MOST_FAULTS:
            self._found.append(Fault(where=where, reason=reason, fix=fix))

    def found(self) -> tuple[Fault, ...]:
        """Those noted, in the order of the file."""
        return tuple(self._found)


def line_place(number: int) -> Text:
    """The place of a line of a text file, counted from 1."""
    return Text(fr=f"ligne {number}", en=f"line {number}")
