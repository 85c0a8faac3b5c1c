"""Why an invoice is expected on its day, in whole sentences."""

from collections.abc import Iterator

from reglo.core.findings import Text
from reglo.core.forecast.effects import Effect
from reglo.core.forecast.facts import OpenInvoice
from reglo.core.forecast.model import PaymentModel
from reglo.core.forecast.traits import Trait

_WORTH_SAYING = 1.0  #: days

_WHAT = {
    Trait.SEGMENT: Text(fr="Son segment", en="Its segment"),
    Trait.CHANNEL: Text(fr="Le canal d'envoi de la facture", en="The way the invoice was sent"),
    Trait.MONTH: Text(fr="Le mois de l'échéance", en="The month of the due date"),
    Trait.TERM: Text(fr="Le délai accordé", en="The time allowed"),
    Trait.SIZE: Text(fr="Le montant", en="The amount"),
}


def reason_of(invoice: OpenInvoice, model: PaymentModel, *, is_known: bool) -> Text:
    """All that moves the day by one day or more, the weightiest first."""
    sentences = [*_words_given(invoice, model), *_habit(invoice, model, is_known=is_known)]
    return Text(fr=" ".join(each.fr for each in sentences), en=" ".join(each.en for each in sentences))


def _words_given(invoice: OpenInvoice, model: PaymentModel) -> Iterator[Text]:
    if invoice.plan is not None:
        yield Text(fr="Un échéancier est convenu.", en="An instalment plan is agreed.")
    elif invoice.promise is not None and invoice.promise.by >= model.today:
        by = invoice.promise.by
        yield Text(fr=f"Promis pour le {by:%d/%m/%Y}.", en=f"Promised for {by}.")
    elif invoice.promise is not None:
        by = invoice.promise.by
        yield Text(
            fr=f"La promesse du {by:%d/%m/%Y} n'a pas été tenue et ne compte plus.",
            en=f"The promise for {by} was not kept and counts no more.",
        )
    if invoice.disputed:
        late = _days(model.dispute_days)
        yield Text(fr=f"Un litige retarde d'environ {late.fr}.", en=f"A dispute delays by about {late.en}.")


def _habit(invoice: OpenInvoice, model: PaymentModel, *, is_known: bool) -> Iterator[Text]:
    if not is_known:
        yield Text(
            fr="L'historique ne connaît pas un tel retard\N{NO-BREAK SPACE}: la date est une supposition.",
            en="It is later than anything in the history: the day is a guess.",
        )
        return
    causes = model.causes(invoice)
    yield _of_customer(model, causes.get(Trait.CUSTOMER))
    rest = [(trait, each.days) for trait, each in causes.items() if trait is not Trait.CUSTOMER]
    for trait, days in sorted(rest, key=lambda each: -abs(each[1])):
        if abs(days) >= _WORTH_SAYING:
            yield _of_trait(trait, days)


def _of_customer(model: PaymentModel, effect: Effect | None) -> Text:
    if model.count == 0:
        return Text(
            fr="Aucun paiement n'est encore connu\N{NO-BREAK SPACE}: une semaine de retard est supposée.",
            en="No payment is known yet: a week's delay is assumed.",
        )
    if effect is None or effect.count == 0:
        usual = _against_due(model.effects.start)
        return Text(
            fr=f"Ce client n'a encore rien payé\N{NO-BREAK SPACE}; les autres paient {usual.fr}.",
            en=f"This customer has paid nothing yet; the others pay {usual.en}.",
        )
    usual = _against_due(model.effects.start + effect.days)
    if effect.count == 1:
        return Text(
            fr=f"Ce client paie {usual.fr}, à en juger par un paiement et par l'habitude des autres.",
            en=f"This customer pays {usual.en}, judging by one payment and by the habit of the others.",
        )
    return Text(
        fr=f"Ce client paie {usual.fr} (d'après {effect.count} paiements).",
        en=f"This customer pays {usual.en} (from {effect.count} payments).",
    )


def _of_trait(trait: Trait, days: float) -> Text:
    what, how_much = _WHAT[trait], _days(abs(days))
    if days > 0:
        return Text(fr=f"{what.fr} retarde de {how_much.fr}.", en=f"{what.en} delays by {how_much.en}.")
    return Text(fr=f"{what.fr} avance de {how_much.fr}.", en=f"{what.en} brings forward by {how_much.en}.")


def _against_due(delay: float) -> Text:
    late = _days(abs(delay))
    if round(abs(delay)) == 0:
        return Text(fr="à l'échéance", en="on the due date")
    if delay > 0:
        return Text(fr=f"{late.fr} après l'échéance", en=f"{late.en} after the due date")
    return Text(fr=f"{late.fr} avant l'échéance", en=f"{late.en} before the due date")


def _days(days: float) -> Text:
    count = round(days)
    return Text(fr=f"{count} jour{'s' * (count > 1)}", en=f"{count} day{'s' * (count != 1)}")
