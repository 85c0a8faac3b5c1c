"""Mentions between professionals about payment: C. com. L441-9; and towards public bodies: CCP D2192-2."""

import re

from reglo.core.findings import Text
from reglo.core.mentions import duties
from reglo.core.mentions.evidence import DISCOUNT, INDEMNITY, PENALTIES, folded
from reglo.core.mentions.model import Demand, Duty, Facts

_DATE_OR_DELAY = re.compile(r"\d|comptant|reception|livraison|immediate|receipt|delivery")


def _has_due_date(facts: Facts) -> bool:
    """A date, or terms from which one can be counted."""
    terms = folded(facts.invoice.payment_terms or "")
    return facts.invoice.due_date is not None or _DATE_OR_DELAY.search(terms) is not None


def _purchase_order(facts: Facts) -> Duty | None:
    duty = duties.between_professionals(facts)
    return duty if duty is None or facts.situation.ordered_beforehand else Duty.CONDITIONAL


def _has_purchase_order(facts: Facts) -> bool:
    return bool(facts.invoice.purchase_order) or any(line.order is not None for line in facts.invoice.lines)


def _if_the_body_demands_it(facts: Facts) -> Duty | None:
    return Duty.CONDITIONAL if duties.to_public_bodies(facts) else None


def _has_siret_of_buyer(facts: Facts) -> bool:
    buyer = facts.invoice.buyer
    if buyer is None:
        return False
    registered = buyer.legal_registration is not None and buyer.legal_registration.scheme == "0009"
    return registered or any(each.scheme == "0009" for each in buyer.identifiers)


TRADE_DEMANDS: tuple[Demand, ...] = (
    Demand(
        identifier="due-date",
        title=Text(fr="Date d'échéance", en="Due date"),
        statement=Text(
            fr="La facture dit à quelle date elle doit être payée.", en="The invoice says by when it must be paid."
        ),
        mend=Text(fr="Indiquez la date d'échéance (BT-9).", en="Give the due date (BT-9)."),
        article="C. com. L441-9",
        term="BT-9",
        where="due_date",
        duty=duties.to_be_paid,
        present=_has_due_date,
    ),
    Demand(
        identifier="discount",
        title=Text(fr="Escompte, ou son absence", en="Early-payment discount, or none"),
        statement=Text(
            fr="La facture dit à quel escompte donne droit un paiement anticipé, ou qu'il n'y en a pas.",
            en="The invoice says what discount early payment earns, or that there is none.",
        ),
        mend=Text(
            fr="Ajoutez une note AAB : « Pas d'escompte pour paiement anticipé ».",
            en="Add a note AAB: “Pas d'escompte pour paiement anticipé”.",
        ),
        article="C. com. L441-9",
        term="BT-22",
        where="notes",
        duty=duties.between_professionals,
        present=lambda facts: facts.evidence.notes_say_something("AAB") or facts.evidence.says(DISCOUNT),
        wording=Text(fr="Pas d'escompte pour paiement anticipé.", en="No discount for early payment."),
    ),
    Demand(
        identifier="penalties",
        title=Text(fr="Taux des pénalités de retard", en="Rate of late penalties"),
        statement=Text(
            fr="La facture dit à quel taux courent les pénalités de retard.",
            en="The invoice says at which rate late penalties run.",
        ),
        mend=Text(
            fr="Ajoutez une note PMD : « Pénalités de retard : trois fois le taux d'intérêt légal ».",
            en="Add a note PMD: “Pénalités de retard : trois fois le taux d'intérêt légal”.",
        ),
        article="C. com. L441-9, L441-10",
        term="BT-22",
        where="notes",
        duty=duties.between_professionals,
        present=lambda facts: facts.evidence.notes_say_something("PMD") or facts.evidence.says(PENALTIES),
        wording=Text(
            fr="Pénalités de retard : trois fois le taux d'intérêt légal.",
            en="Late penalties: three times the French legal rate of interest.",
        ),
    ),
    Demand(
        identifier="indemnity",
        title=Text(fr="Indemnité de recouvrement de 40 €", en="Recovery indemnity of 40 €"),
        statement=Text(
            fr="La facture porte l'indemnité forfaitaire de 40 € pour frais de recouvrement.",
            en="The invoice states the fixed indemnity of 40 € for recovery costs.",
        ),
        mend=Text(
            fr="Ajoutez une note PMT : « Indemnité forfaitaire pour frais de recouvrement : 40 € ».",
            en="Add a note PMT: “Indemnité forfaitaire pour frais de recouvrement : 40 €”.",
        ),
        article="C. com. L441-9, D441-5",
        term="BT-22",
        where="notes",
        duty=duties.between_professionals,
        present=lambda facts: facts.evidence.notes_say_something("PMT") or facts.evidence.says(INDEMNITY),
        wording=Text(
            fr="Indemnité forfaitaire pour frais de recouvrement : 40 €.",
            en="Fixed indemnity for recovery costs: 40 €.",
        ),
    ),
    Demand(
        identifier="purchase-order",
        title=Text(fr="Numéro de bon de commande", en="Purchase order number"),
        statement=Text(
            fr="La facture rappelle le numéro du bon de commande que l'acheteur a établi.",
            en="The invoice repeats the number of the purchase order that the buyer made.",
        ),
        mend=Text(fr="Indiquez le numéro de bon de commande (BT-13).", en="Give the purchase order number (BT-13)."),
        article="C. com. L441-9",
        term="BT-13",
        where="purchase_order",
        duty=_purchase_order,
        present=_has_purchase_order,
    ),
    Demand(
        identifier="public-buyer-siret",
        title=Text(fr="SIRET du destinataire public", en="SIRET of the public body"),
        statement=Text(
            fr="Une facture à une personne publique porte le SIRET du destinataire.",
            en="An invoice to a public body has its SIRET.",
        ),
        mend=Text(
            fr="Indiquez le SIRET du service destinataire (BT-46, schéma 0009).",
            en="Give the SIRET of the body (BT-46, scheme 0009).",
        ),
        article="CCP D2192-2",
        term="BT-46",
        where="buyer.identifiers",
        duty=lambda facts: Duty.PRESUMED if duties.to_public_bodies(facts) else None,
        present=_has_siret_of_buyer,
    ),
    Demand(
        identifier="public-service-code",
        optional=True,
        title=Text(fr="Code service", en="Service code"),
        statement=Text(
            fr="La facture porte le code service que la personne publique exige.",
            en="The invoice has the service code that the public body demands.",
        ),
        mend=Text(
            fr="Demandez le code service et indiquez-le en référence acheteur (BT-10).",
            en="Ask for the service code and give it as buyer reference (BT-10).",
        ),
        article="CCP D2192-2",
        term="BT-10",
        where="buyer_reference",
        duty=_if_the_body_demands_it,
        present=lambda facts: bool(facts.invoice.buyer_reference),
    ),
    Demand(
        identifier="public-commitment-number",
        optional=True,
        title=Text(fr="Numéro d'engagement", en="Commitment number"),
        statement=Text(
            fr="La facture porte le numéro d'engagement ou de marché que la personne publique exige.",
            en="The invoice has the commitment or contract number that the public body demands.",
        ),
        mend=Text(
            fr="Demandez le numéro d'engagement (BT-13) ou de marché (BT-12).",
            en="Ask for the commitment number (BT-13) or contract number (BT-12).",
        ),
        article="CCP D2192-2",
        term="BT-13",
        where="purchase_order",
        duty=_if_the_body_demands_it,
        present=lambda facts: bool(facts.invoice.purchase_order or facts.invoice.contract),
    ),
)
