"""Proposals that help both sides (*propositions*), and what each costs the user before it is offered.

A proposal is the money it brings: on which days, how much. All costs are worked out from that and compared with what
would happen without it: the customer pays all on the day that its habit makes one expect.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from reglo.core.dates import Region, is_business_day
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.interest import Claim, Credit, InterestStatement, late_interest
from reglo.core.money import minor_units, round_half_up
from reglo.core.plans import Instalment, Plan
from reglo.core.rates import RateTable
from reglo.core.terms import BuyerKind, PaymentTerms
from reglo.core.terms.figures import amount_text, number_text


class InvalidProposal(DomainError):
    """A proposal that means nothing: a discount of everything, a day in the past or without banking."""

    code = "invalid-proposal"


class ProposalKind(StrEnum):
    """What is offered."""

    PLAN = "plan"  #: échéancier
    DISCOUNT = "discount"  #: a discount for payment now
    SPLIT = "split"  #: the undisputed part now, the rest when the dispute is settled
    LATER_DATE = "later-date"
    WAIVER = "waiver"  #: the penalties are given up if the debt is paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What the proposal is about, and what is expected without one."""

    amount: Decimal  #: open, with tax, over 0
    due: date
    expected_on: date  #: when it would be paid, by the customer's habit
    vat: Decimal = Decimal(0)  #: within `amount`: of a discount that part comes back from the state (CGI 272 1)
    currency: str = "EUR"
    terms: PaymentTerms = field(default_factory=PaymentTerms)
    buyer_kind: BuyerKind = BuyerKind.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is offered to a customer for a debt."""

    kind: ProposalKind
    payments: tuple[Instalment, ...]  #: what it brings, in order of days
    currency: str = "EUR"
    waives_penalties: bool = False  #: interest and indemnity are given up if it is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a proposal costs the user against waiting. Below zero is a gain."""

    time_value: Decimal  #: of money that comes later than expected, at the user's own cost of money
    discount: Decimal  #: given up of the debt, without the tax that comes back
    penalties: Decimal  #: given up of interest and indemnity
    days: Decimal  #: how much later than expected an average euro comes; below zero is earlier
    currency: str
    is_provisional: bool = False  #: a rate of interest is not known yet

    @property
    def total(self) -> Decimal:
        """All in all."""
        return self.time_value + self.discount + self.penalties

    @property
    def why(self) -> Text:
        """In a sentence."""
        later, days = self.days >= 0, number_text(abs(self.days))
        total = amount_text(abs(self.total), self.currency)
        french, english = ("Coûte", "Costs") if self.total >= 0 else ("Rapporte", "Gains")
        return Text(
            fr=f"{french} {total.fr}\N{NO-BREAK SPACE}; l'argent vient {days.fr} jours plus {_when(later).fr}.",
            en=f"{english} {total.en}; the money comes {days.en} days {_when(later).en}.",
        )


def _when(later: bool) -> Text:
    return Text(fr="tard", en="later") if later else Text(fr="tôt", en="earlier")


def plan_proposal(plan: Plan, *, waives_penalties: bool = False) -> Proposal:
    """Pay in the instalments of a plan, checked by `plans.require_plan`."""
    return Proposal(
        kind=ProposalKind.PLAN,
        payments=plan.instalments,
        currency=plan.currency,
        waives_penalties=waives_penalties,
    )


def discount_proposal(
    debt: Debt, *, percent: Decimal, by: date, today: date, region: Region = Region.FRANCE
) -> Proposal:
    """Pay `by` a day, less `percent` of the debt, rounded half-up. Penalties are given up with it."""
    if not (percent.is_finite() and 0 < percent < 100):
        raise InvalidProposal(
            Text(fr="Une remise est entre 0 et 100 %.", en="A discount is between 0 and 100%."), field="percent"
        )
    discount = round_half_up(debt.amount * percent / 100, minor_units(debt.currency))
    _require_day(by, today, region)
    payment = Instalment(by, debt.amount - discount)
    return Proposal(kind=ProposalKind.DISCOUNT, payments=(payment,), currency=debt.currency, waives_penalties=True)


def split_proposal(debt: Debt, *, disputed: Decimal, by: date, today: date, region: Region = Region.FRANCE) -> Proposal:
    """Pay the undisputed part `by` a day; the disputed part is counted on the expected day, or then if later."""
    if not (disputed.is_finite() and 0 < disputed < debt.amount):
        raise InvalidProposal(
            Text(
                fr="La part contestée est plus que rien et moins que le tout.",
                en="The disputed part is more than nothing and less than the whole.",
            ),
            field="disputed",
        )
    _require_day(by, today, region)
    parts = (Instalment(by, debt.amount - disputed), Instalment(max(debt.expected_on, by), disputed))
    return Proposal(kind=ProposalKind.SPLIT, payments=parts, currency=debt.currency)


def later_date_proposal(
    debt: Debt, *, on: date, today: date, waives_penalties: bool = False, region: Region = Region.FRANCE
) -> Proposal:
    """Pay all on a later day. Without a waiver, interest goes on from the first due date."""
    _require_day(on, today, region)
    return Proposal(
        kind=ProposalKind.LATER_DATE,
        payments=(Instalment(on, debt.amount),),
        currency=debt.currency,
        waives_penalties=waives_penalties,
    )


def waiver_proposal(debt: Debt, *, by: date, today: date, region: Region = Region.FRANCE) -> Proposal:
    """Pay all `by` a day, and the penalties are given up."""
    _require_day(by, today, region)
    return Proposal(
        kind=ProposalKind.WAIVER,
        payments=(Instalment(by, debt.amount),),
        currency=debt.currency,
        waives_penalties=True,
    )


def cost_of(proposal: Proposal, debt: Debt, *, money_percent: Decimal, rates: RateTable | None = None) -> Cost:
    """What `proposal` costs against payment of the whole on the expected day.

    money_percent: the user's own cost of money a year (an overdraft, a loan). Each amount is rounded half-up once.
    """
    places = minor_units(debt.currency)
    waived = _penalties(proposal.payments, debt, rates) if proposal.waives_penalties else None
    brought = sum((each.amount for each in proposal.payments), Decimal(0))
    euro_days = sum((each.amount * (each.on - debt.expected_on).days for each in proposal.payments), Decimal(0))
    return Cost(
        time_value=_rounded(Fraction(euro_days) * Fraction(money_percent) / 36500, places),
        discount=_own_part(debt.amount - brought, debt, places),
        penalties=waived.interest_due + waived.indemnity if waived else Decimal(0),
        days=_rounded(Fraction(euro_days) / Fraction(brought), 1),
        currency=debt.currency,
        is_provisional=waived is not None and waived.is_provisional,
    )


def _own_part(discount: Decimal, debt: Debt, places: int) -> Decimal:
    """A discount without the tax in it."""
    return _rounded(Fraction(discount) * Fraction(debt.amount - debt.vat) / Fraction(debt.amount), places)


def _rounded(value: Fraction, places: int) -> Decimal:
    scaled = value * 10**places
    sign = 1 if scaled >= 0 else -1
    return Decimal(sign * int(abs(scaled) + Fraction(1, 2))).scaleb(-places)


def _penalties(payments: Iterable[Instalment], debt: Debt, rates: RateTable | None) -> InterestStatement | None:
    """What would be owed by right until the last payment; a consumer owes none of it (C. com. L441-10)."""
    if debt.buyer_kind is BuyerKind.CONSUMER:
        return None
    credited = [Credit(date=each.on, amount=each.amount) for each in payments]
    return late_interest(
        Claim(amount=debt.amount, due_date=debt.due, currency=debt.currency),
        until=max(each.date for each in credited),
        credited=credited,
        terms=debt.terms,
        buyer_kind=debt.buyer_kind,
        rates=rates,
    )


def _require_day(day: date, today: date, region: Region) -> None:
    if day < today:
        raise InvalidProposal(Text(fr=f"Le {day:%d/%m/%Y} est passé.", en=f"{day:%Y-%m-%d} is past."), field="by")
    if not is_business_day(day, region):
        raise InvalidProposal(
            Text(
                fr=f"Les banques ne travaillent pas le {day:%d/%m/%Y}.",
                en=f"Banks do not work on {day:%Y-%m-%d}.",
            ),
            field="by",
        )
