"""In which levers an offer differs from another, in a few words: what stands in a row of a table."""

from collections.abc import Callable, Mapping

from reglo.core.findings import Text
from reglo.core.negotiation import Lever, Offer, moved_levers
from reglo.core.terms import delay_text, penalty_text, share_text
from reglo.core.terms.figures import amount_text, percent_text

_SAME = Text(fr="conditions d'aujourd'hui", en="today's terms")
_NBSP = "\N{NO-BREAK SPACE}"


def differences(offer: Offer, base: Offer) -> Text:
    """What `offer` changes in `base`: «à 60 jours, prix −1 %»."""
    said = [_WORDS[lever](offer) for lever in moved_levers(offer, base)]
    if not said:
        return _SAME
    return Text(fr=", ".join(each.fr for each in said), en=", ".join(each.en for each in said))


def _deposit(offer: Offer) -> Text:
    if offer.terms.deposit is None:
        return Text(fr="sans acompte", en="no deposit")
    share = share_text(offer.terms.deposit)
    return Text(fr=f"acompte de {share.fr}", en=f"deposit of {share.en}")


def _instalments(offer: Offer) -> Text:
    count = len(offer.terms.instalments) + 1
    if count == 1:
        return Text(fr="en une fois", en="in one payment")
    return Text(fr=f"en {count} échéances", en=f"in {count} instalments")


def _discount(offer: Offer) -> Text:
    if not offer.terms.discounts:
        return Text(fr="sans escompte", en="no discount")
    tiers = [(percent_text(each.percent), each.days) for each in offer.terms.discounts]
    return Text(
        fr="escompte de " + " ou ".join(f"{percent.fr} sous {days} jours" for percent, days in tiers),
        en="discount of " + " or ".join(f"{percent.en} within {days} days" for percent, days in tiers),
    )


def _penalty(offer: Offer) -> Text:
    if offer.terms.penalty is None:
        return Text(fr="pénalités de la loi", en="penalties of the law")
    said = penalty_text(offer.terms.penalty)
    return Text(fr=f"pénalités{_NBSP}: {said.fr}", en=f"penalties: {said.en}")


def _price(offer: Offer) -> Text:
    sign = "−" if offer.price_percent < 0 else "+" if offer.price_percent else ""
    percent = percent_text(abs(offer.price_percent))
    return Text(fr=f"prix {sign}{percent.fr}", en=f"prices {sign}{percent.en}")


def _volume(offer: Offer) -> Text:
    if offer.volume is None:
        return Text(fr="sans engagement de volume", en="no committed volume")
    amount = amount_text(offer.volume)
    return Text(fr=f"volume de {amount.fr} par an", en=f"volume of {amount.en} a year")


def _minimum_order(offer: Offer) -> Text:
    if offer.minimum_order is None:
        return Text(fr="sans commande minimale", en="no minimum order")
    amount = amount_text(offer.minimum_order)
    return Text(fr=f"commande minimale de {amount.fr}", en=f"minimum order of {amount.en}")


_WORDS: Mapping[Lever, Callable[[Offer], Text]] = {
    Lever.DELAY: lambda offer: delay_text(offer.terms.delay),
    Lever.DEPOSIT: _deposit,
    Lever.INSTALMENTS: _instalments,
    Lever.DISCOUNT: _discount,
    Lever.PENALTY: _penalty,
    Lever.PRICE: _price,
    Lever.VOLUME: _volume,
    Lever.MINIMUM_ORDER: _minimum_order,
}
