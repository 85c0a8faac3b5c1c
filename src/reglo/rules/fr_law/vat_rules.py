"""VAT categories that do not fit the parties or contradict the wording."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reglo.core.document import Invoice, country_of
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import Evidence
from reglo.core.parties import MEMBER_STATES
from reglo.core.rule import Rule
from reglo.core.terms.figures import amount_text

_INTRA_EU = Rule(
    identifier="FR-LAW-INTRA-EU-IN-FRANCE",
    statement=Text(
        fr="Une livraison intracommunautaire exonérée part de France vers un acheteur identifié dans un autre État "
        "membre.",
        en="An exempt intra-EU supply leaves France for a buyer identified for VAT in another member state.",
    ),
    fix=Text(
        fr="Facturez la TVA française, ou indiquez le numéro de TVA de l'acheteur dans l'autre État et le lieu de "
        "livraison.",
        en="Charge French VAT, or give the buyer's VAT number in the other state and the place of delivery.",
    ),
    source="CGI 262 ter, I",
    term="BT-48",
    example=Text(
        fr="Lampes livrées à Berlin, acheteur DE136695976 : exonérées. Remises à Lyon à un acheteur FR… : 20 %.",
        en="Lamps delivered to Berlin, buyer DE136695976: exempt. Handed over in Lyon to a buyer FR…: 20 %.",
    ),
)
_EXPORT = Rule(
    identifier="FR-LAW-EXPORT-WITHIN-EU",
    statement=Text(
        fr="Une exportation exonérée quitte l'Union européenne.",
        en="An exempt export leaves the European Union.",
    ),
    fix=Text(
        fr="Vers un autre État membre, employez la catégorie K ; en France, facturez la TVA.",
        en="To another member state, use category K; within France, charge VAT.",
    ),
    source="CGI 262, I",
    severity=Severity.WARNING,
    term="BT-80",
    example=Text(
        fr="Livraison à Genève, catégorie G : juste. Livraison à Berlin, catégorie G : à écrire K.",
        en="Delivery to Geneva, category G: right. Delivery to Berlin, category G: write K.",
    ),
)
_FRANCHISE = Rule(
    identifier="FR-LAW-FRANCHISE-WITH-VAT",
    statement=Text(
        fr="Qui écrit « TVA non applicable, article 293 B du CGI » ne facture pas de TVA.",
        en="A seller that writes “TVA non applicable, article 293 B du CGI” charges no VAT.",
    ),
    fix=Text(
        fr="Retirez la TVA, ou la mention si vous êtes sorti de la franchise. La TVA facturée est due.",
        en="Remove the VAT, or the wording if you left the franchise. VAT once invoiced is owed.",
    ),
    source="CGI 293 B, 293 E, 283-3",
    term="BT-110",
    example=Text(
        fr="1 000 € HT, 0 € de TVA et la mention : juste. 1 000 € HT, 200 € de TVA et la mention : faux.",
        en="1,000 € without tax, no VAT and the wording: right. 1,000 €, 200 € of VAT and the wording: wrong.",
    ),
)
_REVERSE_CHARGE = Rule(
    identifier="FR-LAW-REVERSE-CHARGE-WITH-VAT",
    statement=Text(
        fr="Ce qui est autoliquidé par l'acheteur est facturé sans TVA.",
        en="What the buyer accounts for under reverse charge is invoiced without VAT.",
    ),
    fix=Text(
        fr="Passez la ligne en catégorie AE à 0 %, ou retirez « Autoliquidation ».",
        en="Put the line in category AE at 0 %, or remove “Autoliquidation”.",
    ),
    source="CGI 283",
    severity=Severity.WARNING,
    term="BT-118",
    example=Text(
        fr="1 000 € en AE à 0 % et « Autoliquidation » : juste. 1 000 € en S à 20 % et « Autoliquidation » : faux.",
        en="1,000 € as AE at 0 % and “Autoliquidation”: right. 1,000 € as S at 20 % and “Autoliquidation”: wrong.",
    ),
)

VAT_RULES = (_INTRA_EU, _EXPORT, _FRANCHISE, _REVERSE_CHARGE)

_FRANCHISE_WORDS = re.compile(r"non applicable.{0,30}293\s?b\b")
_REVERSE_CHARGE_WORDS = re.compile(r"^auto-?\s?liquidation\b")


def check_vat(invoice: Invoice, evidence: Evidence) -> Iterator[Finding]:
    """A finding for each category that does not fit."""
    charged = _vat_charged(invoice)
    if "K" in evidence.vat_categories and _stays_in_france(invoice):
        yield _INTRA_EU.finding("buyer.vat_identifier")
    destination = _destination(invoice)
    if "G" in evidence.vat_categories and destination in MEMBER_STATES:
        detail = Text(fr=f"La destination est « {destination} ».", en=f"The destination is {destination}.")
        yield _EXPORT.finding("delivery.address.country", detail)
    says_franchise = "VATEX-FR-FRANCHISE" in evidence.exemption_codes or evidence.says(_FRANCHISE_WORDS)
    if says_franchise and charged:
        yield _FRANCHISE.finding("totals.vat", _amount(charged, invoice.currency))
    if charged and "AE" not in evidence.vat_categories and _a_note_says_reverse_charge(invoice):
        yield _REVERSE_CHARGE.finding("vat_breakdown", _amount(charged, invoice.currency))


def _stays_in_france(invoice: Invoice) -> bool:
    """Whether the buyer shows a French VAT number, or the goods are delivered in France."""
    number = (invoice.buyer.vat_identifier if invoice.buyer else None) or ""
    address = invoice.delivery.address if invoice.delivery else None
    return number.strip().upper().startswith("FR") or (address is not None and address.country == "FR")


def _destination(invoice: Invoice) -> str | None:
    """Country of delivery, or else of the buyer."""
    if invoice.delivery and invoice.delivery.address and invoice.delivery.address.country:
        return invoice.delivery.address.country
    return country_of(invoice.buyer)


def _vat_charged(invoice: Invoice) -> Decimal:
    """Tax on the document, from the total or else from the breakdown."""
    if invoice.totals is not None and invoice.totals.vat is not None:
        return invoice.totals.vat
    return sum((entry.tax or Decimal(0) for entry in invoice.vat_breakdown), Decimal(0))


def _a_note_says_reverse_charge(invoice: Invoice) -> bool:
    """Whether a note is nothing but the mention: a condition of sale that speaks of it is not meant."""
    texts = [(note.text or "").strip().casefold() for note in invoice.notes]
    return any(_REVERSE_CHARGE_WORDS.search(text) for text in texts)


def _amount(charged: Decimal, currency: str | None) -> Text:
    amount = amount_text(charged, currency or "EUR")
    return Text(fr=f"TVA facturée : {amount.fr}.", en=f"VAT charged: {amount.en}.")
