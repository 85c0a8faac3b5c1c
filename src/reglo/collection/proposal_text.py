"""What a proposal says to the customer, word for word, in both languages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reglo.collection.models import ProposalKind
from reglo.core.findings import Text
from reglo.core.proposals import Proposal as Offer
from reglo.core.terms.figures import amount_text
from reglo.delivery.services.values import day_text

_NBSP = "\N{NO-BREAK SPACE}"


def proposal_text(
    kind: ProposalKind, offer: Offer, *, owed: Decimal, documents: Sequence[str], valid_until: date | None
) -> Text:
    """The proposal as the customer reads and accepts it. documents: numbers of the invoices."""
    body = _WRITERS[kind](offer, owed, _listed(documents))
    end = _validity(valid_until)
    return Text(fr=f"{body.fr}{end.fr}", en=f"{body.en}{end.en}")


def _plan(offer: Offer, owed: Decimal, documents: Text) -> Text:
    total = amount_text(owed, offer.currency)
    parts = [(amount_text(each.amount, offer.currency), each.on) for each in offer.payments]
    french = "\n".join(f"– {amount.fr} au plus tard le {day_text(day, 'fr')}" for amount, day in parts)
    english = "\n".join(f"– {amount.en} by {day_text(day, 'en')}" for amount, day in parts)
    penalties = _penalties(offer)
    return Text(
        fr=f"Vous payez {total.fr} ({documents.fr}) en {len(parts)} fois{_NBSP}:\n{french}\n\n"
        "Tant que ces dates sont respectées, nous ne vous relançons pas. Si une échéance n'est pas payée, "
        f"ce qui reste redevient exigible.{penalties.fr}",
        en=f"You pay {total.en} ({documents.en}) in {len(parts)} instalments:\n{english}\n\n"
        "As long as these days are kept, we do not remind you. If an instalment is not paid, "
        f"what is left becomes payable again.{penalties.en}",
    )


def _discount(offer: Offer, owed: Decimal, documents: Text) -> Text:
    price, total = amount_text(offer.payments[0].amount, offer.currency), amount_text(owed, offer.currency)
    saved = amount_text(owed - offer.payments[0].amount, offer.currency)
    french, english = (day_text(offer.payments[0].on, each) for each in ("fr", "en"))
    return Text(
        fr=f"Si vous payez {price.fr} au plus tard le {french}, les {total.fr} que vous devez ({documents.fr}) "
        f"sont soldés{_NBSP}: {saved.fr} vous sont remis, sans pénalités de retard ni indemnité.",
        en=f"If you pay {price.en} by {english}, the {total.en} that you owe ({documents.en}) are settled: "
        f"{saved.en} are taken off, without late-payment interest or indemnity.",
    )


def _split(offer: Offer, owed: Decimal, documents: Text) -> Text:
    rest, total = amount_text(offer.payments[0].amount, offer.currency), amount_text(owed, offer.currency)
    disputed = amount_text(owed - offer.payments[0].amount, offer.currency)
    french, english = (day_text(offer.payments[0].on, each) for each in ("fr", "en"))
    return Text(
        fr=f"Sur les {total.fr} de {documents.fr}, vous contestez {disputed.fr}. Vous payez dès maintenant le reste, "
        f"{rest.fr}, au plus tard le {french}. La part contestée attend que nous nous soyons mis d'accord{_NBSP}: "
        "payer le reste ne veut pas dire que vous y renoncez.",
        en=f"Of the {total.en} of {documents.en}, you dispute {disputed.en}. You pay the rest now, {rest.en}, "
        f"by {english}. The disputed part waits until we agree: paying the rest does not mean that you give it up.",
    )


def _date(offer: Offer, owed: Decimal, documents: Text) -> Text:
    total, penalties = amount_text(owed, offer.currency), _penalties(offer)
    french, english = (day_text(offer.payments[0].on, each) for each in ("fr", "en"))
    return Text(
        fr=f"Le paiement de {total.fr} ({documents.fr}) est reporté au {french}. Jusque-là, nous ne vous relançons "
        f"pas.{penalties.fr}",
        en=f"The payment of {total.en} ({documents.en}) is moved to {english}. Until then we do not remind "
        f"you.{penalties.en}",
    )


def _waiver(offer: Offer, owed: Decimal, documents: Text) -> Text:
    total = amount_text(owed, offer.currency)
    french, english = (day_text(offer.payments[0].on, each) for each in ("fr", "en"))
    return Text(
        fr=f"Si vous payez {total.fr} ({documents.fr}) au plus tard le {french}, nous renonçons aux pénalités de "
        "retard et à l'indemnité forfaitaire pour frais de recouvrement.",
        en=f"If you pay {total.en} ({documents.en}) by {english}, we give up late-payment interest and the fixed "
        "sum for recovery costs.",
    )


_WRITERS = {
    ProposalKind.PLAN: _plan,
    ProposalKind.DISCOUNT: _discount,
    ProposalKind.SPLIT: _split,
    ProposalKind.DATE: _date,
    ProposalKind.WAIVER: _waiver,
}


def _penalties(offer: Offer) -> Text:
    if not offer.waives_penalties:
        return Text(fr="", en="")
    return Text(
        fr=" Si tout est payé à ces dates, nous renonçons aux pénalités de retard et à l'indemnité de recouvrement.",
        en=" If all is paid by then, we give up late-payment interest and the recovery indemnity.",
    )


def _validity(day: date | None) -> Text:
    if day is None:
        return Text(fr="", en="")
    return Text(
        fr=f"\n\nVous pouvez accepter cette proposition jusqu'au {day_text(day, 'fr')}.",
        en=f"\n\nYou can accept this proposal until {day_text(day, 'en')}.",
    )


def _listed(documents: Sequence[str]) -> Text:
    named = list(dict.fromkeys(each for each in documents if each))
    if len(named) == 1:
        return Text(fr=f"facture {named[0]}", en=f"invoice {named[0]}")
    return Text(
        fr=f"factures {', '.join(named[:-1])} et {named[-1]}" if named else "votre compte",
        en=f"invoices {', '.join(named[:-1])} and {named[-1]}" if named else "your account",
    )
