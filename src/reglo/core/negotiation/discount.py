"""Between which percentages an early-payment discount helps both sides: the band between the two costs of money."""

from dataclasses import dataclass
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.negotiation.deal import LEAST_MONEY, MOST_MONEY, Deal, Offer, Side, UnusableDeal
from reglo.core.negotiation.sums import Mix, Sums, plain_mix, rounded
from reglo.core.negotiation.year import Leg, worth_after
from reglo.core.terms.figures import number_text, percent_text

_PLACES = 4
_WORTH_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class DiscountBand:
    """A discount of more than `least` is worth taking for the customer; of less than `most`, worth giving for us.

    Percent of what is invoiced, to four decimals. Below zero where money is worth more later than now.
    """

    days: Decimal  #: by which payment comes earlier, on average
    least: Decimal  #: where the customer neither gains nor loses
    most: Decimal  #: where we neither gain nor lose

    @property
    def is_open(self) -> bool:
        """Whether a discount lies in between that leaves both better off."""
        return self.least < self.most

    @property
    def middle(self) -> Decimal:
        """The percentage in the middle of the band."""
        return (self.least + self.most) / 2

    @property
    def why(self) -> Text:
        """In a sentence."""
        least, most = percent_text(self.least), percent_text(self.most)
        days = number_text(self.days)
        if self.is_open:
            return Text(
                fr=f"Pour {days.fr} jours gagnés, un escompte entre {least.fr} et {most.fr} profite aux deux.",
                en=f"For {days.en} days gained, a discount between {least.en} and {most.en} helps both.",
            )
        return Text(
            fr=(
                f"Pour {days.fr} jours gagnés, le client voudrait {least.fr} et nous ne pouvons donner que {most.fr}"
                "\N{NO-BREAK SPACE}: aucun escompte ne profite aux deux."
            ),
            en=f"For {days.en} days gained, the customer would want {least.en} and we can give {most.en} only: no "
            "discount helps both.",
        )


def discount_band(days: Decimal, *, own_money_percent: Decimal, their_money_percent: Decimal) -> DiscountBand:
    """The band for payment `days` earlier, tax apart: 1 − (1 + rate) ^ (−days ÷ 365), for each rate.

    It says the same as the compounded yearly cost of a discount (`terms.annual_cost`): a discount helps both if its
    yearly cost lies between the two costs of money.
    """
    if not (days.is_finite() and 0 < days <= 3650):
        raise UnusableDeal(
            Text(
                fr="Un escompte avance le paiement d'un jour au moins, de dix ans au plus.",
                en="A discount brings payment forward by a day at least, by ten years at most.",
            ),
            field="days",
        )
    rates = (their_money_percent, own_money_percent)
    least, most = (100 * (1 - worth_after(_growth(rate), float(days))) for rate in rates)
    return DiscountBand(days, rounded(least, _PLACES), rounded(most, _PLACES))


def discount_band_of(offer: Offer, deal: Deal, *, within_days: int) -> DiscountBand:
    """The band from the sums of the year, for payment `within_days` of the invoice instead of as `offer` has it.

    Payment expected by habit, tax and its settlement count; discounts of the offer itself and the expected loss do not.
    Raises UnusableDeal if payment within these days comes no earlier than it is expected to, or is worth nothing.
    """
    sums = Sums(deal)
    position = sums.position(offer)
    invoice = position.gross / position.orders
    late = sums.mix(offer.terms, invoice, takes_discounts=False)
    early = plain_mix(offer.terms, sums.year(deal.orders), invoice, within_days)
    gained = late.sum_of("days") - early.sum_of("days")
    if gained <= 0:
        raise UnusableDeal(
            Text(
                fr=f"Payer sous {within_days} jours n'avance rien\N{NO-BREAK SPACE}: c'est déjà ce qui est attendu.",
                en=f"Payment within {within_days} days is no earlier than what is expected already.",
            ),
            field="within_days",
        )
    _, balance = early.parts[-1]
    tax = position.vat / position.gross
    own, their = (
        _threshold(_net_worth(early, side, taken) - _net_worth(late, side, taken), _leg_worth(balance, side, taken))
        for side, taken in ((Side.OURS, tax), (Side.THEIRS, tax if deal.deducts_vat else 0.0))
    )
    return DiscountBand(rounded(gained, 1), rounded(their, _PLACES), rounded(own, _PLACES))


def _net_worth(mix: Mix, side: Side, tax: float) -> float:
    """Worth of a euro with tax less that of the tax in it."""
    return sum(share * _leg_worth(leg, side, tax) for share, leg in mix.parts)


def _leg_worth(leg: Leg, side: Side, tax: float) -> float:
    return leg.own - tax * leg.vat_own if side is Side.OURS else leg.their - tax * leg.vat_their


def _growth(percent: Decimal) -> float:
    if not (percent.is_finite() and LEAST_MONEY <= percent <= MOST_MONEY):
        raise UnusableDeal(
            Text(fr="Un coût de l'argent va de −50 à 200 % par an.", en="A cost of money is −50 to 200% a year."),
            field="money_percent",
        )
    return 1 + float(percent) / 100


def _threshold(gained: float, balance: float) -> float:
    """The percentage off the balance that is worth what is gained by early payment.

    balance: worth of a euro of it, less that of its tax.
    """
    if balance <= _WORTH_NOTHING:
        raise UnusableDeal(
            Text(
                fr="À ce coût de l'argent, un paiement si lointain ne vaut pas la TVA avancée\N{NO-BREAK SPACE}: "
                "rapprochez-le.",
                en="At this cost of money, payment so far off is not worth the VAT advanced: bring it nearer.",
            ),
            field="within_days",
        )
    return 100 * gained / balance
