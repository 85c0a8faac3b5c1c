"""Mentions about what was sold and its tax: CGI ann. II art. 242 nonies A 8° to 17°."""

from reglo.core.document import Line
from reglo.core.findings import Text
from reglo.core.mentions import duties
from reglo.core.mentions.evidence import DEBITS, FRANCHISE, MARGIN, REVERSE_CHARGE, UNTAXED
from reglo.core.mentions.model import Demand, Duty, Facts
from reglo.core.totals import counts

_ART_242 = "CGI ann. II art. 242 nonies A"

#: VATEX codes of the margin schemes: travel agencies, used goods, works of art, collectors' items.
_MARGIN_CODES = frozenset({"VATEX-EU-D", "VATEX-EU-F", "VATEX-EU-I", "VATEX-EU-J"})


def _is_detailed(line: Line) -> bool:
    return (
        line.quantity is not None
        and bool(line.item and line.item.name)
        and line.price is not None
        and line.price.net is not None
        and bool(line.vat_category)
    )


def _has_delivery_date(facts: Facts) -> bool:
    invoice = facts.invoice
    dated = invoice.delivery is not None and invoice.delivery.date is not None
    return dated or invoice.period is not None or any(line.period is not None for line in invoice.lines)


def _has_reductions(facts: Facts) -> bool:
    invoice = facts.invoice
    return bool(invoice.allowances) or any(
        line.allowances or (line.price is not None and line.price.discount is not None) for line in invoice.lines
    )


def _has_totals(facts: Facts) -> bool:
    totals = facts.invoice.totals
    return totals is not None and None not in (totals.net, totals.gross) and bool(facts.invoice.vat_breakdown)


def _exempt(facts: Facts) -> Duty | None:
    return Duty.REQUIRED if facts.evidence.vat_categories & UNTAXED else None


def _reverse_charge(facts: Facts) -> Duty | None:
    return Duty.REQUIRED if "AE" in facts.evidence.vat_categories else None


def _says_reverse_charge(facts: Facts) -> bool:
    by_code = facts.evidence.exemption_codes & {"VATEX-EU-AE", "VATEX-FR-AE"}
    return bool(by_code) or facts.evidence.says(REVERSE_CHARGE)


def _margin_scheme(facts: Facts) -> Duty | None:
    return Duty.REQUIRED if facts.evidence.exemption_codes & _MARGIN_CODES else None


def _says_franchise(facts: Facts) -> bool:
    return "VATEX-FR-FRANCHISE" in facts.evidence.exemption_codes or facts.evidence.says(FRANCHISE)


def _says_debits(facts: Facts) -> bool:
    return facts.evidence.notes_say_something("TXD") or facts.evidence.says(DEBITS)


def _charges_in_other_currency(facts: Facts) -> Duty | None:
    """The tax to be paid must be known in euros; where no tax is charged there is nothing to say."""
    currency = facts.invoice.currency
    return Duty.REQUIRED if currency not in (None, "", "EUR") and facts.evidence.vat_categories - UNTAXED else None


def _has_vat_in_euros(facts: Facts) -> bool:
    totals = facts.invoice.totals
    return facts.invoice.vat_currency == "EUR" and totals is not None and totals.vat_accounting is not None


TAX_DEMANDS: tuple[Demand, ...] = (
    Demand(
        identifier="lines",
        title=Text(fr="Détail de ce qui est vendu", en="Detail of what is sold"),
        statement=Text(
            fr="Chaque ligne porte la quantité, la désignation précise, le prix unitaire HT et la TVA.",
            en="Each line has the quantity, the exact name, the unit price without tax and the VAT.",
        ),
        mend=Text(fr="Complétez les lignes.", en="Complete the lines."),
        article=f"{_ART_242} I 8°",
        term="BG-25",
        where="lines",
        duty=duties.always,
        present=lambda facts: (
            bool(facts.invoice.lines) and all(_is_detailed(line) for line in facts.invoice.lines if counts(line))
        ),
        standard="BR-16",
    ),
    Demand(
        identifier="reductions",
        optional=True,
        title=Text(fr="Remises acquises", en="Reductions"),
        statement=Text(
            fr="Les réductions de prix acquises et liées à l'opération figurent sur la facture.",
            en="Reductions acquired and linked to the operation stand on the invoice.",
        ),
        mend=Text(
            fr="Ajoutez la remise à la ligne ou au document.", en="Add the allowance to the line or the document."
        ),
        article=f"{_ART_242} I 9°, C. com. L441-9",
        term="BG-20",
        where="allowances",
        duty=duties.if_so,
        present=_has_reductions,
    ),
    Demand(
        identifier="delivery-date",
        optional=True,
        title=Text(fr="Date de livraison ou de fin de prestation", en="Date of delivery or end of service"),
        statement=Text(
            fr="La date de livraison, de fin de prestation ou d'acompte figure si elle diffère de celle de la facture.",
            en="The date of delivery, end of service or deposit stands there if it differs from that of the invoice.",
        ),
        mend=Text(
            fr="Indiquez la date de livraison (BT-72) ou la période (BG-14).",
            en="Give the date of delivery (BT-72) or the period (BG-14).",
        ),
        article=f"{_ART_242} I 10°",
        term="BT-72",
        where="delivery.date",
        duty=duties.if_so,
        present=_has_delivery_date,
    ),
    Demand(
        identifier="totals",
        title=Text(fr="Totaux et TVA par taux", en="Totals and tax by rate"),
        statement=Text(
            fr="La facture porte le total HT, la TVA par taux et le total à payer.",
            en="The invoice has the total without tax, the tax by rate and the total to pay.",
        ),
        mend=Text(fr="Complétez les totaux.", en="Complete the totals."),
        article=f"{_ART_242} I 11°",
        term="BG-22",
        where="totals",
        duty=duties.always,
        present=_has_totals,
        standard="BR-13",
    ),
    Demand(
        identifier="vat-in-euros",
        title=Text(fr="TVA en euros", en="VAT in euros"),
        statement=Text(
            fr="Une facture en devise porte aussi le total de la TVA en euros.",
            en="An invoice in another currency also has the total VAT in euros.",
        ),
        mend=Text(
            fr="Indiquez EUR comme devise de la TVA (BT-6) et le total de la TVA en euros (BT-111).",
            en="Give EUR as VAT currency (BT-6) and the total VAT in euros (BT-111).",
        ),
        article="directive 2006/112/CE art. 230",
        term="BT-111",
        where="totals.vat_accounting",
        duty=_charges_in_other_currency,
        present=_has_vat_in_euros,
    ),
    Demand(
        identifier="exemption-reason",
        title=Text(fr="Motif d'exonération", en="Reason for exemption"),
        statement=Text(
            fr="Là où la TVA n'est pas facturée, la facture dit en vertu de quel texte.",
            en="Where no VAT is charged, the invoice says by which provision.",
        ),
        mend=Text(
            fr="Indiquez l'article du CGI ou de la directive (BT-120), ou le code VATEX (BT-121).",
            en="Give the article of the CGI or of the directive (BT-120), or the VATEX code (BT-121).",
        ),
        article=f"{_ART_242} I 12°",
        term="BT-120",
        where="vat_breakdown",
        duty=_exempt,
        present=lambda facts: not facts.evidence.unexplained,
        wording=Text(
            fr="Exonération de TVA, article 262 ter, I du CGI", en="Exonération de TVA, article 262 ter, I du CGI"
        ),
    ),
    Demand(
        identifier="franchise",
        title=Text(fr="Franchise en base", en="Franchise"),
        statement=Text(
            fr="Un vendeur en franchise écrit « TVA non applicable, article 293 B du CGI ».",
            en="A seller in the franchise writes “TVA non applicable, article 293 B du CGI”.",
        ),
        mend=Text(
            fr="Écrivez-le en motif d'exonération (BT-120), avec le code VATEX-FR-FRANCHISE.",
            en="Write it as exemption reason (BT-120), with the code VATEX-FR-FRANCHISE.",
        ),
        article="CGI 293 E",
        term="BT-120",
        where="vat_breakdown",
        duty=duties.in_franchise,
        present=_says_franchise,
        wording=Text(fr="TVA non applicable, article 293 B du CGI", en="TVA non applicable, article 293 B du CGI"),
    ),
    Demand(
        identifier="reverse-charge",
        title=Text(fr="« Autoliquidation »", en="“Autoliquidation”"),
        statement=Text(
            fr="Si l'acheteur doit la taxe, la facture porte « Autoliquidation ».",
            en="Where the buyer owes the tax, the invoice says “Autoliquidation”.",
        ),
        mend=Text(
            fr="Écrivez « Autoliquidation » en motif d'exonération (BT-120).",
            en="Write “Autoliquidation” as exemption reason (BT-120).",
        ),
        article=f"{_ART_242} I 13°",
        term="BT-120",
        where="vat_breakdown",
        duty=_reverse_charge,
        present=_says_reverse_charge,
        wording=Text(fr="Autoliquidation", en="Autoliquidation"),
    ),
    Demand(
        identifier="margin-scheme",
        title=Text(fr="Régime de la marge", en="Margin scheme"),
        statement=Text(
            fr="Sous le régime de la marge, la facture dit lequel : agences de voyages, biens d'occasion, "
            "objets d'art, objets de collection ou d'antiquité.",
            en="Under a margin scheme, the invoice says which: travel agencies, used goods, works of art, "
            "collectors' items and antiques.",
        ),
        mend=Text(
            fr="Écrivez par exemple « Régime particulier – Biens d'occasion » en motif d'exonération (BT-120).",
            en="Write for example “Régime particulier – Biens d'occasion” as exemption reason (BT-120).",
        ),
        article=f"{_ART_242} I 15°, 16°",
        term="BT-120",
        where="vat_breakdown",
        duty=_margin_scheme,
        present=lambda facts: facts.evidence.says(MARGIN),
        wording=Text(fr="Régime particulier – Biens d'occasion", en="Régime particulier – Biens d'occasion"),
    ),
    Demand(
        identifier="new-transport",
        optional=True,
        title=Text(fr="Moyen de transport neuf", en="New means of transport"),
        statement=Text(
            fr="La facture d'un moyen de transport neuf livré dans l'Union donne ses caractéristiques.",
            en="The invoice of a new means of transport delivered within the Union gives its particulars.",
        ),
        mend=Text(
            fr="Indiquez la date de mise en service et le kilométrage, les heures de vol ou de navigation.",
            en="Give the date of first use and the kilometres, or the hours flown or sailed.",
        ),
        article=f"{_ART_242} I 17°",
        term="BG-32",
        where="lines",
        duty=lambda facts: Duty.CONDITIONAL if "K" in facts.evidence.vat_categories else None,
        present=lambda facts: any(line.item and line.item.attributes for line in facts.invoice.lines),
    ),
    Demand(
        identifier="operation-category",
        title=Text(fr="Biens ou services", en="Goods or services"),
        statement=Text(
            fr="La facture dit si elle porte sur des biens, des services ou les deux.",
            en="The invoice says whether it is for goods, services or both.",
        ),
        mend=Text(
            fr="Indiquez le cadre de facturation (BT-23) : B1 pour des biens, S1 pour des services, M1 pour les deux.",
            en="Give the business process (BT-23): B1 for goods, S1 for services, M1 for both.",
        ),
        article=f"{_ART_242} (décret 2022-1299)",
        term="BT-23",
        where="business_process",
        duty=duties.new_since_2026,
        present=lambda facts: facts.situation.nature is not None and bool(facts.invoice.business_process),
    ),
    Demand(
        identifier="debits-option",
        title=Text(fr="Option pour les débits", en="Option for debits"),
        statement=Text(
            fr="Un vendeur qui a opté pour les débits l'écrit.",
            en="A seller that opted to pay the tax on debits says so.",
        ),
        mend=Text(
            fr="Ajoutez une note TXD : « Option pour le paiement de la taxe d'après les débits ».",
            en="Add a note TXD: “Option pour le paiement de la taxe d'après les débits”.",
        ),
        article=f"{_ART_242} (décret 2022-1299)",
        term="BT-22",
        where="notes",
        duty=duties.option_for_debits,
        present=_says_debits,
        wording=Text(
            fr="Option pour le paiement de la taxe d'après les débits",
            en="Option pour le paiement de la taxe d'après les débits",
        ),
    ),
    Demand(
        identifier="delivery-address",
        optional=True,
        title=Text(fr="Adresse de livraison", en="Delivery address"),
        statement=Text(
            fr="L'adresse de livraison des biens figure si elle diffère de celle de l'acheteur.",
            en="The delivery address of goods stands there if it differs from the buyer's.",
        ),
        mend=Text(fr="Indiquez l'adresse de livraison (BG-15).", en="Give the delivery address (BG-15)."),
        article=f"{_ART_242} (décret 2022-1299)",
        term="BG-15",
        where="delivery.address",
        duty=duties.if_so,
        present=lambda facts: facts.invoice.delivery is not None and facts.invoice.delivery.address is not None,
    ),
)
