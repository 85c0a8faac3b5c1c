"""Instalment plans (*échéanciers*): made within limits that the user set, and judged by what was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, pairwise

from reglo.core.dates import Region, add_months, is_business_day, next_business_day
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import minor_units, round_half_up
from reglo.core.terms.figures import amount_text, percent_text


class InvalidPlan(DomainError):
    """A plan that does not add up, or is outside the limits."""

    code = "invalid-plan"


class PlanState(StrEnum):
    """What has become of a plan."""

    RESPECTED = "respected"
    LATE = "late"  #: an instalment is missing, and the days of grace are not over
    BROKEN = "broken"  #: they are
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, order=True)
class Instalment:
    """One part of a plan (*échéance*)."""

    on: date  #: last day to pay it
    amount: Decimal  #: with tax, over 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who pays how much on which days."""

    instalments: tuple[Instalment, ...]  #: in order of days
    currency: str = "EUR"

    @property
    def total(self) -> Decimal:
        """What the instalments add up to."""
        return sum((each.amount for each in self.instalments), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLimits:
    """What the user allows a customer to ask for without being asked itself."""

    most_months: int = 6  #: from today to the last instalment
    least_instalment: Decimal = Decimal(100)  #: with tax, in the currency of the debt
    first_share: Decimal = Decimal("0.20")  #: least part of the debt that the first instalment pays
    first_within_days: int = 15  #: last day of the first instalment, from today (or the business day after it)


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid on a plan."""

    on: date
    amount: Decimal


def equal_plan(
    amount: Decimal, *, count: int, first: date, currency: str = "EUR", region: Region = Region.FRANCE
) -> Plan:
    """`amount` in `count` monthly instalments from `first` on, equal but for the cents, which the first one takes.

    Days without banking move to the next business day. Raises InvalidPlan if there is nothing to divide.
    """
    unit = Decimal(1).scaleb(-minor_units(currency))
    if not (amount.is_finite() and 1 <= count <= amount / unit and amount == amount.quantize(unit)):
        raise InvalidPlan(
            Text(
                fr=f"{amount} ne se divise pas en {count} échéances d'au moins un centime.",
                en=f"{amount} cannot be divided into {count} instalments of a cent or more.",
            ),
            field="count",
        )
    each = (amount / count // unit) * unit
    amounts = [amount - each * (count - 1), *[each] * (count - 1)]
    days = [next_business_day(add_months(first, month), region) for month in range(count)]
    return Plan(instalments=tuple(map(Instalment, days, amounts)), currency=currency)


def suggested_plan(
    amount: Decimal,
    *,
    count: int,
    today: date,
    limits: PlanLimits,
    currency: str = "EUR",
    region: Region = Region.FRANCE,
) -> Plan:
    """A plan of `count` instalments that begins with the share that `limits` ask first, then equal months.

    Raises InvalidPlan if no such plan is within the limits.
    """
    first_day = next_business_day(today + timedelta(days=min(7, limits.first_within_days)), region)
    asked = round_half_up(amount * limits.first_share, minor_units(currency))
    plan = equal_plan(amount, count=count, first=first_day, currency=currency, region=region)
    if count > 1 and plan.instalments[0].amount < asked:
        rest = equal_plan(
            amount - asked, count=count - 1, first=add_months(first_day, 1), currency=currency, region=region
        )
        plan = Plan(instalments=(Instalment(first_day, asked), *rest.instalments), currency=currency)
    require_plan(plan, amount=amount, today=today, limits=limits, region=region)
    return plan


def require_plan(
    plan: Plan, *, amount: Decimal, today: date, limits: PlanLimits | None = None, region: Region = Region.FRANCE
) -> None:
    """Raise InvalidPlan for the first thing that keeps `plan` from being agreed for a debt of `amount`.

    limits: None where the user itself decides; then only what makes it a plan at all is asked.
    """
    problem = _problem_of_form(plan, amount, today, region)
    if problem is None and limits is not None:
        problem = _problem_of_limits(plan, today, limits, region)
    if problem is not None:
        raise InvalidPlan(problem, field="instalments")


def _problem_of_form(plan: Plan, amount: Decimal, today: date, region: Region) -> Text | None:
    if not plan.instalments:
        return Text(fr="Un échéancier a au moins une échéance.", en="A plan has at least one instalment.")
    if any(not each.amount.is_finite() or each.amount <= 0 for each in plan.instalments):
        return Text(fr="Chaque échéance est un montant positif.", en="Each instalment is a positive amount.")
    if plan.total != amount:
        told, owed = amount_text(plan.total, plan.currency), amount_text(amount, plan.currency)
        return Text(
            fr=f"Les échéances font {told.fr}, la dette {owed.fr}.",
            en=f"The instalments add up to {told.en}, the debt is {owed.en}.",
        )
    if any(after.on <= before.on for before, after in pairwise(plan.instalments)) or plan.instalments[0].on < today:
        return Text(
            fr="Les dates se suivent, à partir d'aujourd'hui.",
            en="The days follow each other, from today on.",
        )
    for each in plan.instalments:
        if not is_business_day(each.on, region):
            return Text(
                fr=f"Les banques ne travaillent pas le {each.on:%d/%m/%Y}.",
                en=f"Banks do not work on {each.on:%Y-%m-%d}.",
            )
    return None


def _problem_of_limits(plan: Plan, today: date, limits: PlanLimits, region: Region) -> Text | None:
    first, last = plan.instalments[0], plan.instalments[-1]
    least, least_text = limits.least_instalment, amount_text(limits.least_instalment, plan.currency)
    if len(plan.instalments) > 1 and any(each.amount < least for each in plan.instalments):
        return Text(
            fr=f"Une échéance est d'au moins {least_text.fr}.", en=f"An instalment is at least {least_text.en}."
        )
    if last.on > next_business_day(add_months(today, limits.most_months), region):
        return Text(
            fr=f"Le dernier paiement vient dans les {limits.most_months} mois.",
            en=f"The last payment comes within {limits.most_months} months.",
        )
    if first.on > next_business_day(today + timedelta(days=limits.first_within_days), region):
        return Text(
            fr=f"Le premier paiement vient dans les {limits.first_within_days} jours.",
            en=f"The first payment comes within {limits.first_within_days} days.",
        )
    if first.amount < round_half_up(plan.total * limits.first_share, minor_units(plan.currency)):
        share = percent_text(limits.first_share * 100)
        return Text(
            fr=f"Le premier paiement est d'au moins {share.fr} de la dette.",
            en=f"The first payment is at least {share.en} of the debt.",
        )
    return None


def judge_plan(plan: Plan, *, payments: Iterable[Payment], today: date, grace_days: int = 3) -> PlanState:
    """Say what has become of `plan`, given what was paid on it until `today`; what is paid early counts for later.

    A plan that was broken on a day and then caught up is respected again: what matters is whether it is on time now.
    grace_days: calendar days for the bank to book an instalment paid on its last day.
    """
    paid = sum((each.amount for each in payments if each.on <= today), Decimal(0))
    missing = missing_instalment(plan, paid)
    if missing is None:
        return PlanState.COMPLETED
    if today <= missing.on:
        return PlanState.RESPECTED
    return PlanState.LATE if today <= missing.on + timedelta(days=grace_days) else PlanState.BROKEN


def missing_instalment(plan: Plan, paid: Decimal) -> Instalment | None:
    """The first instalment that `paid` does not cover, with what is missing of it; None when all is paid."""
    reached = accumulate(each.amount for each in plan.instalments)
    for each, until in zip(plan.instalments, reached, strict=True):
        if paid < until:
            return Instalment(each.on, min(each.amount, until - paid))
    return None
