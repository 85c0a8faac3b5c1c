"""Late-payment interest, day by day, told in as few lines as base and rate allow."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from reglo.core.dates import HalfYear
from reglo.core.findings import Text
from reglo.core.interest.account import Account
from reglo.core.interest.model import (
    AppliedRate,
    Claim,
    Credit,
    DayCount,
    Imputation,
    InterestLine,
    InterestStatement,
    InvalidClaim,
)
from reglo.core.interest.penalties import applied_rate, penalty_owed, rate_day
from reglo.core.money import minor_units
from reglo.core.rates import RateTable
from reglo.core.terms.model import RECOVERY_INDEMNITY, BuyerKind, PaymentTerms

_ONE_DAY = timedelta(days=1)
_LAST_YEAR = 9900
_USUAL_TERMS = PaymentTerms()


def late_interest(
    claim: Claim,
    *,
    until: date,
    credited: Iterable[Credit] = (),
    terms: PaymentTerms = _USUAL_TERMS,
    buyer_kind: BuyerKind = BuyerKind.BUSINESS,
    rates: RateTable | None = None,
    day_count: DayCount = DayCount.ALWAYS_365,
    imputation: Imputation = Imputation.PRINCIPAL_FIRST,
) -> InterestStatement:
    """Interest on what is unpaid of `claim`, from the day after its due date to `until`, both included.

    Owed by right, without a reminder (C. com. L441-10 II; public buyers CCP L2192-13). `terms` give the penalty rate
    and the indemnity; where they have none, the law's own serve. Interest bears no interest (C. civ. 1343-2).

    Rounding: each day is exact, the total is rounded half-up once. A line shows by how much it raises the rounded
    running total, so that the lines shown add up to the total, to the cent.

    credited: payments and credit notes in any order; those after `until` do not count. rates: the rates to use, by
    default those that Réglo ships. Raises NoLateInterest for a consumer, RateUnknown before the first known half-year.
    """
    for field, day in (("until", until), ("due_date", claim.due_date)):
        if day.year > _LAST_YEAR:
            raise InvalidClaim(
                Text(fr=f"Une date après l'an {_LAST_YEAR}.", en=f"A date after the year {_LAST_YEAR}."), field=field
            )
    penalty = penalty_owed(terms.penalty, buyer_kind)
    counted = sorted((each for each in credited if each.date <= until), key=lambda each: each.date)
    account = Account(principal=claim.amount, places=minor_units(claim.currency), imputation=imputation)
    _settle(account, (each for each in counted if each.date <= claim.due_date))

    lines: list[InterestLine] = []
    for first, last in _stretches(claim, until, counted):
        rate = applied_rate(penalty, rate_day(first, claim.due_date, buyer_kind), rates)
        if account.principal > 0:
            lines.append(_line(account, _Stretch(first, last, rate, _year_days(first, day_count))))
        _settle(account, (each for each in counted if each.date == last and each.date > claim.due_date))
    return InterestStatement(
        claim=claim,
        until=until,
        lines=tuple(_merged(lines)),
        total=account.interest,
        interest_paid=account.interest_paid,
        principal_due=account.principal,
        overpaid=account.overpaid,
        indemnity=_indemnity(terms, buyer_kind) if lines else Decimal(0),
        day_count=day_count,
        imputation=imputation,
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days in a row with one rate."""

    first: date
    last: date
    rate: AppliedRate
    year_days: int


def _stretches(claim: Claim, until: date, counted: list[Credit]) -> Iterator[tuple[date, date]]:
    """The late days, cut where the half-year changes and after each day with a credit."""
    first = claim.due_date + _ONE_DAY
    cuts = {each.date + _ONE_DAY for each in counted}
    half_year = HalfYear.of(first).following
    while half_year.first_day <= until:
        cuts.add(half_year.first_day)
        half_year = half_year.following
    starts = [first, *sorted(cut for cut in cuts if first < cut <= until)]
    ends = [*(start - _ONE_DAY for start in starts[1:]), until]
    if first <= until:
        yield from zip(starts, ends, strict=True)


def _line(account: Account, stretch: _Stretch) -> InterestLine:
    days = (stretch.last - stretch.first).days + 1
    exact = Fraction(account.principal) * Fraction(stretch.rate.percent) * days / (100 * stretch.year_days)
    return InterestLine(
        first=stretch.first,
        last=stretch.last,
        base=account.principal,
        rate=stretch.rate,
        year_days=stretch.year_days,
        exact=exact,
        interest=account.accrue(exact),
    )


def _merged(lines: Iterable[InterestLine]) -> Iterator[InterestLine]:
    """Neighbours with one base and rate as one line: a fixed rate does not change with the half-year."""
    open_line: InterestLine | None = None
    for line in lines:
        if open_line is not None and _is_same(open_line, line):
            open_line = InterestLine(
                first=open_line.first,
                last=line.last,
                base=line.base,
                rate=line.rate,
                year_days=line.year_days,
                exact=open_line.exact + line.exact,
                interest=open_line.interest + line.interest,
            )
            continue
        if open_line is not None:
            yield open_line
        open_line = line
    if open_line is not None:
        yield open_line


def _is_same(before: InterestLine, after: InterestLine) -> bool:
    return (before.base, before.rate, before.year_days) == (after.base, after.rate, after.year_days)


def _settle(account: Account, credits_of_day: Iterable[Credit]) -> None:
    for credit in credits_of_day:
        account.settle(credit)


def _year_days(day: date, day_count: DayCount) -> int:
    return 366 if day_count is DayCount.ACTUAL and calendar.isleap(day.year) else 365


def _indemnity(terms: PaymentTerms, buyer_kind: BuyerKind) -> Decimal:
    """By right, whatever the terms leave out: C. com. D441-5, CCP D2192-35."""
    if buyer_kind.is_public or terms.indemnity is None:
        return RECOVERY_INDEMNITY
    return max(terms.indemnity, RECOVERY_INDEMNITY)
