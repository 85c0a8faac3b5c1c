"""What an offer is worth to each side in a year against what holds today, with the working."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.negotiation.curves import Flow, Level, Lowest, cash_need, exposure_of, flows_of, lowest_point
from reglo.core.negotiation.deal import Deal, Offer, Side
from reglo.core.negotiation.sums import Cause, Position, Sums, money, rounded
from reglo.core.negotiation.working import assumptions, label, loss_working, working
from reglo.core.terms.figures import amount_text, number_text

_OURS = (
    Cause.PRICE,
    Cause.VOLUME,
    Cause.DISCOUNT,
    Cause.WAITING,
    Cause.VAT,
    Cause.PENALTIES,
    Cause.HANDLING,
    Cause.LOSS,
)
_THEIRS = (Cause.PRICE, Cause.DISCOUNT, Cause.WAITING, Cause.VAT, Cause.PENALTIES, Cause.STOCK)
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """One cause of a gain, and how its amount comes about."""

    cause: Cause
    label: Text
    amount: Decimal  #: EUR a year; below zero is a cost
    working: Text  #: the sum in words, to be shown


@dataclass(frozen=True, slots=True)
class Effect:
    """A level before and after."""

    before: Level
    after: Level

    @property
    def average(self) -> Decimal:
        """By how much the average rises."""
        return self.after.average - self.before.average

    @property
    def peak(self) -> Decimal:
        """By how much the peak rises."""
        return self.after.peak - self.before.peak


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an offer is worth to us a year, against today's terms. EUR."""

    gain: Decimal  #: below zero is a cost; exactly the sum of the lines
    lines: tuple[Line, ...]  #: causes that make a difference
    margin: Decimal  #: of today, EUR a year
    percent_of_margin: Decimal | None  #: gain ÷ margin; None where there is no margin above zero
    price_point: Decimal  #: what 1 % of price is worth today, paid as it is, penalties apart
    equivalent_price_percent: Decimal | None  #: gain ÷ price point; None where a price is worth nothing
    cash_need: Effect  #: *BFR*, tax included
    lowest_before: Lowest  #: of the cash of this deal
    lowest_after: Lowest
    exposure: Effect  #: what is owed, tax included
    expected_loss: Decimal  #: a year, if the customer fails, without the tax that comes back (CGI 272 1)
    expected_loss_working: Text
    expected_days: Decimal  #: from invoice to payment, of an average euro
    discount_percent: Decimal  #: given up for early payment, expected, of all that is invoiced
    assumptions: tuple[Text, ...]  #: what was taken for granted

    @property
    def cost(self) -> Decimal:
        """What is given up; below zero is a gain."""
        return -self.gain

    @property
    def why(self) -> Text:
        """In a sentence."""
        return _sentence(self.gain, self.equivalent_price_percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirWorth:
    """The same from the customer's chair, at its likely cost of money. EUR a year."""

    gain: Decimal  #: exactly the sum of the lines
    lines: tuple[Line, ...]
    price_point: Decimal  #: what 1 % of price costs it today
    equivalent_price_percent: Decimal | None  #: the change of price that would be worth the same: −gain ÷ price point
    credit: Effect  #: what it has for its own use meanwhile (*crédit fournisseur*), tax included
    assumptions: tuple[Text, ...]

    @property
    def cost(self) -> Decimal:
        """What it gives up; below zero is a gain."""
        return -self.gain


def worth_of(offer: Offer, deal: Deal, *, reference: Offer | None = None) -> Worth:
    """What `offer` is worth to us in a year of `deal`. reference: by default the current terms of the deal."""
    sums = Sums(deal)
    return own_worth(sums.position(offer), sums.position(reference or deal.current), deal)


def their_worth_of(offer: Offer, deal: Deal, *, reference: Offer | None = None) -> TheirWorth:
    """What `offer` is worth to the customer in a year of `deal`, as far as we can guess."""
    sums = Sums(deal)
    return their_worth(sums.position(offer), sums.position(reference or deal.current), deal)


def flows(offer: Offer, deal: Deal) -> tuple[Flow, ...]:
    """The dated cash that `offer` makes in a year of `deal`, to be laid over the forecast of the whole firm."""
    return flows_of(Sums(deal).position(offer))


def own_worth(after: Position, before: Position, deal: Deal) -> Worth:
    """Our worth from figures that are there already."""
    gained = after.own_worth - before.own_worth
    margin, point = before.ours[Cause.SALES] + before.ours[Cause.COSTS], _price_point(before, Side.OURS)
    return Worth(
        gain=money(gained),
        lines=_lines(Side.OURS, own_changes(after, before), after, before, deal),
        margin=money(margin),
        percent_of_margin=_percent(gained, margin),
        price_point=money(point),
        equivalent_price_percent=_percent(gained, point * 100),
        cash_need=Effect(cash_need(before, deal), cash_need(after, deal)),
        lowest_before=lowest_point(before),
        lowest_after=lowest_point(after),
        exposure=Effect(exposure_of(before, deal), exposure_of(after, deal)),
        expected_loss=money(-after.ours[Cause.LOSS]),
        expected_loss_working=loss_working(after, deal),
        expected_days=rounded(_mean_days(after), 1),
        discount_percent=rounded(after.mix.discount * 100, 2),
        assumptions=assumptions(deal, Side.OURS),
    )


def their_worth(after: Position, before: Position, deal: Deal) -> TheirWorth:
    """Their worth from figures that are there already."""
    gained, point = after.their_worth - before.their_worth, _price_point(before, Side.THEIRS)
    return TheirWorth(
        gain=money(gained),
        lines=_lines(Side.THEIRS, their_changes(after, before), after, before, deal),
        price_point=money(point),
        equivalent_price_percent=_percent(-gained, point * 100),
        credit=Effect(cash_need(before, deal), cash_need(after, deal)),
        assumptions=assumptions(deal, Side.THEIRS),
    )


def own_changes(after: Position, before: Position) -> dict[Cause, float]:
    """What changes for us, by cause; price is that of today's volume, volume that at the new price."""
    changes = {cause: after.ours[cause] - before.ours[cause] for cause in _OURS if cause in after.ours}
    changes[Cause.PRICE] = before.net * (after.price - before.price)
    sold = after.ours[Cause.SALES] - before.ours[Cause.SALES] + after.ours[Cause.COSTS] - before.ours[Cause.COSTS]
    changes[Cause.VOLUME] = sold - changes[Cause.PRICE]
    return {cause: changes[cause] for cause in _OURS}


def their_changes(after: Position, before: Position) -> dict[Cause, float]:
    """What changes for them, by cause."""
    return {cause: after.theirs[cause] - before.theirs[cause] for cause in _THEIRS}


def _lines(
    side: Side, changes: Mapping[Cause, float], after: Position, before: Position, deal: Deal
) -> tuple[Line, ...]:
    """Each line shows by how much it raises the rounded total, so that the lines add up to it to the cent."""
    lines, total = list[Line](), 0.0
    for cause, change in changes.items():
        amount = money(total + change) - money(total)
        total += change
        if amount:
            lines.append(Line(cause, label(cause, side), amount, working(cause, side, after, before, deal)))
    return tuple(lines)


def _price_point(position: Position, side: Side) -> float:
    """What a price higher by 1 % of the deal's prices is worth to us, or costs them, terms and volume unchanged."""
    per_price = (Cause.SALES, Cause.DISCOUNT, Cause.WAITING, Cause.VAT, Cause.LOSS)
    parts = position.ours if side is Side.OURS else position.theirs
    scaled = sum(parts.get(cause, 0.0) for cause in per_price) / (1 + position.price)
    return (scaled if side is Side.OURS else position.their_net - scaled) / 100


def _percent(value: float, whole: float) -> Decimal | None:
    return rounded(value / whole * 100, 2) if whole > _NOTHING else None


def _mean_days(position: Position) -> float:
    """Of an average euro that is paid."""
    paid = 1 - position.mix.discount
    return position.figures.days / paid if paid > _NOTHING else 0.0


def _sentence(gain: Decimal, price: Decimal | None) -> Text:
    if not gain:
        return Text(fr="Ne change rien en un an.", en="Changes nothing in a year.")
    amount = amount_text(abs(gain))
    french, english = ("Rapporte", "Gains") if gain >= 0 else ("Coûte", "Costs")
    if price is None:
        return Text(fr=f"{french} {amount.fr} par an.", en=f"{english} {amount.en} a year.")
    percent, up = number_text(abs(price)), price >= 0
    return Text(
        fr=(
            f"{french} {amount.fr} par an, comme une {'hausse' if up else 'baisse'} de prix de "
            f"{percent.fr}\N{NO-BREAK SPACE}%."
        ),
        en=f"{english} {amount.en} a year, like {'a rise' if up else 'a cut'} in price of {percent.en}%.",
    )
