"""Reading camt as a stream: an entry is dropped from memory once its lines are made."""

import re
from decimal import Decimal
from typing import BinaryIO

from lxml import etree

from reglo.core.bank import Balance, BankAccount, BankLine, Statement
from reglo.core.findings import Text
from reglo.formats.bank.amounts import written
from reglo.formats.bank.camt.elements import (
    Node,
    Place,
    amount_in,
    child,
    code_at,
    day_at,
    first_text,
    is_credit,
    text_at,
)
from reglo.formats.bank.camt.entries import entry_lines
from reglo.formats.bank.plain import iban_in
from reglo.formats.bank.reading import BankFormat, BankReading, Faults, UnreadableBankFile, refusal
from reglo.formats.data.scalars import BadValue
from reglo.formats.xml import forget, stream_xml

_FORMATS = {"Stmt": BankFormat.CAMT_053, "Ntfctn": BankFormat.CAMT_054, "Rpt": BankFormat.CAMT_052}
_NAMESPACE = re.compile(r"\{[^}]*camt\.05[234]\.001\.(?:0[2-9]|1[0-3])\}.*")
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_INTERIM = "ITBD"  #: between two pages of a statement


def read_camt(source: BinaryIO) -> BankReading:
    """The statements of a camt file. Raises UnreadableDocument and UnreadableBankFile."""
    reader = _Reader()
    for element in stream_xml(source, ("Ntry", *_FORMATS)):
        reader.take(element)
    if reader.format is None:
        raise UnreadableBankFile(
            Text(
                fr="Le fichier ne contient aucun relevé (Stmt, Ntfctn ou Rpt)\N{NO-BREAK SPACE}: "
                "demandez-le de nouveau à la banque.",
                en="The file holds no statement (Stmt, Ntfctn or Rpt): ask the bank for it again.",
            )
        )
    return BankReading(format=reader.format, statements=tuple(reader.statements), faults=reader.faults.found())


class _Reader:
    """The statements so far, and the lines of the one that is being read."""

    def __init__(self) -> None:
        self.format: BankFormat | None = None
        self.statements: list[Statement] = []
        self.faults = Faults()
        self._lines: list[BankLine] = []
        self._entries = 0

    def take(self, element: etree._Element) -> None:
        """Read an entry or the rest of a statement, and forget it."""
        name = str(element.tag).rpartition("}")[2]
        if name == "Ntry":
            self._entries += 1
            self._lines += entry_lines(Node(element), Place(len(self.statements) + 1, self._entries), self.faults)
        else:
            self._check_version(str(element.tag))
            self.format = _FORMATS[name]
            self.statements.append(self._statement(Node(element)))
            self._lines, self._entries = [], 0
        forget(element)

    def _check_version(self, tag: str) -> None:
        if not _NAMESPACE.fullmatch(tag) and self.format is None:
            self.faults.add(
                Text(fr="", en=""),
                Text(
                    fr="la version de camt n'est pas l'une de 001.02 à 001.13.",
                    en="the version of camt is none of 001.02 to 001.13.",
                ),
                Text(fr="Le fichier est lu comme elles.", en="The file is read as they are."),
            )

    def _statement(self, element: Node) -> Statement:
        place = Place(len(self.statements) + 1)
        try:
            opening, closing, currency = self._balances(element, place)
        except BadValue as bad:
            raise refusal(place.text(), bad.reason, bad.fix) from bad
        return Statement(
            account=_account(element, currency),
            lines=tuple(self._lines),
            identifier=text_at(element, "Id"),
            opening=opening,
            closing=closing,
        )

    def _balances(self, element: Node, place: Place) -> tuple[Balance | None, Balance | None, str]:
        """Opening and closing balance in the currency of the account, which they tell where the account does not."""
        stated = [(_type_of(each), each) for each in element.all("Bal")]
        openings = [each for code in _OPENING for kind, each in stated if kind == code]
        closings = [each for code in _CLOSING for kind, each in stated if kind == code]
        interim = [each for kind, each in stated if kind == _INTERIM]
        if not openings and interim:
            openings = [interim.pop(0)]
        if not closings and interim:
            closings = [interim.pop()]
        currency = text_at(element, "Acct", "Ccy") or _first_currency(openings, self._lines)
        return self._balance(openings, currency, place), self._balance(closings, currency, place), currency

    def _balance(self, stated: list[Node], currency: str, place: Place) -> Balance | None:
        for each in stated[:1]:
            amount, its_currency = _signed(each)
            day = day_at(each, "Dt")
            if its_currency == currency and day is not None:
                return Balance(on=day, amount=amount)
            shown = written(amount)
            self.faults.add(
                place.text(),
                Text(
                    fr=f"le solde {shown.fr} {its_currency} n'a pas de date, ou pas la devise du compte ({currency}).",
                    en=f"the balance {shown.en} {its_currency} has no date, or not the account's ({currency}).",
                ),
                Text(fr="Il est laissé de côté.", en="It is left out."),
            )
        return None


def _type_of(balance: Node) -> str:
    return code_at(balance, "Tp", "CdOrPrtry", "Cd")


def _signed(balance: Node) -> tuple[Decimal, str]:
    stated = child(balance, "Amt")
    credit = is_credit(balance)
    if stated is None or credit is None:
        raise BadValue(
            Text(fr="un solde est sans montant ou sans sens.", en="a balance has no amount or no direction."),
            Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file."),
        )
    amount, currency = amount_in(stated)
    return amount if credit else -amount, currency


def _first_currency(balances: list[Node], lines: list[BankLine]) -> str:
    if balances:
        return _signed(balances[0])[1]
    return lines[0].currency if lines else ""


def _account(element: Node, currency: str) -> BankAccount:
    account = child(element, "Acct")
    if account is None:
        return BankAccount(currency=currency)
    number = first_text(account, ("Id", "IBAN"), ("Id", "Othr", "Id"))
    iban = iban_in(number)
    return BankAccount(
        iban=iban,
        number="" if iban else number,
        currency=currency,
        owner=first_text(account, ("Ownr", "Nm"), ("Ownr", "Pty", "Nm")),
    )
