"""The firm's bank: what its customers pay, when and how they write it, told by statements that are brought to Réglo.

A customer has its habit; what it promised or agreed to pay in parts comes before it. Statements are files of the bank
(camt.053), read, taken in and matched by the services that the pages call; a person accepts what Réglo proposes.
"""

import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from demo import firm
from reglo.banking.errors import AlreadyDecided, CannotSettle
from reglo.banking.models import AsideReason, LineState, StatementLine
from reglo.banking.services.importing import receive_bank_file, take_in_bank_file
from reglo.banking.services.lines import accept_candidate, set_lines_aside
from reglo.core.bank import Balance, BankAccount, BankLine, LineKind, Statement
from reglo.core.composition import creditor_reference
from reglo.core.dates import next_business_day
from reglo.customers.models import Customer
from reglo.formats.bank import write_camt053
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import MoreThanOpen
from reglo.organisations.models import Organisation

_CENT = Decimal("0.01")
_OPENING = Decimal("18450.20")
_MONTHLY = (
    ("LOYER ATELIER SCI DES TABLES CLAUDIENNES", Decimal("-1450.00"), AsideReason.SUPPLIER, LineKind.DIRECT_DEBIT),
    ("URSSAF RHONE ALPES COTISATIONS", Decimal("-3218.00"), AsideReason.TAX, LineKind.DIRECT_DEBIT),
    ("VIR SALAIRES", Decimal("-11940.37"), AsideReason.STAFF, LineKind.TRANSFER),
    ("LUMINAIRES ET COMPOSANTS GROSSISTE", Decimal("-17260.00"), AsideReason.SUPPLIER, LineKind.TRANSFER),
    ("COTISATION COMPTE PROFESSIONNEL", Decimal("-14.90"), AsideReason.FEE, LineKind.FEE),
)


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a customer pays."""

    delay: float  #: days from the due date, on average
    spread: float
    writing: str  #: what it writes on a transfer: "reference", "number", "loose", "nothing"
    merges: float  #: how often it pays what is due together


_HABITS = (
    _Habit(-1, 2, "reference", 0.2),
    _Habit(2, 3, "number", 0.2),
    _Habit(4, 4, "reference", 0.6),
    _Habit(9, 6, "loose", 0.3),
    _Habit(0, 2, "number", 0.1),
    _Habit(16, 8, "nothing", 0.5),
    _Habit(3, 3, "reference", 0.2),
    _Habit(26, 12, "loose", 0.3),
)


class Bank:
    """The account of the firm, and everybody who pays to it."""

    def __init__(self, *, first_day: date, seed: int, folder: Path) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.balance = _OPENING
        self.told_until = first_day
        self.folder = folder  #: where the files of the bank are kept
        for former in folder.glob("releve-*.xml"):
            former.unlink()
        self.days: dict[int, date | None] = {}  #: when an open item is paid; None while its customer does not mean to
        self.parts: list[tuple[date, Decimal, OpenItem]] = []  #: what is agreed: day, amount, what it begins to pay

    def pays_on(self, items: Sequence[OpenItem], day: date | None) -> None:
        """A customer means to pay items on another day than it usually would; None is not for now."""
        for item in items:
            self.days[item.pk] = day

    def pays_in_parts(self, items: Sequence[OpenItem], parts: Sequence[tuple[date, Decimal]]) -> None:
        """A customer pays what it owes by instalments."""
        self.pays_on(items, None)
        self.parts += [(day, amount, items[0]) for day, amount in parts]

    def tell(self, organisation: Organisation, *, by: Actor, now: datetime) -> None:
        """Bring the statement of the days since the last, as the bank's site gives it."""
        last = now.date() - timedelta(days=1)
        lines = sorted(self._lines(organisation, last), key=lambda line: line.booked)
        opening = Balance(on=self.told_until, amount=self.balance)
        self.balance += sum((line.amount for line in lines), Decimal(0))
        self.told_until = last
        statement = Statement(
            account=BankAccount(iban=firm.IBAN, currency="EUR", owner=firm.SELLER.name),
            lines=tuple(lines),
            identifier=f"{last:%Y%m%d}",
            opening=opening,
            closing=Balance(on=last, amount=self.balance),
        )
        content = write_camt053(statement)
        name = f"releve-{last.isoformat()}.xml"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)
        file = receive_bank_file(organisation=organisation, file_name=name, content=content, by=by, now=now)
        take_in_bank_file(organisation=organisation, file_id=file.pk, by=by, now=now)

    def clear_up(self, organisation: Organisation, *, until: date, by: Actor, now: datetime) -> None:
        """A person goes through what is proposed and what is no customer's, up to a day."""
        lines = StatementLine.objects.of(organisation).filter(booked__lte=until).order_by("booked", "pk")
        for line in lines.filter(state=LineState.PROPOSED):
            try:
                accept_candidate(
                    organisation=organisation, line_id=line.pk, version=line.version, rank=0, by=by, now=now
                )
            except (AlreadyDecided, CannotSettle, MoreThanOpen):
                continue  # one of the same money was accepted just now; it is proposed anew
        waiting = lines.filter(state=LineState.WAITING, amount_minor__lt=0)
        for text, _, reason, _ in _MONTHLY:
            ids = list(waiting.filter(text__startswith=text).values_list("pk", flat=True))
            set_lines_aside(organisation=organisation, line_ids=ids, reason=reason, by=by, now=now)

    # What comes in and goes out

    def _lines(self, organisation: Organisation, last: date) -> Iterator[BankLine]:
        owed = OpenItem.objects.of(organisation).filter(side=Side.DEBIT, open_minor__gt=0, currency="EUR")
        paid = defaultdict[Customer, list[OpenItem]](list)
        for item in owed.select_related("customer").order_by("due_date", "pk"):
            day = self._day(item)
            if day is not None and day <= last:
                paid[item.customer].append(item)
        for customer, items in paid.items():
            yield from self._transfers(customer, items, last)
        yield from self._parts(last)
        yield from self._monthly(last)

    def _day(self, item: OpenItem) -> date | None:
        if item.pk not in self.days:
            habit = _habit(item.customer)
            due = item.due_date or item.document_date
            delay = max(self.chance.gauss(habit.delay, habit.spread), -8)
            self.days[item.pk] = next_business_day(max(due + timedelta(days=round(delay)), item.document_date))
        return self.days[item.pk]

    def _transfers(self, customer: Customer, items: list[OpenItem], last: date) -> Iterator[BankLine]:
        habit = _habit(customer)
        together = [items] if len(items) > 1 and self.chance.random() < habit.merges else [[each] for each in items]
        for group in together:
            day = max(self.told_until + timedelta(days=1), *(self.days[each.pk] or last for each in group))
            amount = sum((Decimal(each.open_minor) for each in group), Decimal(0)) * _CENT
            if len(group) == 1 and self.chance.random() < 0.02:
                amount = (amount * Decimal("0.6")).quantize(_CENT)
                self.days[group[0].pk] = last + timedelta(days=self.chance.randint(15, 30))
            yield self._transfer(customer, amount, min(day, last), [each.reference for each in group])

    def _transfer(self, customer: Customer, amount: Decimal, day: date, numbers: list[str]) -> BankLine:
        writing = _habit(customer).writing
        reference = creditor_reference(numbers[0]) if writing == "reference" and len(numbers) == 1 else None
        name = _as_banks_write(customer.name)
        return BankLine(
            booked=day,
            amount=amount,
            currency="EUR",
            kind=LineKind.TRANSFER,
            text=" ".join((f"VIR SEPA {name}", _said(writing, numbers))).strip(),
            reference=reference or "",
            payer=name,
            payer_iban=firm.iban(customer.pk) if customer.country == "FR" else "",
        )

    def _parts(self, last: date) -> Iterator[BankLine]:
        due = [each for each in self.parts if each[0] <= last]
        self.parts = [each for each in self.parts if each[0] > last]
        for day, amount, item in due:
            numbers = ["ECHEANCIER", item.reference]
            yield self._transfer(item.customer, amount, max(day, self.told_until + timedelta(days=1)), numbers)

    def _monthly(self, last: date) -> Iterator[BankLine]:
        day = self.told_until + timedelta(days=1)
        while day <= last:
            if day.day == 5:
                for text, amount, _, kind in _MONTHLY:
                    yield BankLine(booked=day, amount=amount, currency="EUR", kind=kind, text=f"{text} {day:%m/%Y}")
            day += timedelta(days=1)


def _habit(customer: Customer) -> _Habit:
    return _HABITS[customer.pk * 5 % len(_HABITS)]


def _said(writing: str, numbers: list[str]) -> str:
    """What a customer writes of the numbers that it pays."""
    if writing == "nothing":
        return ""
    if writing == "loose":
        return "FACT " + " ".join(each.replace("F20", "").replace("-", " ") for each in numbers)
    return " ".join(numbers)


def _as_banks_write(name: str) -> str:
    """Capitals without accents, cut at 35 signs."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return bare.upper()[:35].strip()
