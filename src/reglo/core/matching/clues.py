"""What a bank line says: which items it names, who seems to pay, which months it tells."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from reglo.core.bank import BankLine
from reglo.core.folding import folded
from reglo.core.matching.index import MatchingIndex
from reglo.core.matching.model import OpenItem, SettledItem
from reglo.core.matching.numbers import Strength, compact, is_one_slip_away, runs_of, spelt
from reglo.core.matching.reasons import Reason, ReasonKind
from reglo.core.money import minor_amount

_MONTHS = (
    ("janvier", "january", "janv"),
    ("fevrier", "february", "fevr"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july", "juil"),
    ("aout", "august"),
    ("septembre", "september", "sept"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMED_MONTH = re.compile(rf"\b({'|'.join(sorted(_MONTH, key=len, reverse=True))})\b")
_MONTH_OF_YEAR = re.compile(r"(?<![0-9/.-])(0[1-9]|1[0-2])[/.-]20[0-9]{2}\b")

#: Where a euro transfer arrives whole: Regulation (EU) 260/2012, and the countries of the European Payments Council.
_SEPA = re.compile(
    "AD|AL|AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GG|GI|GR|HR|HU|IE|IM|IS|IT|JE|LI|LT|LU|LV|MC|MD|ME|MK|MT|NL|NO|PL|PT"
    "|RO|RS|SE|SI|SK|SM|VA"
)

_SAME = 0.86  #: likeness of names from which they are one
_ALIKE = 0.65  #: from which a name agrees with a number that is named
_WHOLE = 0.8  #: of a name and the text that has it
_RATHER = 0.5  #: from which a customer is worth a look
_AHEAD = 0.1  #: by how much the second must be less like
_MOST_PAYERS = 5
_LEAST = 4  #: signs of a number that one may recognise with a slip


@dataclass(frozen=True, slots=True)
class Payer:
    """A customer that may be who paid."""

    customer: int
    weight: int  #: 0 to 30
    is_same: bool  #: account, learnt name, or as good as the same name
    is_strong: bool  #: nobody else fits as well, or all who share the account
    reason: Reason


class Clues:
    """What a line says, each part worked out when it is asked for."""

    def __init__(self, line: BankLine, index: MatchingIndex) -> None:
        self.line = line
        self.index = index
        self.target = minor_amount(line.amount, line.currency)
        self.text = " | ".join(part for part in (line.reference, line.end_to_end, line.text) if part)
        self._owed: dict[int, list[OpenItem]] = {}
        self._nearly: dict[str, bool] = {}
        self.strengths = index.named_in(self.text, line.currency)

    def owed(self, customer: int) -> list[OpenItem]:
        """What is open of a customer in the currency of the line, oldest due first."""
        if customer not in self._owed:
            self._owed[customer] = self.index.of_customer(customer, self.line.currency)
        return self._owed[customer]

    @cached_property
    def named(self) -> list[OpenItem]:
        """Items that are named plainly."""
        return [item for item in self._open(self.strengths) if self.strengths[item.key] >= Strength.NUMBER]

    @cached_property
    def hinted(self) -> list[OpenItem]:
        """Items of which a part of the number is named."""
        return [item for item in self._open(self.strengths) if self.strengths[item.key] is Strength.PART]

    def _open(self, keys: dict[int, Strength]) -> list[OpenItem]:
        return [item for key in keys if (item := self.index.item(key)) is not None]

    @cached_property
    def settled(self) -> list[SettledItem]:
        """Items that are named plainly, and paid already."""
        return self.index.settled_named_in(self.text)

    @cached_property
    def payers(self) -> dict[int, Payer]:
        """Who may have paid, best first: by account, by a name learnt, by name."""
        found = {each.customer: each for each in (*self._by_account(), *self._by_learnt_name())}
        doubted = set[int]()
        for payer in self._by_name():
            if payer.is_strong and found and payer.customer not in found:
                doubted.update(found)
            found.setdefault(payer.customer, payer)
        if doubted and (strangers := {key for key in doubted if not self._bears_the_name(key)}):
            found = {key: _doubted(each) if key in strangers else each for key, each in found.items()}
        return dict(list(found.items())[:_MOST_PAYERS])

    def _bears_the_name(self, customer: int) -> bool:
        return customer in self.index.known_as(self.line.payer) or self._likeness(customer) >= _RATHER

    def _likeness(self, customer: int) -> float:
        return dict(self._likes).get(customer, 0.0)

    def _by_account(self) -> list[Payer]:
        owners = self.index.owners_of(self.line.payer_iban)
        return [
            Payer(key, 30, True, True, Reason(kind=ReasonKind.IBAN, name=self.index.name(key), on=owners[key]))
            for key in sorted(owners)
        ]

    def _by_learnt_name(self) -> list[Payer]:
        """By a name that paid before. A holding may pay for several: from a new account its name alone is no proof."""
        found = list[Payer]()
        for key in sorted(self.index.known_as(self.line.payer)):
            is_strong = not self.line.payer_iban or key in self.index.owners_of(self.line.payer_iban)
            reason = Reason(kind=ReasonKind.PAYER_KNOWN, name=self.index.name(key), word=self.line.payer)
            found.append(Payer(key, 28, True, is_strong, reason))
        return found

    def _by_name(self) -> list[Payer]:
        likes = [each for each in self._likes if each[1] >= (_RATHER if self.line.payer else _WHOLE)]
        second = likes[1][1] if len(likes) > 1 else 0.0
        found = list[Payer]()
        for at, (key, likeness) in enumerate(likes):
            is_same = likeness >= _SAME
            is_first = not at and (likeness - second >= _AHEAD or second < likeness == 1)
            reason = Reason(kind=ReasonKind.NAME if is_same else ReasonKind.NAME_ALIKE, name=self.index.name(key))
            found.append(Payer(key, round(26 * likeness), is_same, is_same and is_first, reason))
        return found

    @cached_property
    def _likes(self) -> tuple[tuple[int, float], ...]:
        names = self.index.names
        return names.find(self.line.payer) if self.line.payer else names.find_in_text(self.line.text)

    def agrees(self, customer: int) -> bool:
        """Whether account or name of the payer is that of a customer."""
        if customer in self.index.owners_of(self.line.payer_iban):
            return True
        if customer in self.index.known_as(self.line.payer) or self._likeness(customer) >= _ALIKE:
            return True
        return customer in self.payers and self.payers[customer].is_strong

    def strangers(self, customers: tuple[int, ...]) -> list[int]:
        """Customers that surely pay and are none of these."""
        return [key for key, payer in self.payers.items() if payer.is_strong and key not in customers]

    @cached_property
    def months(self) -> frozenset[int]:
        """Months that the text tells by name or as 03/2026."""
        plain = folded(self.line.text)
        named = {_MONTH[each] for each in _NAMED_MONTH.findall(plain)}
        return frozenset(named | {int(each) for each in _MONTH_OF_YEAR.findall(plain)})

    @cached_property
    def _words(self) -> list[str]:
        """Everything in the text that might be a number: runs of up to four that stand together."""
        runs = [each.sign for each in runs_of(spelt(self.text))]
        spans = ("".join(runs[start : start + length]) for start in range(len(runs)) for length in range(1, 5))
        return sorted({each for each in spans if any(sign.isdigit() for sign in each)})

    def nearly_names(self, item: OpenItem) -> bool:
        """Whether the text has the number of an item but for one slip."""
        if item.number not in self._nearly:
            number = compact(item.number)
            wanted = {number, number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
            self._nearly[item.number] = any(
                is_one_slip_away(word, each) for each in wanted if len(each) >= _LEAST for word in self._words
            )
        return self._nearly[item.number]

    def recalls(self, item: OpenItem) -> bool:
        """Whether the text has the last digits of a number by themselves: "fact 12"."""
        runs = runs_of(spelt(item.number))
        return bool(runs) and runs[-1].sign.isdigit() and runs[-1].bare in self._digits

    @cached_property
    def _digits(self) -> frozenset[str]:
        return frozenset(each.bare for each in runs_of(spelt(self.line.text)) if each.sign.isdigit())

    def tells_month_of(self, item: OpenItem) -> bool:
        """Whether the text tells the month in which an item was issued."""
        return item.issued.month in self.months

    @property
    def day(self) -> date:
        """The day on which the payer let go of the money, as near as the bank tells."""
        return min(self.line.booked, self.line.valued or self.line.booked)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether banks may have kept fees: from outside SEPA, or changed from another currency."""
        iban = self.line.payer_iban
        return bool(self.line.original_currency) or (bool(iban) and not _SEPA.match(iban))


def _doubted(payer: Payer) -> Payer:
    return replace(payer, weight=payer.weight - 6, is_same=False, is_strong=False)
