"""Firms, what they owe, and how they and their banks write it."""

import random
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.bank import BankLine, LineKind
from reglo.core.composition.reference import creditor_reference
from reglo.core.matching import CustomerFacts, Discount, KnownIban, OpenItem, SettledItem
from tests.core.matching.mess.labelled import Labelled, Mess
from tests.core.matching.mess.words import FORMS, SURNAMES, TOWNS, TRADES

_PRICES = [Decimal(each) for each in ("49.00", "99.00", "58.80", "118.80", "240.00", "1200.00", "600.00", "360.00")]
_CENT = Decimal("0.01")
_FIRST = date(2026, 1, 2)
_STATEMENT = date(2026, 5, 4)


@dataclass(slots=True)
class Firm:
    """What the generator knows of a customer, and matching only in part."""

    key: int
    name: str
    iban: str
    is_known: bool
    payer: str  #: as its bank writes it
    open: list[OpenItem] = field(default_factory=list)
    paid: list[SettledItem] = field(default_factory=list)


class Generator:
    def __init__(self, dice: random.Random, shape: str) -> None:
        self.dice = dice
        self.shape = shape
        self.made = Mess()
        self.firms: list[Firm] = []
        self._number = 0
        self._day = _STATEMENT
        self._owners: dict[int, int] = {}

    # What is open

    def fill(self, items: int) -> None:
        while len(self.made.items) < items:
            firm = self._firm(len(self.firms) + 1)
            self.firms.append(firm)
            self._bill(firm)
        self._in_order_of_dates()

    def _firm(self, key: int) -> Firm:
        dice = self.dice
        words = [dice.choice(SURNAMES)]
        words += dice.sample(TRADES, dice.choice([0, 1, 1, 1, 2]))
        words += [dice.choice(TOWNS)] if dice.random() < 0.3 else []
        words += [self.coined()] if dice.random() < 0.6 or len(words) == 1 else []
        dice.shuffle(words)
        name = " ".join([*words, dice.choice(FORMS)])
        country = dice.choices(["FR76", "DE12", "BE68", "US00", "MA64"], [88, 4, 4, 2, 2])[0]
        iban = country + "".join(dice.choices(string.digits, k=20))
        known = dice.random() < 0.6
        ibans = (KnownIban(iban=iban, since=date(2025, 9, 1)),) if known else ()
        names = (name, self.coined().title()) if dice.random() < 0.15 else (name,)
        self.made.customers.append(CustomerFacts(key=key, names=names, ibans=ibans))
        return Firm(key, name, iban, known, self.as_a_bank_writes(dice.choice(names)))

    def coined(self) -> str:
        return "".join(
            self.dice.choice(("ba", "co", "di", "fer", "lu", "mo", "na", "ri", "so", "tel", "vi", "xa"))
            for _ in range(3)
        ).title()

    def as_a_bank_writes(self, name: str) -> str:
        """Capitals, the legal form moved, dropped or dotted, words turned, cut at 35 or before, now and then a slip."""
        dice, words = self.dice, name.upper().split()
        match dice.randrange(6):
            case 0 | 1 if len(words) > 1:
                words = words[:-1]
            case 2 if len(words) > 1:
                words = [words[-1], *words[:-1]]
            case 3 if len(words) > 1:
                words = [*words[:-1], ".".join(words[-1]) + "."]
            case 4:
                dice.shuffle(words)
        written = " ".join(words)
        if dice.random() < 0.12:
            written = self.slip(written)
        return written[: dice.choice([35, 35, 35, 27, 70])].strip()

    def slip(self, text: str) -> str:
        at = self.dice.randrange(1, len(text) - 1)
        match self.dice.randrange(3):
            case 0:
                return text[:at] + text[at + 1 :]
            case 1:
                return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return (
            text[:at]
            + self.dice.choice(string.digits if text[at].isdigit() else string.ascii_uppercase)
            + text[at + 1 :]
        )

    def _bill(self, firm: Firm) -> None:
        dice = self.dice
        count = dice.choices([1, 2, 3, 4, 6, 10, 25], [25, 22, 18, 14, 12, 7, 2])[0]
        subscription = dice.choice(_PRICES) if dice.random() < 0.15 else None
        for _ in range(count):
            amount = subscription or self.amount()
            issued = _FIRST + timedelta(days=dice.randrange(115))
            firm.open.append(self._item(firm, amount, issued))
        if dice.random() < 0.12:
            whole = max(each.amount for each in firm.open)
            firm.open.append(self._item(firm, -(whole * Decimal("0.1")).quantize(_CENT), _FIRST + timedelta(days=100)))
        for _ in range(dice.choice([0, 0, 1, 2])):
            paid = _FIRST - timedelta(days=dice.randrange(5, 60))
            amount = subscription or self.amount()
            old = SettledItem(
                key=1_000_000 + len(self.made.settled), customer=firm.key, amount=amount, currency="EUR", paid=paid,
                number=self.shape.replace("2026", "2025").format(50000 + len(self.made.settled)),
            )  # fmt: skip
            firm.paid.append(old)
            self.made.settled.append(old)

    def amount(self) -> Decimal:
        dice = self.dice
        if dice.random() < 0.25:
            return dice.choice(_PRICES)
        if dice.random() < 0.35:
            return Decimal(dice.randrange(5, 400)) * 12
        return Decimal(dice.randrange(3000, 900_000)) / 100

    def _item(self, firm: Firm, amount: Decimal, issued: date) -> OpenItem:
        discounts: tuple[Discount, ...] = ()
        if amount > 100 and issued > _STATEMENT - timedelta(days=25) and self.dice.random() < 0.5:
            pays = (amount * Decimal("0.98")).quantize(_CENT)
            discounts = (Discount(last_day=_STATEMENT + timedelta(days=40), amount=pays),)
        item = OpenItem(
            key=len(self.made.items) + 1, customer=firm.key, number="", amount=amount, currency="EUR", issued=issued,
            due=issued + timedelta(days=30), discounts=discounts,
        )  # fmt: skip
        self.made.items.append(item)
        return item

    def _in_order_of_dates(self) -> None:
        """Give numbers in the order of dates, across customers, as a series does."""
        self.dice.shuffle(self.made.items)
        self.made.items.sort(key=lambda item: item.issued)
        numbered = dict[int, OpenItem]()
        for place, item in enumerate(self.made.items, 1):
            number = self.shape.format(place)
            reference = creditor_reference(number)
            numbered[item.key] = replace(item, number=number, references=(reference,) if reference else ())
        self.made.items = list(numbered.values())
        self._owners = {item.key: item.customer for item in self.made.items}
        for firm in self.firms:
            firm.open = sorted(
                (numbered[item.key] for item in firm.open), key=lambda item: (item.due, item.issued, item.key)
            )

    # What is paid

    def write(self, lines: int, makers: Mapping[str, "Maker"], weights: Mapping[str, float]) -> None:
        """Fill the statement, each line of a kind drawn by its weight; some need what a firm has not, and give none."""
        while len(self.made.lines) < lines:
            self._day = _STATEMENT + timedelta(days=len(self.made.lines) * 25 // lines)
            firm = self.dice.choice(self.firms)
            kind = self.dice.choices(list(weights), list(weights.values()))[0]
            labelled = makers[kind](self, firm)
            if labelled:
                self._use(labelled)
                self.made.lines.append(labelled)

    def _use(self, labelled: Labelled) -> None:
        """Items of the truth are paid now, wholly or so far."""
        for key in {each.item for each in labelled.allocations}:
            owned = self.firms[self._owners[key] - 1].open
            place = next(at for at, each in enumerate(owned) if each.key == key)
            left = owned[place].amount - sum(each.amount for each in labelled.allocations if each.item == key)
            owned[place : place + 1] = [replace(owned[place], amount=left, discounts=())] if left else []

    def line(self, firm: Firm, amount: Decimal, text: str, **more: object) -> BankLine:
        """As the bank of the firm sends it. Some banks tell neither name nor account apart from the text."""
        told: dict[str, object] = {"payer": firm.payer, "payer_iban": firm.iban}
        lead = self.dice.choice(["VIR SEPA RECU", "VIREMENT", "VIR INST RECU", ""])
        if self.dice.random() < 0.12:
            told = {}
            text = f"{lead} {firm.payer} {text}"
        else:
            text = f"{lead} {text}"
        told.update(more)
        return BankLine(
            booked=self._day, amount=amount, currency="EUR", kind=LineKind.TRANSFER, text=" ".join(text.split()), **told
        )  # type: ignore[arg-type]  # **told holds fields of a bank line

    def number(self, item: OpenItem) -> str:
        """The number of an invoice in one of the spellings that people use."""
        number, dice = item.number, self.dice
        plain = number.replace("-", "").replace("/", "")
        cut = dice.randrange(2, len(plain) - 1)
        bare = "-".join(part.lstrip("0") or "0" for part in number.replace("/", "-").split("-"))
        return dice.choice(
            [
                number, number, number, number, number.lower(), plain, bare, number.replace("-", " "),
                number.replace("-", "/"),
                plain[:cut] + " " + plain[cut:], number.lstrip(string.ascii_uppercase), number.replace("0", "O", 1),
                number.replace("-", "_"), number.replace("-", " - "),
            ]
        )  # fmt: skip

    def words(self) -> str:
        """What people write before a number."""
        return self.dice.choice(
            ["FACTURE", "FACT", "Fact. n°", "REGLEMENT FACTURE", "REF", "RGLT", "", "votre facture n°", "/INV/"]
        )

    def filler(self) -> str:
        """What people write where they name nothing."""
        return self.dice.choice(
            ["", "REGLEMENT", "VOTRE FACTURE", "SOLDE", "MERCI", "PAIEMENT FOURNISSEUR", "NOTPROVIDED", "VIR 0405"]
        )

    def one(self, firm: Firm) -> OpenItem | None:
        """An invoice that the customer pays next: mostly the oldest."""
        invoices = [item for item in firm.open if item.amount > 0]
        if not invoices:
            return None
        return invoices[0] if self.dice.random() < 0.6 else self.dice.choice(invoices)

    def unnamed(self, firm: Firm) -> OpenItem | None:
        """An invoice that the customer pays without a word: among invoices of the same amount, the oldest."""
        item = self.one(firm)
        return item and next(each for each in firm.open if each.amount == item.amount)

    def some(self, firm: Firm) -> list[OpenItem]:
        """Two to five invoices, mostly the oldest."""
        invoices = [item for item in firm.open if item.amount > 0]
        if len(invoices) < 2:
            return []
        count = self.dice.randint(2, min(5, len(invoices)))
        if self.dice.random() < 0.6:
            return invoices[:count]
        return sorted(self.dice.sample(invoices, count), key=lambda item: item.key)


Maker = Callable[[Generator, Firm], Labelled | None]
