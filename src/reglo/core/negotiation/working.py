"""The sums of a worth in words: what each line is called and how its amount comes about."""

from collections.abc import Callable
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.negotiation.deal import Deal, Side
from reglo.core.negotiation.sums import Cause, Position, money, rounded
from reglo.core.parties import VatRegime
from reglo.core.terms.figures import amount_text, number_text, percent_text

_COLON = "\N{NO-BREAK SPACE}:"
_Words = Callable[[Side, Position, Position, Deal], Text]

_LABELS = {
    Cause.PRICE: Text(fr="Prix", en="Price"),
    Cause.VOLUME: Text(fr="Volume", en="Volume"),
    Cause.DISCOUNT: Text(fr="Escompte", en="Early-payment discount"),
    Cause.WAITING: Text(fr="Attente de l'argent", en="Waiting for the money"),
    Cause.VAT: Text(fr="TVA avancée ou gardée", en="VAT advanced or kept"),
    Cause.PENALTIES: Text(fr="Pénalités de retard", en="Late penalties"),
    Cause.HANDLING: Text(fr="Traitement des commandes", en="Handling of orders"),
    Cause.LOSS: Text(fr="Perte attendue", en="Expected loss"),
    Cause.STOCK: Text(fr="Stock", en="Stock"),
}
_THEIR_WAITING = Text(fr="Argent gardé plus ou moins longtemps", en="Money kept for longer or shorter")
_THEIR_VAT = Text(fr="TVA déduite plus tôt ou plus tard", en="VAT deducted sooner or later")


def label(cause: Cause, side: Side) -> Text:
    """What a line is called on this chair."""
    if side is Side.THEIRS and cause is Cause.WAITING:
        return _THEIR_WAITING
    return _THEIR_VAT if side is Side.THEIRS and cause is Cause.VAT else _LABELS[cause]


def working(cause: Cause, side: Side, after: Position, before: Position, deal: Deal) -> Text:
    """How the amount of a line comes about, in a sentence."""
    return _WORDS[cause](side, after, before, deal)


def assumptions(deal: Deal, side: Side) -> tuple[Text, ...]:
    """What is taken for granted, beside the figures that were given."""
    taken = [_VAT_TIMES[deal.vat_regime]]
    if side is Side.THEIRS:
        taken += [_their_money(deal), _THEIR_VALUE, _DEDUCTED if deal.deducts_vat else _NOT_DEDUCTED]
    else:
        taken.append(_COSTS)
    if not deal.lateness.is_known:
        taken.append(_NO_HABIT)
    return tuple(taken)


_VAT_TIMES = {
    VatRegime.DEBITS: Text(
        fr="La TVA est due sur la facture, ou sur l'acompte, et déductible le même mois.",
        en="VAT is due on the invoice, or on the deposit, and deductible in the same month.",
    ),
    VatRegime.RECEIPTS: Text(
        fr="La TVA est due au paiement, et déductible le même mois.",
        en="VAT is due on payment, and deductible in the same month.",
    ),
    VatRegime.FRANCHISE: Text(fr="Sans TVA (CGI art. 293 B).", en="No VAT (CGI 293 B)."),
}
_COSTS = Text(
    fr="Les coûts de ce qui est vendu sont payés le jour de la facture, comptés hors taxes.",
    en="The costs of what is sold are paid on the day of the invoice, counted without tax.",
)
_THEIR_VALUE = Text(
    fr="Ce que le client achète vaut pour lui le prix d'aujourd'hui.",
    en="What the customer buys is worth today's price to it.",
)
_DEDUCTED = Text(fr="Le client déduit toute la TVA.", en="The customer deducts all VAT.")
_NOT_DEDUCTED = Text(fr="Le client ne déduit pas la TVA.", en="The customer does not deduct VAT.")
_NO_HABIT = Text(
    fr="Aucune habitude de paiement n'est connue\N{NO-BREAK SPACE}: le client paie au jour dit par l'hypothèse.",
    en="No payment habit is known: the customer pays when the guess says.",
)


def _their_money(deal: Deal) -> Text:
    band = deal.their_money
    low, likely, high = percent_text(band.low), percent_text(band.likely), percent_text(band.high)
    return Text(
        fr=f"L'argent coûte au client {likely.fr} par an (estimation, entre {low.fr} et {high.fr}).",
        en=f"Money costs the customer {likely.en} a year (a guess, between {low.en} and {high.en}).",
    )


def _price(side: Side, after: Position, before: Position, deal: Deal) -> Text:
    percent = _percent((after.price - before.price) * 100)
    net, tax = _euros(before.net if side is Side.OURS else before.their_net), _tax_words(side, deal)
    return Text(fr=f"{net.fr} {tax.fr} × {percent.fr}", en=f"{net.en} {tax.en} × {percent.en}")


def _volume(_side: Side, after: Position, before: Position, deal: Deal) -> Text:
    more, margin = _euros(after.net - before.net), percent_text(deal.margin_percent)
    price = _percent(after.price * 100)
    return Text(
        fr=f"{more.fr} de plus par an, à {margin.fr} de marge, prix changés de {price.fr}",
        en=f"{more.en} more a year, at a margin of {margin.en}, prices changed by {price.en}",
    )


def _discount(side: Side, after: Position, before: Position, deal: Deal) -> Text:
    tax, counts_tax = _tax_words(side, deal), _counts_tax(side, deal)
    net, was = (_euros(each.gross if counts_tax else each.gross - each.vat) for each in (after, before))
    percent, was_percent = _percent(after.mix.discount * 100), _percent(before.mix.discount * 100)
    of = was if was != net and before.mix.discount else None
    return Text(
        fr=f"{percent.fr} de {net.fr} {tax.fr}, au lieu de {was_percent.fr}{f' de {of.fr}' if of else ''}",
        en=f"{percent.en} of {net.en} {tax.en}, instead of {was_percent.en}{f' of {of.en}' if of else ''}",
    )


def _waiting(side: Side, after: Position, before: Position, deal: Deal) -> Text:
    rate, wait = percent_text(_rate(side, deal)), _wait(_euros(after.gross), after.figures.days, "TTC", "with tax")
    was = _was(after.gross, before.gross, before.figures.days)
    return Text(
        fr=f"{wait.fr} après la facture au lieu de {was.fr}, à {rate.fr} par an",
        en=f"{wait.en} after the invoice instead of {was.en}, at {rate.en} a year",
    )


def _vat(side: Side, after: Position, before: Position, deal: Deal) -> Text:
    rate, wait = percent_text(_rate(side, deal)), _wait(_euros(after.vat), after.figures.vat_days, "de TVA", "of VAT")
    was = _was(after.vat, before.vat, before.figures.vat_days)
    return Text(
        fr=f"{wait.fr} après la facture au lieu de {was.fr}, à {rate.fr} par an",
        en=f"{wait.en} after the invoice instead of {was.en}, at {rate.en} a year",
    )


def _wait(euros: Text, days: float, french: str, english: str) -> Text:
    count = _days(days)
    return Text(fr=f"{euros.fr} {french} {count.fr} jours", en=f"{euros.en} {english} {count.en} days")


def _was(now: float, before: float, days: float) -> Text:
    """The days of before, and the amount if it was another."""
    count, euros = _days(days), _euros(before)
    if euros == _euros(now):
        return count
    return Text(fr=f"{euros.fr} à {count.fr} jours", en=f"{euros.en} after {count.en} days")


def _penalties(_side: Side, _after: Position, _before: Position, deal: Deal) -> Text:
    paid, days = percent_text(deal.penalties_paid_percent), number_text(deal.lateness.days)
    return Text(
        fr=f"{days.fr} jours de retard attendus, {paid.fr} des pénalités et indemnités étant payées",
        en=f"{days.en} days late expected, {paid.en} of penalties and indemnities being paid",
    )


def _handling(_side: Side, after: Position, before: Position, deal: Deal) -> Text:
    cost = amount_text(deal.order_cost)
    return Text(
        fr=f"{after.orders} commandes par an au lieu de {before.orders}, {cost.fr} chacune",
        en=f"{after.orders} orders a year instead of {before.orders}, {cost.en} each",
    )


def _loss(_side: Side, after: Position, before: Position, deal: Deal) -> Text:
    owed, was, risk = _owed(after), _owed(before), percent_text(deal.default_percent)
    return Text(
        fr=f"{owed.fr} dus en moyenne hors taxes au lieu de {was.fr}, {risk.fr} de défaillance par an",
        en=f"{owed.en} owed on average without tax instead of {was.en}, {risk.en} of failure a year",
    )


def loss_working(position: Position, deal: Deal) -> Text:
    """How the expected loss of an offer comes about."""
    owed, risk = _owed(position), percent_text(deal.default_percent)
    return Text(
        fr=f"{owed.fr} dus en moyenne hors taxes × {risk.fr} de défaillance par an",
        en=f"{owed.en} owed on average without tax × {risk.en} of failure a year",
    )


def _stock(_side: Side, after: Position, before: Position, deal: Deal) -> Text:
    size, was = _euros(after.net / after.orders), _euros(before.net / before.orders)
    rate = percent_text(deal.their_money.likely)
    return Text(
        fr=f"commandes de {size.fr} au lieu de {was.fr}, la moitié en stock\N{NO-BREAK SPACE}; achats en avance gardés "
        f"six mois, à {rate.fr} par an",
        en=f"orders of {size.en} instead of {was.en}, half of it in stock; what is bought ahead kept for six months, "
        f"at {rate.en} a year",
    )


_WORDS: dict[Cause, _Words] = {
    Cause.PRICE: _price,
    Cause.VOLUME: _volume,
    Cause.DISCOUNT: _discount,
    Cause.WAITING: _waiting,
    Cause.VAT: _vat,
    Cause.PENALTIES: _penalties,
    Cause.HANDLING: _handling,
    Cause.LOSS: _loss,
    Cause.STOCK: _stock,
}


def _counts_tax(side: Side, deal: Deal) -> bool:
    """Whether tax is a cost like any other: to who does not get it back."""
    return side is Side.THEIRS and not deal.deducts_vat


def _tax_words(side: Side, deal: Deal) -> Text:
    return Text(fr="TTC", en="with tax") if _counts_tax(side, deal) else Text(fr="hors taxes", en="without tax")


def _owed(position: Position) -> Text:
    return _euros((position.gross - position.vat) * position.figures.exposed / 365)


def _rate(side: Side, deal: Deal) -> Decimal:
    return deal.own_money_percent if side is Side.OURS else deal.their_money.likely


def _euros(value: float) -> Text:
    return amount_text(money(value))


def _percent(value: float) -> Text:
    return percent_text(rounded(value, 2))


def _days(value: float) -> Text:
    return number_text(rounded(value, 1))
