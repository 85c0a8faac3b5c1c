"""What a bank file brings: its statements, each with our account, its new lines and what does not add up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reglo.banking.models import BankStatement, KnownAccount, LineState, StatementLine
from reglo.core.bank import BankAccount as NamedAccount
from reglo.core.bank import BankLine, Statement
from reglo.core.bank_keys import LineKeys, Recognition, line_keys, recognise
from reglo.core.findings import Text
from reglo.core.money import minor_amount
from reglo.formats.bank import BankReading
from reglo.organisations.models import BankAccount, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A statement of a file, and what of it is new."""

    statement: Statement
    account: BankAccount | None  #: None until somebody says which one it is
    name: str  #: what the bank calls the account
    new: tuple[tuple[int, BankLine, LineKeys], ...] = ()  #: place in the statement, line and keys
    gap: Text | None = None  #: between the statement before and this one

    @property
    def first_day(self) -> date | None:
        """Of its lines, or of its balances where it has none."""
        days = [line.booked for line in self.statement.lines]
        balance = self.statement.opening or self.statement.closing
        return min(days, default=balance.on if balance else None)

    @property
    def last_day(self) -> date | None:
        """Of its lines or its closing balance."""
        days = [line.booked for line in self.statement.lines]
        closing = self.statement.closing
        return max([*days, *([closing.on] if closing else [])], default=self.first_day)


@dataclass(slots=True)
class _OfAccount:
    """All lines that a file has of one account."""

    lines: list[BankLine] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)  #: statement, place in it


def name_of(account: NamedAccount) -> str:
    """What a bank calls an account, as it is remembered; "" where the file does not say."""
    return (account.iban or account.number).replace(" ", "").upper()[:60]


def arrivals_of(
    organisation: Organisation, reading: BankReading, *, of_table: BankAccount | None = None
) -> list[Arrival]:
    """The statements of a file with their accounts and new lines.

    of_table: whose the lines are where the file names no account.
    """
    accounts = _Accounts(organisation, of_table)
    owners = [accounts.of(each.account) for each in reading.statements]
    grouped = defaultdict[int, _OfAccount](_OfAccount)
    for number, (statement, owner) in enumerate(zip(reading.statements, owners, strict=True)):
        if owner is not None:
            grouped[owner.pk].lines += statement.lines
            grouped[owner.pk].places += [(number, place) for place in range(len(statement.lines))]
    new: dict[int, list[tuple[int, BankLine, LineKeys]]] = defaultdict(list)
    for account_id, group in grouped.items():
        for (number, place), line, keys in _unknown(account_id, group, reading.format.source):
            new[number].append((place, line, keys))
    return [
        Arrival(
            statement=statement,
            account=owner,
            name=name_of(statement.account),
            new=tuple(new[number]),
            gap=_gap(owner, statement),
        )
        for number, (statement, owner) in enumerate(zip(reading.statements, owners, strict=True))
    ]


class _Accounts:
    """Which of our accounts a file means: as it was said before, by IBAN, or by the number within an IBAN."""

    def __init__(self, organisation: Organisation, of_table: BankAccount | None) -> None:
        self._known = {
            each.name: each.bank_account
            for each in KnownAccount.objects.of(organisation).select_related("bank_account")
        }
        self._ibans = {each.iban: each for each in BankAccount.objects.of(organisation)}
        self._of_table = of_table

    def of(self, account: NamedAccount) -> BankAccount | None:
        name = name_of(account)
        if not name:
            return self._of_table
        if (known := self._known.get(name) or self._ibans.get(name)) is not None:
            return known
        within = [each for iban, each in self._ibans.items() if len(name) >= 10 and name in iban]
        return within[0] if len(within) == 1 else None


def _unknown(account_id: int, group: _OfAccount, source: str) -> Iterable[tuple[tuple[int, int], BankLine, LineKeys]]:
    """The lines that are not stored yet. What the bank only announced is not counted as known once it books."""
    if not group.lines:
        return
    keys = line_keys(group.lines, source=source)
    days = [line.booked for line in group.lines]
    stored = StatementLine.objects.filter(bank_account_id=account_id, booked__range=(min(days), max(days)))
    known = (
        LineKeys(exact=exact, loose=loose, source=of)
        for exact, loose, of in stored.exclude(state=LineState.ANNOUNCED)
        .values_list("exact_key", "loose_key", "key_source")
        .iterator(chunk_size=5000)
    )
    for place, line, own, seen in zip(group.places, group.lines, keys, recognise(keys, known), strict=True):
        if seen is Recognition.NEW:
            yield place, line, own


def _gap(account: BankAccount | None, statement: Statement) -> Text | None:
    """What is missing between the statement before, as it is stored, and this one."""
    opening = statement.opening
    if account is None or opening is None:
        return None
    before = BankStatement.objects.filter(bank_account=account, closing_on__lte=opening.on).order_by(
        "-closing_on", "-pk"
    )
    last = before.filter(currency=statement.account.currency or "EUR").first()
    if last is None or last.closing_on is None or last.closing_minor is None:
        return None
    off = minor_amount(opening.amount, last.currency) - last.closing_minor
    if off == 0:
        return None
    return Text(
        fr=f"Le relevé précédent finit le {last.closing_on:%d/%m/%Y} sur un autre solde que celui qui ouvre celui-ci "
        f"(écart de {off / 100:.2f} {last.currency})\N{NO-BREAK SPACE}: il manque sans doute un relevé entre les deux.",
        en=f"The statement before ends on {last.closing_on.isoformat()} with another balance than this one begins with "
        f"(off by {off / 100:.2f} {last.currency}): a statement between them is probably missing.",
    )


def stored_preview(reading: BankReading, arrivals: Sequence[Arrival]) -> dict[str, Any]:
    """What the page shows of a file before it is taken in, as JSON."""
    return {
        "statements": [_stored(each) for each in arrivals],
        "faults": [_text(each.sentence()) for each in reading.faults],
    }


def _stored(arrival: Arrival) -> dict[str, Any]:
    statement = arrival.statement
    currency = statement.account.currency or "EUR"
    return {
        "name": arrival.name,
        "owner": statement.account.owner[:100],
        "account": arrival.account and arrival.account.pk,
        "identifier": statement.identifier[:100],
        "currency": currency,
        "first_day": arrival.first_day and arrival.first_day.isoformat(),
        "last_day": arrival.last_day and arrival.last_day.isoformat(),
        "opening_minor": minor_amount(statement.opening.amount, currency) if statement.opening else None,
        "closing_minor": minor_amount(statement.closing.amount, currency) if statement.closing else None,
        "lines": len(statement.lines),
        "new": len(arrival.new),
        "gap": arrival.gap and _text(arrival.gap),
    }


def _text(text: Text) -> Mapping[str, str]:
    return {"fr": text.fr, "en": text.en}
