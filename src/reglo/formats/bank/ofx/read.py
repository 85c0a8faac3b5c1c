"""Statements of OFX (STMTRS, CCSTMTRS) and their movements (STMTTRN)."""

import re
from datetime import date
from decimal import Decimal

from reglo.core.bank import Balance, BankAccount, BankLine, LineKind, Statement
from reglo.core.findings import Text
from reglo.formats.bank.amounts import bank_day, exact_amount
from reglo.formats.bank.cfonb.rib import french_iban
from reglo.formats.bank.labels import kind_of_label
from reglo.formats.bank.ofx.elements import GROUPS, Step, steps
from reglo.formats.bank.plain import iban_in, joined
from reglo.formats.bank.reading import BankFormat, BankReading, Faults, UnreadableBankFile, line_place, refusal
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue
from reglo.formats.numbers import parse_number

_STATEMENTS = ("STMTRS", "CCSTMTRS")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9.]*.*)?")
_KINDS = {
    "INT": LineKind.INTEREST,
    "FEE": LineKind.FEE,
    "SRVCHG": LineKind.FEE,
    "ATM": LineKind.CASH,
    "CASH": LineKind.CASH,
    "POS": LineKind.CARD,
    "XFER": LineKind.TRANSFER,
    "DIRECTDEP": LineKind.TRANSFER,
    "CHECK": LineKind.CHEQUE,
    "DIRECTDEBIT": LineKind.DIRECT_DEBIT,
    "REPEATPMT": LineKind.DIRECT_DEBIT,
}
_ASK = Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file.")
_Values = dict[str, str]


def read_ofx(data: bytes) -> BankReading:
    """The statements of an OFX file. Raises UnreadableBankFile."""
    reader = _Reader()
    try:
        for step in steps(data):
            reader.take(step)
        reader.finish()
    except BadValue as bad:
        raise refusal(line_place(reader.line), bad.reason, bad.fix) from bad
    if not reader.statements:
        raise UnreadableBankFile(
            Text(
                fr="Le fichier OFX ne contient aucun relevé de compte ou de carte (STMTRS, CCSTMTRS).",
                en="The OFX file holds no statement of an account or card (STMTRS, CCSTMTRS).",
            )
        )
    return BankReading(format=BankFormat.OFX, statements=tuple(reader.statements), faults=reader.faults.found())


class _Reader:
    """The statements so far, the groups that are open, and the values of each."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.faults = Faults()
        self.line = 0
        self._open: list[str] = []
        self._groups: dict[str, _Values] = {}
        self._lines: list[BankLine] = []

    def take(self, step: Step) -> None:
        """Read one step."""
        self.line = step.line
        if step.name not in GROUPS:
            self.note(step.name, step.value)
        elif step.closes:
            self.close(step.name)
        else:
            self.open(step.name)

    def open(self, name: str) -> None:
        """Begin a group; one of its kind that never closed ends here."""
        if name in self._open:
            self.close(name)
        if name in _STATEMENTS:
            while self._open:
                self._end(self._open.pop())
            self._lines, self._groups = [], {}
        self._open.append(name)
        self._groups[name] = {}

    def note(self, name: str, value: str) -> None:
        """Note a value of the group that is open."""
        if self._open and value:
            self._groups[self._open[-1]].setdefault(name, value)

    def close(self, name: str) -> None:
        """End a group, and those within it that never closed."""
        if name not in self._open:
            return
        while (last := self._open.pop()) != name:
            self._end(last)
        self._end(name)

    def _end(self, name: str) -> None:
        if name == "STMTTRN":
            self._lines.append(self._movement())
            for inner in ("PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY"):
                self._groups.pop(inner, None)
        elif name in _STATEMENTS:
            self.statements.append(self._statement(name))

    def finish(self) -> None:
        """End what is open: the file was cut."""
        if not any(name in self._open for name in _STATEMENTS):
            return
        self.faults.add(
            line_place(self.line),
            Text(fr="le fichier s'arrête au milieu d'un relevé.", en="the file ends in the middle of a statement."),
            Text(fr="Téléchargez-le de nouveau.", en="Download it again."),
        )
        if "STMTTRN" in self._open:  # half a movement is none
            del self._open[self._open.index("STMTTRN") :]
        self.close(next(name for name in self._open if name in _STATEMENTS))

    def _currency(self) -> str:
        statement = next((self._groups[name] for name in _STATEMENTS if name in self._groups), {})
        return statement.get("CURDEF", "").upper()

    def _movement(self) -> BankLine:
        values = self._groups["STMTTRN"]
        # CURRENCY: this movement alone is in another currency than the statement.
        currency = self._groups.get("CURRENCY", {}).get("CURSYM", "").upper() or self._currency()
        amount = _amount(values.get("TRNAMT", ""), currency)
        name = self._groups.get("PAYEE", {}).get("NAME") or values.get("NAME", "")
        label = joined(name, values.get("MEMO", ""))
        return BankLine(
            booked=_day(values.get("DTPOSTED", "")),
            amount=amount,
            currency=currency,
            valued=_day(values["DTAVAIL"]) if "DTAVAIL" in values else None,
            kind=_KINDS.get(values.get("TRNTYPE", "").upper()) or kind_of_label(label),
            text=joined(label, f"n° {values['CHECKNUM']}" if "CHECKNUM" in values else ""),
            payer=name,
            payer_iban=iban_in(self._groups.get("BANKACCTTO", {}).get("ACCTID", "")),
            bank_reference=values.get("FITID", ""),
        )

    def _statement(self, name: str) -> Statement:
        currency = self._currency()
        account = self._groups.get("CCACCTFROM" if name == "CCSTMTRS" else "BANKACCTFROM", {})
        return Statement(
            account=_account(account, currency),
            lines=tuple(self._lines),
            closing=self._closing(currency),
        )

    def _closing(self, currency: str) -> Balance | None:
        values = self._groups.get("LEDGERBAL", {})
        if "BALAMT" not in values:
            return None
        return Balance(on=_day(values.get("DTASOF", "")), amount=_amount(values["BALAMT"], currency))


def _account(values: _Values, currency: str) -> BankAccount:
    """French banks give bank, branch and number apart; others an IBAN or a number of their own."""
    bank, branch, number = values.get("BANKID", ""), values.get("BRANCHID", ""), values.get("ACCTID", "")
    iban = iban_in(number) or french_iban(bank, branch, number[:11] if len(number) == 13 else number)
    return BankAccount(
        iban=iban,
        number="" if iban else " ".join(part for part in (bank, branch, number) if part),
        currency=currency,
    )


def _amount(text: str, currency: str) -> Decimal:
    """A signed amount with a point or, in some European files, a comma. Raises BadValue."""
    number = parse_number(text.replace(",", ".") if "." not in text else text.replace(",", ""))
    if number is None:
        raise BadValue(
            Text(fr=f"« {shown(text)} » n'est pas un montant.", en=f'"{shown(text)}" is not an amount.'), _ASK
        )
    return exact_amount(number, currency)


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    year, month, day = map(int, found.groups()) if found else (0, 0, 0)
    return bank_day(year, month, day, shown_as=text)
