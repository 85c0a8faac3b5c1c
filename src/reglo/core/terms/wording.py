"""Terms in words: the sentence on the invoice (BT-20), its three notes, and the whole agreement.

`reglo.core.terms.parsing` reads every sentence written here back into the same terms.
"""

from decimal import Decimal

from reglo.core.dates import Region
from reglo.core.document import Note
from reglo.core.findings import Text
from reglo.core.terms.figures import amount_text, number_text, ordinal_text, percent_text
from reglo.core.terms.model import (
    ECB_PLUS_8,
    RECOVERY_INDEMNITY,
    BuyerKind,
    Delay,
    DiscountTier,
    EndOfMonth,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Share,
    Start,
)

_AT_ONCE = {
    Start.INVOICE: Text(fr="comptant", en="immediately"),
    Start.RECEIPT: Text(fr="à réception de la facture", en="on receipt of the invoice"),
    Start.DELIVERY: Text(fr="à la livraison", en="on delivery"),
    Start.SERVICE: Text(fr="à la fin de la prestation", en="on completion of the service"),
}
_FROM = {
    Start.INVOICE: Text(fr="date de facture", en="from the date of invoice"),
    Start.RECEIPT: Text(fr="à compter de la réception de la facture", en="from receipt of the invoice"),
    Start.DELIVERY: Text(fr="à compter de la livraison", en="from delivery"),
    Start.SERVICE: Text(fr="à compter de la fin de la prestation", en="from completion of the service"),
}
_OF = {
    Start.INVOICE: Text(fr="de la facture", en="of the invoice"),
    Start.RECEIPT: Text(fr="de la réception de la facture", en="of receipt of the invoice"),
    Start.DELIVERY: Text(fr="de la livraison", en="of delivery"),
    Start.SERVICE: Text(fr="de la fin de la prestation", en="of completion of the service"),
}
_BUSINESS_DAY = {
    Region.FRANCE: Text(
        fr="Une échéance qui tombe un jour non ouvré est reportée au jour ouvré suivant.",
        en="A due date that falls on a day off moves to the next business day.",
    ),
    Region.ALSACE_MOSELLE: Text(
        fr="Une échéance qui tombe un jour non ouvré en Alsace-Moselle est reportée au jour ouvré suivant.",
        en="A due date that falls on a day off in Alsace-Moselle moves to the next business day.",
    ),
}
_NO_DISCOUNT = Text(fr="Pas d'escompte pour paiement anticipé.", en="No discount for early payment.")
_DISCOUNT_VAT = Text(
    fr="En cas d'escompte, l'acheteur ne déduit que la TVA du prix effectivement payé.",
    en="If the discount is taken, the buyer deducts only the VAT on the price actually paid.",
)


def sentence(terms: PaymentTerms, *, currency: str = "EUR") -> Text:
    """When and how to pay, as one writes it on the invoice: BT-20.

    It leaves out penalties and indemnity, which stand in notes of their own. currency: of shares that are amounts.
    """
    said = [_schedule(terms, currency), *(_tier(tier) for tier in terms.discounts)]
    if terms.next_business_day is not None:
        said.append(_BUSINESS_DAY[terms.next_business_day])
    return _joined(said, " ")


def agreement(terms: PaymentTerms, *, currency: str = "EUR") -> Text:
    """Everything that was agreed: `sentence`, then penalties and indemnity."""
    return _joined([sentence(terms, currency=currency), _penalty(terms.penalty), _indemnity(terms.indemnity)], " ")


def notes(terms: PaymentTerms, *, buyer_kind: BuyerKind = BuyerKind.BUSINESS, language: str = "fr") -> tuple[Note, ...]:
    """The three notes that C. com. L441-9 asks for: PMT indemnity, PMD penalties, AAB discount or none.

    They are there for every kind of buyer, since BR-FR-05 wants them on every invoice: to a consumer they say that
    neither penalties nor indemnity apply. language: "en" adds the English sentence behind the French one, which the law
    asks for. A part that the terms leave out makes no note.
    """
    said = {
        "PMT": _indemnity_note(terms.indemnity, buyer_kind),
        "PMD": _penalty_note(terms.penalty, buyer_kind),
        "AAB": _discount_note(terms.discounts),
    }
    return tuple(
        Note(subject=subject, text=text.fr if language == "fr" else f"{text.fr} / {text.en}")
        for subject, text in said.items()
        if text is not None
    )


def delay_text(delay: Delay) -> Text:
    """A delay within a sentence: «à 30 jours date de facture», "within 30 days from the date of invoice"."""
    said = _end_of_month_text(delay) if delay.end_of_month is not EndOfMonth.NO else _days_text(delay)
    if delay.day_of_month is None:
        return said
    number = ordinal_text(delay.day_of_month)
    return Text(fr=f"{said.fr} le {number.fr}", en=f"{said.en} on the {number.en}")


def share_text(share: Share | None, *, currency: str = "EUR") -> Text:
    """A share within a sentence: «30 %», «1/3», «500,00 €»; the balance is «solde»."""
    if share is None:
        return Text(fr="solde", en="balance")
    if share.percent is not None:
        return percent_text(share.percent)
    if share.amount is not None:
        return amount_text(share.amount, currency)
    return Text(fr=f"1/{share.one_in}", en=f"1/{share.one_in}")


def penalty_text(penalty: Penalty) -> Text:
    """A penalty rate within a sentence: «12 % par an», «3 fois le taux d'intérêt légal»."""
    value = number_text(penalty.value)
    if penalty.basis is PenaltyBasis.FIXED:
        percent = percent_text(penalty.value)
        return Text(fr=f"{percent.fr} par an", en=f"{percent.en} a year")
    if penalty.basis is PenaltyBasis.LEGAL:
        return Text(fr=f"{value.fr} fois le taux d'intérêt légal", en=f"{value.en} times the French legal rate")
    return Text(
        fr=f"taux de refinancement de la BCE majoré de {value.fr} points",
        en=f"refinancing rate of the ECB plus {value.en} points",
    )


def _schedule(terms: PaymentTerms, currency: str) -> Text:
    balance = delay_text(terms.delay)
    if terms.deposit is None and not terms.instalments:
        return Text(fr=f"Paiement {balance.fr}.", en=f"Payment {balance.en}.")
    said = []
    if terms.deposit is not None:
        deposit = share_text(terms.deposit, currency=currency)
        said.append(Text(fr=f"{deposit.fr} à la commande", en=f"{deposit.en} on order"))
    pairs = [*((part.share, part.delay) for part in terms.instalments), (None, terms.delay)]
    said += [_joined([share_text(share, currency=currency), delay_text(delay)], " ") for share, delay in pairs]
    listed = _joined(said, ", ")
    return Text(fr=f"Paiement\N{NO-BREAK SPACE}: {listed.fr}.", en=f"Payment: {listed.en}.")


def _days_text(delay: Delay) -> Text:
    if delay.days == 0:
        return _AT_ONCE[delay.start]
    days, start = _days(delay.days), _FROM[delay.start]
    return Text(fr=f"à {days.fr} {start.fr}", en=f"within {days.en} {start.en}")


def _end_of_month_text(delay: Delay) -> Text:
    of = _OF[delay.start]
    if delay.end_of_month is EndOfMonth.BEFORE_DAYS:
        days = _days(delay.days)
        return Text(
            fr=f"à {days.fr} après la fin du mois {of.fr}", en=f"within {days.en} after the end of the month {of.en}"
        )
    if delay.days == 0:
        return Text(fr=f"à la fin du mois {of.fr}", en=f"at the end of the month {of.en}")
    days = _days_text(delay)
    return Text(fr=f"{days.fr} puis fin de mois", en=f"{days.en} then end of month")


def _days(count: int) -> Text:
    return Text(
        fr=f"{count} jour" if count < 2 else f"{count} jours", en=f"{count} day" if count == 1 else f"{count} days"
    )


def _tier(tier: DiscountTier) -> Text:
    percent, days = percent_text(tier.percent), _days(tier.days)
    return Text(
        fr=f"Escompte de {percent.fr} pour paiement sous {days.fr}.",
        en=f"Discount of {percent.en} for payment within {days.en}.",
    )


def _penalty(penalty: Penalty | None) -> Text:
    if penalty is None:
        return Text(fr="Pas de pénalités de retard.", en="No late penalties.")
    rate = penalty_text(penalty)
    return Text(fr=f"Pénalités de retard\N{NO-BREAK SPACE}: {rate.fr}.", en=f"Late penalties: {rate.en}.")


def _indemnity(indemnity: Decimal | None) -> Text:
    if indemnity is None:
        return Text(fr="Pas d'indemnité de recouvrement.", en="No recovery indemnity.")
    amount = amount_text(indemnity)
    return Text(
        fr=f"Indemnité forfaitaire pour frais de recouvrement\N{NO-BREAK SPACE}: {amount.fr}.",
        en=f"Fixed indemnity for recovery costs: {amount.en}.",
    )


def _indemnity_note(indemnity: Decimal | None, buyer_kind: BuyerKind) -> Text | None:
    if buyer_kind is BuyerKind.CONSUMER:
        return Text(
            fr="Indemnité forfaitaire pour frais de recouvrement\N{NO-BREAK SPACE}: non applicable à un consommateur.",
            en="Fixed indemnity for recovery costs: does not apply to a consumer.",
        )
    article = "C. com. art. D441-5"
    if buyer_kind.is_public:
        indemnity, article = RECOVERY_INDEMNITY, "CCP art. D2192-35"
    if indemnity is None:
        return None
    return _with_source(_indemnity(indemnity), "due de plein droit en cas de retard", "due by right if late", article)


def _penalty_note(penalty: Penalty | None, buyer_kind: BuyerKind) -> Text | None:
    if buyer_kind is BuyerKind.CONSUMER:
        return Text(
            fr="Pénalités de retard\N{NO-BREAK SPACE}: non applicables à un consommateur.",
            en="Late penalties: do not apply to a consumer.",
        )
    article = "C. com. art. L441-10"
    if buyer_kind.is_public:
        penalty, article = ECB_PLUS_8, "CCP art. R2192-31"
    if penalty is None:
        return None
    when = (
        "exigibles sans rappel dès le lendemain de l'échéance",
        "due without reminder from the day after the due date",
    )
    return _with_source(_penalty(penalty), *when, article)


def _discount_note(tiers: tuple[DiscountTier, ...]) -> Text:
    if not tiers:
        return _NO_DISCOUNT
    return _joined([*(_tier(tier) for tier in tiers), _DISCOUNT_VAT], " ")


def _with_source(said: Text, fr: str, en: str, article: str) -> Text:
    return Text(
        fr=f"{said.fr.removesuffix('.')}, {fr} ({article}).", en=f"{said.en.removesuffix('.')}, {en} ({article})."
    )


def _joined(said: list[Text], between: str) -> Text:
    return Text(fr=between.join(each.fr for each in said), en=between.join(each.en for each in said))
