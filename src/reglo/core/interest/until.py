"""How much of the interest of a statement had run by an earlier day: what each month adds, without counting anew."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from reglo.core.interest.account import rounded
from reglo.core.interest.model import InterestLine, InterestStatement
from reglo.core.money import minor_units


def interest_until(statement: InterestStatement, day: date) -> Decimal:
    """The interest that had run at the end of `day`, as a statement until that day has it: rounded half-up once.

    Days after the end of the statement add nothing.
    """
    exact = sum((_part(line, day) for line in statement.lines), Fraction(0))
    return rounded(exact, minor_units(statement.claim.currency))


def _part(line: InterestLine, day: date) -> Fraction:
    """What a line has brought by a day: each of its days bears the same."""
    days = (min(day, line.last) - line.first).days + 1
    return line.exact * max(days, 0) / line.days
