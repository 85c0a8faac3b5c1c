"""What is negotiated and under which circumstances: the deal, and an offer made within it.

Figures come in as Decimal, as a person types them. Sums are made in floats (`sums`) and leave rounded to the cent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reglo.core.errors import DomainError
from reglo.core.figures import is_usable, unusable
from reglo.core.findings import Text
from reglo.core.habit import Habit
from reglo.core.money import round_half_up
from reglo.core.parties import VatRegime
from reglo.core.terms import BuyerKind, PaymentTerms, Sector
from reglo.core.terms.figures import number_text

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
MOST_EUROS = Decimal(10) ** 12  #: that a sum of floats tells to the cent
LEAST_MONEY, MOST_MONEY = Decimal(-50), Decimal(200)  #: percent a year
_FIRST_YEAR, _LAST_YEAR = 1990, 9900
_MONTHS_A_YEAR = 12


class UnusableDeal(DomainError):
    """Figures with which no negotiation can be worked out: no volume, a margin over 100 %, a band upside down."""

    code = "unusable-deal"


class Side(StrEnum):
    """Whose chair one sits on."""

    OURS = "ours"  #: the seller
    THEIRS = "theirs"  #: the buyer


@dataclass(frozen=True, slots=True)
class Band:
    """A guess, and between what it may lie (*fourchette*). Percent a year."""

    low: Decimal
    likely: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        for name in ("low", "likely", "high"):
            _within(getattr(self, name), LEAST_MONEY, MOST_MONEY, f"their_money.{name}")
        if not self.low <= self.likely <= self.high:
            raise UnusableDeal(
                Text(
                    fr="La fourchette va du plus bas au plus haut, le plus probable au milieu.",
                    en="A band goes from the lowest to the highest, with the likeliest in between.",
                ),
                field="their_money",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How late the customer is expected to pay, in calendar days from the due date; below zero is early."""

    days: Decimal = _ZERO  #: expected
    spread: Decimal = _ZERO  #: between the quartiles
    is_known: bool = False  #: from its own payments, not taken for granted

    def __post_init__(self) -> None:
        _within(self.days, Decimal(-365), Decimal(3650), "lateness.days")
        _within(self.spread, _ZERO, Decimal(3650), "lateness.spread")


def lateness_of(habit: Habit | None) -> Lateness:
    """What a payment habit makes one expect. Without one: payment on the due date, said to be a guess."""
    if habit is None:
        return Lateness()
    return Lateness(days=round_half_up(habit.weighted, 1), spread=round_half_up(habit.spread, 1), is_known=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Terms that one side puts on the table, with what is agreed beside the day of payment."""

    terms: PaymentTerms = field(default_factory=PaymentTerms)
    price_percent: Decimal = _ZERO  #: change of all prices against those of the deal; −2 is 2 % cheaper
    volume: Decimal | None = None  #: committed a year, without tax, at the prices of the deal
    minimum_order: Decimal | None = None  #: least order, without tax, at the prices of the deal

    def __post_init__(self) -> None:
        _within(self.price_percent, Decimal("-99.99"), Decimal(1000), "price_percent")
        for name in ("volume", "minimum_order"):
            value = getattr(self, name)
            if value is not None:
                _positive(value, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A year of business with a customer, a prospect or under a tender. Raises UnusableDeal for unusable figures."""

    yearly_net: Decimal  #: expected volume, EUR without tax, over 0
    from_day: date  #: first day of the representative year
    margin_percent: Decimal  #: share of the net price that is left after the costs of what is sold
    own_money_percent: Decimal  #: our cost of money a year: overdraft, factoring, or yield of spare cash
    their_money: Band  #: the customer's, estimated
    months: tuple[Decimal, ...] = (Decimal(1),) * _MONTHS_A_YEAR  #: weights of January to December
    orders: int = 12  #: invoices a year, 1 or more
    order_cost: Decimal = _ZERO  #: what one order costs us to handle, EUR
    lead_days: int = 0  #: from order, when a deposit is paid, to invoice
    vat_percent: Decimal = Decimal(20)
    vat_regime: VatRegime = VatRegime.DEBITS  #: goods count as debits; receipts is for services without the option
    deducts_vat: bool = True  #: whether the customer gets the tax back; not a town, a doctor, a consumer
    vat_day: int = 20  #: of the month, on which the tax of the month before is settled
    lateness: Lateness = field(default_factory=Lateness)
    default_percent: Decimal = _ZERO  #: probability that the customer fails within a year
    penalties_paid_percent: Decimal = _ZERO  #: share of penalties owed that is claimed and paid; most are not
    take_up_percent: Decimal | None = None  #: probability that a discount is taken; None: when it is worth it to them
    current: Offer = field(default_factory=Offer)  #: what holds today, against which all is measured
    sector: Sector = Sector.GENERAL
    buyer_kind: BuyerKind = BuyerKind.BUSINESS
    periodic: bool = False  #: invoices sum up several deliveries (CGI 289 I 3)

    def __post_init__(self) -> None:
        _positive(self.yearly_net, "yearly_net")
        for name, value, least, most in self._bounds():
            _within(value, least, most, name)
        if len(self.months) != _MONTHS_A_YEAR or not sum(self.months):
            raise UnusableDeal(
                Text(
                    fr="La répartition donne un poids à chacun des douze mois, dont un au moins n'est pas nul.",
                    en="The spread gives each of the twelve months a weight, and not all are nothing.",
                ),
                field="months",
            )

    def _bounds(self) -> Iterator[tuple[str, Decimal, Decimal, Decimal]]:
        yield "from_day", Decimal(self.from_day.year), Decimal(_FIRST_YEAR), Decimal(_LAST_YEAR)
        for month in self.months:
            yield "months", month, _ZERO, MOST_EUROS
        yield "orders", Decimal(self.orders), Decimal(1), Decimal(100_000)
        yield "order_cost", self.order_cost, _ZERO, MOST_EUROS
        yield "lead_days", Decimal(self.lead_days), _ZERO, Decimal(730)
        yield "vat_percent", self.vat_percent, _ZERO, _HUNDRED
        yield "vat_day", Decimal(self.vat_day), Decimal(1), Decimal(28)
        yield "margin_percent", self.margin_percent, -_HUNDRED, _HUNDRED
        yield "own_money_percent", self.own_money_percent, LEAST_MONEY, MOST_MONEY
        yield "default_percent", self.default_percent, _ZERO, _HUNDRED
        yield "penalties_paid_percent", self.penalties_paid_percent, _ZERO, _HUNDRED
        if self.take_up_percent is not None:
            yield "take_up_percent", self.take_up_percent, _ZERO, _HUNDRED


def _positive(value: Decimal, name: str) -> None:
    if not (is_usable(value) and 0 < value <= MOST_EUROS):
        raise UnusableDeal(
            Text(
                fr=f"Il faut ici un montant au-dessus de zéro\N{NO-BREAK SPACE}: {value}.",
                en=f"This must be an amount above zero: {value}.",
            ),
            field=name,
        )


def _within(value: Decimal, least: Decimal, most: Decimal, name: str) -> None:
    if not is_usable(value):
        raise UnusableDeal(unusable(value), field=name)
    if not least <= value <= most:
        given, low, high = number_text(value), number_text(least), number_text(most)
        raise UnusableDeal(
            Text(
                fr=f"La valeur va de {low.fr} à {high.fr}, pas {given.fr}.",
                en=f"The value is {low.en} to {high.en}, not {given.en}.",
            ),
            field=name,
        )
