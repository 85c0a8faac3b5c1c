"""Statements of MT940 from their fields; the pages of one statement (:62M: followed by :60M:) are put together."""

import re

from reglo.core.bank import Balance, BankAccount, BankLine, Statement
from reglo.core.findings import Text
from reglo.formats.bank.decoding import text_of
from reglo.formats.bank.mt940.details import Details, read_details
from reglo.formats.bank.mt940.fields import Field, fields
from reglo.formats.bank.mt940.lines import Movement, read_balance, read_movement
from reglo.formats.bank.plain import iban_in, plain
from reglo.formats.bank.reading import BankFormat, BankReading, Faults, UnreadableBankFile, line_place, refusal
from reglo.formats.data.scalars import BadValue

_ACCOUNT = re.compile(r"(.*?[0-9])([A-Z]{3})?")
_ASK = Text(fr="Demandez à la banque un fichier entier.", en="Ask the bank for a whole file.")
#: Balances that tell no more of the lines (available, forward), and what only messages need.
_SILENT = frozenset({"13", "13D", "20", "21", "34F", "64", "65", "90C", "90D", "NS"})


def read_mt940(data: bytes) -> BankReading:
    """The statements of an MT940 file. Raises UnreadableBankFile."""
    reader = _Reader()
    try:
        for field in fields(text_of(data)):
            reader.take(field)
        reader.end()
    except BadValue as bad:
        raise refusal(line_place(reader.line), bad.reason, bad.fix) from bad
    if not reader.statements:
        raise UnreadableBankFile(
            Text(
                fr="Le fichier MT940 ne contient aucun relevé\N{NO-BREAK SPACE}: il faut un compte (:25:) "
                "et un solde ou un mouvement (:60F:, :61:, :62F:). Demandez à la banque un fichier entier.",
                en="The MT940 file holds no statement: an account (:25:) and a balance or movement "
                "(:60F:, :61:, :62F:) are wanted. Ask the bank for a whole file.",
            )
        )
    return BankReading(format=BankFormat.MT940, statements=tuple(reader.statements), faults=reader.faults.found())


class _Reader:
    """The statements so far, and the one that is being read."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.faults = Faults()
        self.line = 0
        self._goes_on = False  #: the statement before ended in an interim balance
        self._begin()

    def _begin(self) -> None:
        self._account = self._currency = self._identifier = ""
        self._opening: Balance | None = None
        self._closing: Balance | None = None
        self._opens_page = self._ends_page = False
        self._lines: list[BankLine] = []
        self._movement: Movement | None = None
        self._details: Details | None = None

    def take(self, field: Field) -> None:
        """Read one field."""
        self.line = field.line
        if field.tag in ("20", "-"):
            self.end()
        elif field.tag == "25":
            self._take_account(field)
        elif field.tag in ("28", "28C"):
            self._identifier = plain(field.lines[0])
        elif field.tag in ("60F", "60M"):
            self._opening, self._currency = read_balance(field.lines)
            self._opens_page = field.tag == "60M"
        elif field.tag in ("62F", "62M"):
            self._end_movement()
            self._take_closing(field)
        elif field.tag == "61":
            self._take_movement(field)
        elif field.tag == "86":
            self._take_details(field)
        elif field.tag not in _SILENT:
            self._fault(
                field, f"le champ :{field.tag}: est inconnu.", f"the field :{field.tag}: is unknown.", _LEFT_OUT
            )

    def _take_account(self, field: Field) -> None:
        if self._account:
            self._fault(
                field,
                "le compte (:25:) est dit une seconde fois\N{NO-BREAK SPACE}: un champ abîmé.",
                "the account (:25:) is told a second time: a damaged field.",
                _LEFT_OUT,
            )
            return
        self._account = plain(field.lines[0])

    def _take_closing(self, field: Field) -> None:
        balance, currency = read_balance(field.lines)
        self._currency = self._currency or currency
        if currency != self._currency:
            self._fault(field, f"le solde est en {currency}.", f"the balance is in {currency}.", _LEFT_OUT)
            return
        self._closing, self._ends_page = balance, field.tag == "62M"

    def _take_movement(self, field: Field) -> None:
        self._end_movement()
        if not self._account:
            raise BadValue(
                Text(fr="un mouvement (:61:) sans compte (:25:).", en="a movement (:61:) without an account (:25:)."),
                _ASK,
            )
        self._movement = read_movement(field.lines, self._currency or self._account_value().currency)

    def _take_details(self, field: Field) -> None:
        # After the closing balance, :86: tells of the statement as a whole.
        if self._movement is not None and self._details is None:
            self._details = read_details(field.lines)

    def _end_movement(self) -> None:
        if self._movement is not None:
            currency = self._currency or self._account_value().currency
            self._lines.append(self._movement.line(currency, self._details or Details()))
        self._movement = self._details = None

    def _account_value(self) -> BankAccount:
        """:25: is an IBAN, or bank/number, either with a currency at its end."""
        found = _ACCOUNT.fullmatch(self._account.replace(" ", ""))
        number, currency = (found[1], found[2] or "") if found else (self._account, "")
        iban = iban_in(number.rpartition("/")[2])
        return BankAccount(iban=iban, number="" if iban else number, currency=self._currency or currency)

    def end(self) -> None:
        """Finish the statement that is being read, if there is one."""
        self._end_movement()
        if self._account and (self._lines or self._opening is not None or self._closing is not None):
            self._add(
                Statement(
                    account=self._account_value(),
                    lines=tuple(self._lines),
                    identifier=self._identifier,
                    opening=self._opening,
                    closing=self._closing,
                )
            )
            self._goes_on = self._ends_page
        self._begin()

    def _add(self, page: Statement) -> None:
        """A statement, or another page of the last one."""
        before = self.statements[-1] if self.statements else None
        is_page = before is not None and self._goes_on and self._opens_page and before.account == page.account
        if before is None or not is_page or page.opening is None or before.closing is None:
            self.statements.append(page)
        elif page.opening.amount != before.closing.amount:
            self.statements.append(page)  # a page is missing: the two are told apart, and the gap is named
        else:
            self.statements[-1] = Statement(
                account=page.account,
                lines=before.lines + page.lines,
                identifier=before.identifier,
                opening=before.opening,
                closing=page.closing,
            )

    def _fault(self, field: Field, fr: str, en: str, fix: Text) -> None:
        self.faults.add(line_place(field.line), Text(fr=fr, en=en), fix)


_LEFT_OUT = Text(fr="Il est laissé de côté.", en="It is left out.")
