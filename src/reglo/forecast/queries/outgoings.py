"""What will go out on which days, and what is at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from reglo.banking.queries.lines import accounts_with_lines, balance_before
from reglo.core.dates import add_months
from reglo.core.forecast import Outgoing
from reglo.core.money import from_minor
from reglo.forecast.models import Frequency, KnownOutgoing
from reglo.organisations.models import Organisation

_EUR = "EUR"
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """What is on the bank accounts in euro as a day begins, by their statements."""

    amount: Decimal
    accounts: int


def outgoings_of(organisation: Organisation) -> QuerySet[KnownOutgoing]:
    """All known outgoings, those that go on first."""
    return KnownOutgoing.objects.of(organisation).order_by("stopped_at", "kind", "pk")


def outgoings_between(organisation: Organisation, first: date, last: date) -> list[Outgoing]:
    """What goes out from `first` to `last`, both included, in order of days."""
    rows = outgoings_of(organisation).filter(stopped_at=None)
    found = [
        Outgoing(on=day, amount=from_minor(each.amount_minor, _EUR), label=str(each))
        for each in rows
        for day in days_of(each, first, last)
    ]
    return sorted(found, key=lambda each: each.on)


def days_of(outgoing: KnownOutgoing, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which it goes out."""
    end = min(last, outgoing.last_on or last)
    months = _MONTHS.get(Frequency(outgoing.frequency))
    if months is None:
        if first <= outgoing.first_on <= end:
            yield outgoing.first_on
        return
    passed = (first.year - outgoing.first_on.year) * 12 + first.month - outgoing.first_on.month
    number = max(passed // months - 1, 0)
    while (day := add_months(outgoing.first_on, number * months)) <= end:
        if day >= first:
            yield day
        number += 1


def at_hand(organisation: Organisation, *, today: date) -> AtHand | None:
    """What the statements say is on the accounts; None where no statement was imported."""
    accounts = accounts_with_lines(organisation)
    if not accounts:
        return None
    tomorrow = today + timedelta(days=1)
    cents = sum(balance_before(each, _EUR, tomorrow) for each in accounts)
    return AtHand(amount=from_minor(cents, _EUR), accounts=len(accounts))
