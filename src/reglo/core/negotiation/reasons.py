"""What each lever gives or asks, in a sentence that speaks to the customer's interest. For `letter`."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.money import round_half_up
from reglo.core.negotiation.deal import Offer
from reglo.core.negotiation.levers import Lever
from reglo.core.terms import DiscountTier, NothingGained, annual_cost, delay_text, due_dates, penalty_text, share_text
from reglo.core.terms.figures import amount_text, percent_text

_COLON = "\N{NO-BREAK SPACE}:"
_Reason = Callable[[Offer], Text]


def _give_delay(offer: Offer) -> Text:
    delay = delay_text(offer.terms.delay)
    return Text(
        fr=f"Plus de temps pour payer, {delay.fr}{_COLON} votre trésorerie dispose plus longtemps de cet argent.",
        en=f"More time to pay, {delay.en}: your cash has the use of this money for longer.",
    )


def _ask_delay(offer: Offer) -> Text:
    delay = delay_text(offer.terms.delay)
    return Text(
        fr=f"Un paiement {delay.fr}{_COLON} des délais courts nous permettent de vous servir sans interruption.",
        en=f"Payment {delay.en}: short delays let us supply you without interruption.",
    )


def _give_deposit(offer: Offer) -> Text:
    if offer.terms.deposit is None:
        return Text(
            fr="Aucun acompte\N{NO-BREAK SPACE}: vous n'avancez rien avant d'avoir été livré.",
            en="No deposit: you advance nothing before you are supplied.",
        )
    share = share_text(offer.terms.deposit)
    return Text(
        fr=f"Un acompte ramené à {share.fr} à la commande{_COLON} vous avancez moins d'argent.",
        en=f"A deposit brought down to {share.en} on order: you advance less money.",
    )


def _ask_deposit(offer: Offer) -> Text:
    share = share_text(offer.terms.deposit)
    return Text(
        fr=f"Un acompte de {share.fr} à la commande{_COLON} il réserve pour vous matières et capacités.",
        en=f"A deposit of {share.en} on order: it reserves materials and capacity for you.",
    )


def _give_instalments(_offer: Offer) -> Text:
    return Text(
        fr="Un paiement en plusieurs échéances, qui lisse la charge sur votre trésorerie.",
        en="Payment in instalments, which spreads the load on your cash.",
    )


def _ask_instalments(_offer: Offer) -> Text:
    return Text(
        fr="Un paiement par échéances plus proches, qui suivent l'avancement de ce que nous vous fournissons.",
        en="Payment in nearer instalments, which follow the progress of what we supply.",
    )


def _give_discount(offer: Offer) -> Text:
    tiers = offer.terms.discounts
    if not tiers:
        return Text(fr="Des conditions sans escompte.", en="Terms without a discount.")
    tier = max(tiers, key=lambda each: each.percent)
    percent, yearly = percent_text(tier.percent), _yield(tier, offer)
    french = f"Un escompte de {percent.fr} si vous payez sous {tier.days} jours, à votre choix à chaque facture"
    english = f"A discount of {percent.en} if you pay within {tier.days} days, yours to take on each invoice"
    if yearly is None:
        return Text(fr=f"{french}.", en=f"{english}.")
    return Text(
        fr=f"{french}{_COLON} c'est un placement sans risque à {yearly.fr} par an.",
        en=f"{english}: that is an investment without risk at {yearly.en} a year.",
    )


def _ask_discount(offer: Offer) -> Text:
    if not offer.terms.discounts:
        return Text(
            fr="De renoncer à l'escompte, ce qui simplifie vos paiements et nos factures.",
            en="To do without the discount, which makes your payments and our invoices simpler.",
        )
    percent = percent_text(max(tier.percent for tier in offer.terms.discounts))
    return Text(
        fr=f"Un escompte de {percent.fr}, qui reste à votre choix à chaque facture.",
        en=f"A discount of {percent.en}, which stays yours to take on each invoice.",
    )


def _give_penalty(offer: Offer) -> Text:
    said = _penalty(offer)
    return Text(
        fr=f"Des pénalités de retard ramenées à{_COLON} {said.fr}.", en=f"Late penalties brought down to: {said.en}."
    )


def _ask_penalty(offer: Offer) -> Text:
    said = _penalty(offer)
    return Text(
        fr=f"Des pénalités de retard{_COLON} {said.fr}. Elles ne coûtent rien à qui paie à l'heure.",
        en=f"Late penalties: {said.en}. They cost nothing to who pays on time.",
    )


def _penalty(offer: Offer) -> Text:
    penalty = offer.terms.penalty
    return Text(fr="celles de la loi", en="those of the law") if penalty is None else penalty_text(penalty)


def _give_price(offer: Offer) -> Text:
    price = price_words(offer)
    return Text(
        fr=f"Un effort sur les prix ({price.fr}), acquis sur chaque commande.",
        en=f"An effort on prices ({price.en}), yours on every order.",
    )


def _ask_price(offer: Offer) -> Text:
    price = price_words(offer)
    return Text(
        fr=f"Des prix revus ({price.fr}), qui maintiennent la qualité et le service que vous connaissez.",
        en=f"Revised prices ({price.en}), which keep up the quality and service that you know.",
    )


def price_words(offer: Offer) -> Text:
    """The change of price: «−2 %»."""
    if not offer.price_percent:
        return Text(fr="ceux d'aujourd'hui", en="those of today")
    percent = percent_text(abs(offer.price_percent))
    sign = "−" if offer.price_percent < 0 else "+"
    return Text(fr=f"{sign}{percent.fr}", en=f"{sign}{percent.en}")


def _give_volume(offer: Offer) -> Text:
    if offer.volume is None:
        return Text(fr="Aucun engagement de volume.", en="No commitment of volume.")
    return _committed(offer, Text(fr="que vous tenez plus aisément", en="which is easier to meet"))


def _ask_volume(offer: Offer) -> Text:
    return _committed(
        offer, Text(fr="qui nous permet de vous réserver nos capacités", en="which lets us reserve capacity for you")
    )


def _committed(offer: Offer, why: Text) -> Text:
    volume = amount_text(offer.volume or Decimal(0))
    return Text(
        fr=f"Un engagement de {volume.fr} hors taxes par an, {why.fr}.",
        en=f"A commitment of {volume.en} a year without tax, {why.en}.",
    )


def _give_minimum_order(offer: Offer) -> Text:
    if offer.minimum_order is None:
        return Text(
            fr="Aucun minimum de commande\N{NO-BREAK SPACE}: vous commandez au plus près de vos besoins.",
            en="No minimum order: you order as closely to your needs as you like.",
        )
    least = amount_text(offer.minimum_order)
    return Text(
        fr=f"Un minimum de commande ramené à {least.fr} hors taxes{_COLON} moins de stock chez vous.",
        en=f"A minimum order brought down to {least.en} without tax: less stock on your side.",
    )


def _ask_minimum_order(offer: Offer) -> Text:
    if offer.minimum_order is None:
        return Text(fr="Des commandes sans minimum.", en="Orders without a minimum.")
    least = amount_text(offer.minimum_order)
    return Text(
        fr=f"Des commandes d'au moins {least.fr} hors taxes{_COLON} moins de livraisons à recevoir et de factures.",
        en=f"Orders of {least.en} at least without tax: fewer deliveries to receive and fewer invoices.",
    )


GIVES: Mapping[Lever, _Reason] = {
    Lever.DELAY: _give_delay,
    Lever.DEPOSIT: _give_deposit,
    Lever.INSTALMENTS: _give_instalments,
    Lever.DISCOUNT: _give_discount,
    Lever.PENALTY: _give_penalty,
    Lever.PRICE: _give_price,
    Lever.VOLUME: _give_volume,
    Lever.MINIMUM_ORDER: _give_minimum_order,
}
ASKS: Mapping[Lever, _Reason] = {
    Lever.DELAY: _ask_delay,
    Lever.DEPOSIT: _ask_deposit,
    Lever.INSTALMENTS: _ask_instalments,
    Lever.DISCOUNT: _ask_discount,
    Lever.PENALTY: _ask_penalty,
    Lever.PRICE: _ask_price,
    Lever.VOLUME: _ask_volume,
    Lever.MINIMUM_ORDER: _ask_minimum_order,
}


def _yield(tier: DiscountTier, offer: Offer) -> Text | None:
    """What taking the discount brings a year against the last lawful day of the balance; None where it gains no day."""
    issued = date(2026, 1, 15)  # any ordinary day of a month
    last = max(each.date for each in due_dates(offer.terms, invoice_date=issued))
    try:
        percent = annual_cost(tier, days=(last - issued).days).simple
    except NothingGained:
        return None
    return percent_text(round_half_up(percent, 1))
