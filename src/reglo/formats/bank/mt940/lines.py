"""Fields :61: (a movement) and :60:, :62: (balances) of MT940."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.bank import Balance, BankLine, LineKind
from reglo.core.findings import Text
from reglo.formats.bank.amounts import bank_day, day_of_two_digit_year, exact_amount
from reglo.formats.bank.labels import kind_of_label
from reglo.formats.bank.mt940.details import Details
from reglo.formats.bank.plain import joined, plain
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue

_ASK = Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file.")
#: Value date, entry date (MMDD), direction (RC: a credit reversed), letter of the currency, amount, type, references.
_MOVEMENT = re.compile(
    r"\s*([0-9]{6})([0-9]{4})?\s*(R?[CD])([A-Z])?\s*([0-9]{1,20}(?:[,.][0-9]*)?)([A-Z][A-Z0-9]{3})?(.*)", re.DOTALL
)
_BALANCE = re.compile(r"\s*([CD])([0-9]{6})([A-Z]{3})([0-9]{1,20}(?:[,.][0-9]*)?)\s*")
_BY_TYPE = {
    "TRF": LineKind.TRANSFER,
    "STO": LineKind.TRANSFER,
    "DDT": LineKind.DIRECT_DEBIT,
    "CHK": LineKind.CHEQUE,
    "CLR": LineKind.CHEQUE,
    "CHG": LineKind.FEE,
    "COM": LineKind.FEE,
    "INT": LineKind.INTEREST,
    "RTI": LineKind.RETURN,
}
#: Business transaction codes of the German banks (GVC) that say more than the type of SWIFT.
_BY_CODE = {
    **dict.fromkeys(("108", "109", "159", "181", "184"), LineKind.RETURN),
    **dict.fromkeys(("104", "105", "107", "171", "174", "004", "005"), LineKind.DIRECT_DEBIT),
    **dict.fromkeys(("051", "020", "116", "152", "153", "154", "156", "166", "191", "201"), LineKind.TRANSFER),
    **dict.fromkeys(("805", "808", "809", "835"), LineKind.FEE),
    **dict.fromkeys(("814", "815"), LineKind.INTEREST),
    **dict.fromkeys(("082", "083"), LineKind.CASH),
    **dict.fromkeys(("106",), LineKind.CARD),
    **dict.fromkeys(("001", "101", "070"), LineKind.CHEQUE),
}
#: In the supplement of :61: the amount that was ordered, and what the bank kept.
_ORDERED = re.compile(r"/OCMT/([A-Z]{3})([0-9]{1,12}(?:,[0-9]*)?)")
_CHARGES = re.compile(r"/CHGS/([A-Z]{3})([0-9]{1,12}(?:,[0-9]*)?)")
_NONE_GIVEN = frozenset({"N", "NONREF", "NOTPROVIDED", "KREF+", "EREF+"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a :61: says."""

    booked: date
    valued: date
    amount: Decimal  #: signed
    kind: str  #: "NTRF"
    reference: str  #: of the customer
    bank_reference: str
    supplement: str

    def line(self, currency: str, details: Details) -> BankLine:
        """The line, with what :86: adds."""
        original, original_currency = self._ordered(currency)
        return BankLine(
            booked=self.booked,
            amount=self.amount,
            currency=currency,
            valued=self.valued,
            kind=self._line_kind(details),
            text=joined(details.text, self.supplement),
            reference=details.reference,
            end_to_end=details.end_to_end or self.reference,
            payer=details.payer,
            payer_iban=details.payer_iban,
            bank_reference=self.bank_reference,
            charges=self._charges(currency),
            original_amount=original,
            original_currency=original_currency,
        )

    def _ordered(self, currency: str) -> tuple[Decimal | None, str]:
        """What was ordered, where it is not what arrived."""
        found = _ORDERED.search(self.supplement)
        if found is None:
            return None, ""
        ordered = _amount(found[2], found[1])
        return (None, "") if (ordered, found[1]) == (abs(self.amount), currency) else (ordered, found[1])

    def _charges(self, currency: str) -> Decimal:
        found = _CHARGES.search(self.supplement)
        return _amount(found[2], currency) if found is not None and found[1] == currency else Decimal(0)

    def _line_kind(self, details: Details) -> LineKind:
        by_type = _BY_TYPE.get(self.kind[1:], LineKind.OTHER)
        if by_type in (LineKind.RETURN, LineKind.FEE, LineKind.INTEREST):
            return by_type
        found = _BY_CODE.get(details.code, by_type)
        return found if found is not LineKind.OTHER else kind_of_label(joined(details.label, details.text))


def read_movement(lines: tuple[str, ...], currency: str) -> Movement:
    """The movement in the lines of a :61:. Raises BadValue."""
    found = _MOVEMENT.fullmatch(lines[0])
    if found is None:
        raise BadValue(
            Text(
                fr=f"le champ :61: « {shown(lines[0])} » ne se lit pas.",
                en=f'the field :61: "{shown(lines[0])}" cannot be read.',
            ),
            _ASK,
        )
    value_day, entry_day, direction, _, figures, kind, references = found.groups()
    valued = _day(value_day)
    customer, _, bank = references.partition("//")
    # A reversed credit takes money out, a reversed debit brings it back.
    sign = 1 if direction in ("C", "RD") else -1
    return Movement(
        booked=_entry_day(entry_day, valued),
        valued=valued,
        amount=sign * _amount(figures, currency),
        kind=kind or "",
        reference="" if customer.strip() in _NONE_GIVEN else plain(customer),
        bank_reference="" if bank.strip() in _NONE_GIVEN else plain(bank),
        supplement=plain(" ".join(lines[1:])),
    )


def read_balance(lines: tuple[str, ...]) -> tuple[Balance, str]:
    """The balance in a :60: or :62:, and its currency. Raises BadValue."""
    found = _BALANCE.fullmatch(lines[0])
    if found is None:
        raise BadValue(
            Text(
                fr=f"le solde « {shown(lines[0])} » ne se lit pas.",
                en=f'the balance "{shown(lines[0])}" cannot be read.',
            ),
            _ASK,
        )
    direction, day, currency, figures = found.groups()
    amount = _amount(figures, currency)
    return Balance(on=_day(day), amount=amount if direction == "C" else -amount), currency


def _amount(figures: str, currency: str) -> Decimal:
    return exact_amount(Decimal(figures.replace(",", ".")), currency)


def _day(text: str) -> date:
    return day_of_two_digit_year(int(text[:2]), int(text[2:4]), int(text[4:]), shown_as=text)


def _entry_day(text: str | None, valued: date) -> date:
    """The entry date has no year: it is the one that brings it nearest to the date of value."""
    if not text:
        return valued
    days = []
    for year in (valued.year - 1, valued.year, valued.year + 1):
        try:
            days.append(bank_day(year, int(text[:2]), int(text[2:]), shown_as=text))
        except BadValue:
            continue  # 29 February is in one year of four
    if not days:
        raise BadValue(
            Text(fr=f"« {text} » n'est pas une date (MMJJ).", en=f'"{text}" is no date (MMDD).'),
            _ASK,
        )
    return min(days, key=lambda day: abs(day - valued))
