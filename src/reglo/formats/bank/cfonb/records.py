"""The records of CFONB 120: where each field stands, amounts whose last character carries the sign, days DDMMYY."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.bank import BankAccount
from reglo.core.findings import Text
from reglo.formats.bank.amounts import day_of_two_digit_year, exact_amount
from reglo.formats.bank.cfonb.rib import french_iban
from reglo.formats.bank.plain import plain
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue

LENGTH = 120
_DIGIT_AND_SIGN = {"{": ("0", 1), "}": ("0", -1)}
_DIGIT_AND_SIGN |= {letter: (str(digit), 1) for digit, letter in enumerate("ABCDEFGHI", 1)}
_DIGIT_AND_SIGN |= {letter: (str(digit), -1) for digit, letter in enumerate("JKLMNOPQR", 1)}
_AMOUNT = re.compile(r"([0-9]{0,18})([{}A-R])")
_ASK = Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file.")


@dataclass(frozen=True, slots=True)
class Record:
    """One record and the line of the file that it stands on (from 1)."""

    line: int
    text: str  #: 120 characters

    @property
    def code(self) -> str:
        """01 opening balance, 04 movement, 05 more of a movement, 07 closing balance."""
        return self.text[:2]

    def field(self, first: int, last: int) -> str:
        """The text in columns `first` to `last`, counted from 1 as the standard does."""
        return plain(self.text[first - 1 : last])

    @property
    def account(self) -> BankAccount:
        """The account of the record."""
        bank, branch, number = self.field(3, 7), self.field(12, 16), self.field(22, 32)
        return BankAccount(
            iban=french_iban(bank, branch, number),
            number=" ".join(part for part in (bank, branch, number) if part),
            currency=self.field(17, 19) or "EUR",
        )

    def day(self, first: int) -> date:
        """The day in six columns. Raises BadValue."""
        text = self.text[first - 1 : first + 5]
        if not (text.isascii() and text.isdigit()):
            raise BadValue(
                Text(fr=f"« {shown(text)} » n'est pas une date (JJMMAA).", en=f'"{shown(text)}" is no date (DDMMYY).'),
                _ASK,
            )
        day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
        return day_of_two_digit_year(year, month, day, shown_as=text)

    @property
    def amount(self) -> Decimal:
        """The signed amount of columns 91 to 104. Raises BadValue."""
        return signed_amount(self.text[90:104], self.field(20, 20), self.field(17, 19) or "EUR")


def signed_amount(text: str, places: str, currency: str) -> Decimal:
    """An amount whose last character is digit and sign at once: 322J with two decimals is −32.21. Raises BadValue."""
    found = _AMOUNT.fullmatch(text.replace(" ", ""))
    if found is None or places not in "0123456":
        raise BadValue(
            Text(fr=f"« {shown(text)} » n'est pas un montant CFONB.", en=f'"{shown(text)}" is no CFONB amount.'), _ASK
        )
    digit, sign = _DIGIT_AND_SIGN[found[2]]
    return exact_amount(Decimal(sign * int(found[1] + digit)).scaleb(-int(places or "2")), currency)


def records(text: str) -> Iterator[Record]:
    """The records of a file, with or without line ends; shorter ones have lost their spaces at the end."""
    for number, line in enumerate(text.splitlines(), 1):
        for start in range(0, len(line.rstrip()), LENGTH):
            record = line[start : start + LENGTH]
            if record.strip():
                yield Record(number, record.ljust(LENGTH))
