"""Mentions about the document and its parties: CGI ann. II art. 242 nonies A 1° to 7°, C. com. R123-237, R526-27."""

from reglo.core.document import Address, Party
from reglo.core.findings import Text
from reglo.core.mentions import duties
from reglo.core.mentions.evidence import (
    COMPANY_CAPITAL,
    OTHER_REGISTER,
    REGISTER_WITH_TOWN,
    SELF_BILLING,
    SOLE_TRADER,
)
from reglo.core.mentions.model import Demand, Duty, Facts
from reglo.core.mentions.situation import is_self_billed
from reglo.core.terms import BuyerKind

_ART_242 = "CGI ann. II art. 242 nonies A"


def _has_address(party: Party | None) -> bool:
    """Whether a letter would arrive: a town, and a street or a post code."""
    address = party.address if party is not None else None
    return address is not None and bool(address.city) and _has_street(address)


def _has_street(address: Address) -> bool:
    return any((address.line_1, address.line_2, address.line_3, address.post_code))


def _seller(facts: Facts) -> Party:
    return facts.invoice.seller or Party()


def _buyer(facts: Facts) -> Party:
    return facts.invoice.buyer or Party()


def _has_siren(party: Party) -> bool:
    """A SIREN, or a SIRET, which begins with it. A legal number that names no list is taken for one."""
    registration = party.legal_registration
    if registration is not None and registration.value.strip() and registration.scheme in (None, "", "0002", "0009"):
        return True
    return any(each.scheme in ("0002", "0009") and each.value.strip() for each in party.identifiers)


def _has_vat_number(facts: Facts) -> bool:
    """In BT-31, or in BT-32 where something outside the scope of VAT keeps it out of BT-31 (BR-O-02)."""
    seller = _seller(facts)
    return bool(seller.vat_identifier) or (seller.tax_registration or "")[:2].isalpha()


def _buyer_number_duty(facts: Facts) -> Duty | None:
    """The buyer owes the tax: reverse charge, or goods that leave for another member state."""
    owed_by_buyer = facts.evidence.vat_categories & {"AE", "K"}
    return Duty.REQUIRED if owed_by_buyer else None


def _buyer_siren_duty(facts: Facts) -> Duty | None:
    kind = facts.situation.buyer_kind
    return duties.new_since_2026(facts) if kind is not BuyerKind.CONSUMER else None


def _seller_vat_duty(facts: Facts) -> Duty | None:
    return None if facts.invoice.tax_representative is not None else duties.charges_vat(facts)


def _self_billed_duty(facts: Facts) -> Duty | None:
    return Duty.REQUIRED if is_self_billed(facts.invoice) else None


PARTIES_DEMANDS: tuple[Demand, ...] = (
    Demand(
        identifier="number",
        title=Text(fr="Numéro", en="Number"),
        statement=Text(
            fr="La facture porte un numéro unique, pris dans une suite chronologique continue.",
            en="The invoice has a unique number from a continuous chronological series.",
        ),
        mend=Text(fr="Donnez-lui le prochain numéro de la série.", en="Give it the next number of the series."),
        article=f"{_ART_242} I 7°",
        term="BT-1",
        where="number",
        duty=duties.always,
        present=lambda facts: bool(facts.invoice.number),
        standard="BR-02",
    ),
    Demand(
        identifier="issue-date",
        title=Text(fr="Date d'émission", en="Date of issue"),
        statement=Text(fr="La facture porte sa date d'émission.", en="The invoice says when it was issued."),
        mend=Text(fr="Indiquez la date d'émission.", en="Give the date of issue."),
        article=f"{_ART_242} I 6°",
        term="BT-2",
        where="issue_date",
        duty=duties.always,
        present=lambda facts: facts.invoice.issue_date is not None,
        standard="BR-03",
    ),
    Demand(
        identifier="seller-name",
        title=Text(fr="Nom du vendeur", en="Name of the seller"),
        statement=Text(fr="La facture nomme le vendeur.", en="The invoice names the seller."),
        mend=Text(fr="Indiquez le nom complet du vendeur.", en="Give the full name of the seller."),
        article=f"{_ART_242} I 1°",
        term="BT-27",
        where="seller.name",
        duty=duties.always,
        present=lambda facts: bool(_seller(facts).name),
        standard="BR-06",
    ),
    Demand(
        identifier="seller-address",
        title=Text(fr="Adresse du vendeur", en="Address of the seller"),
        statement=Text(
            fr="L'adresse du vendeur est complète : rue ou code postal, et ville.",
            en="The address of the seller is complete: street or post code, and town.",
        ),
        mend=Text(fr="Complétez l'adresse du vendeur.", en="Complete the address of the seller."),
        article=f"{_ART_242} I 1°",
        term="BG-5",
        where="seller.address",
        duty=duties.always,
        present=lambda facts: _has_address(facts.invoice.seller),
    ),
    Demand(
        identifier="buyer-name",
        title=Text(fr="Nom de l'acheteur", en="Name of the buyer"),
        statement=Text(fr="La facture nomme l'acheteur.", en="The invoice names the buyer."),
        mend=Text(fr="Indiquez le nom complet de l'acheteur.", en="Give the full name of the buyer."),
        article=f"{_ART_242} I 1°",
        term="BT-44",
        where="buyer.name",
        duty=duties.always,
        present=lambda facts: bool(_buyer(facts).name),
        standard="BR-07",
    ),
    Demand(
        identifier="buyer-address",
        title=Text(fr="Adresse de l'acheteur", en="Address of the buyer"),
        statement=Text(
            fr="L'adresse de l'acheteur, qui est celle de facturation, est complète : rue ou code postal, et ville.",
            en="The address of the buyer, to which it is billed, is complete: street or post code, and town.",
        ),
        mend=Text(fr="Complétez l'adresse de l'acheteur.", en="Complete the address of the buyer."),
        article=f"{_ART_242} I 1°, C. com. L441-9",
        term="BG-8",
        where="buyer.address",
        duty=duties.always,
        present=lambda facts: _has_address(facts.invoice.buyer),
    ),
    Demand(
        identifier="seller-siren",
        title=Text(fr="SIREN du vendeur", en="SIREN of the seller"),
        statement=Text(fr="La facture porte le SIREN du vendeur.", en="The invoice has the SIREN of the seller."),
        mend=Text(
            fr="Indiquez le SIREN du vendeur (BT-30, schéma 0002).",
            en="Give the SIREN of the seller (BT-30, scheme 0002).",
        ),
        article="C. com. R123-237",
        term="BT-30",
        where="seller.legal_registration",
        duty=duties.in_france,
        present=lambda facts: _has_siren(_seller(facts)),
    ),
    Demand(
        identifier="seller-capital",
        title=Text(fr="Forme juridique et capital", en="Legal form and capital"),
        statement=Text(
            fr="Une société indique sa forme juridique et le montant de son capital.",
            en="A company states its legal form and the amount of its capital.",
        ),
        mend=Text(
            fr="Ajoutez-les aux mentions légales (BT-33) : « SAS au capital de 10 000 € ».",
            en="Add them to the legal information (BT-33): “SAS au capital de 10 000 €”.",
        ),
        article="C. com. R123-237 et suivants",
        term="BT-33",
        where="seller.legal_information",
        duty=duties.companies,
        present=lambda facts: facts.evidence.says(COMPANY_CAPITAL),
        wording=Text(fr="SAS au capital de 10 000 €", en="SAS au capital de 10 000 €"),
    ),
    Demand(
        identifier="seller-register",
        title=Text(fr="RCS et ville", en="Commercial register and town"),
        statement=Text(
            fr="Une société indique « RCS » et la ville du greffe où elle est immatriculée.",
            en="A company states “RCS” and the town where it is registered.",
        ),
        mend=Text(
            fr="Ajoutez-les aux mentions légales (BT-33) : « RCS Lyon 732 829 320 ».",
            en="Add them to the legal information (BT-33): “RCS Lyon 732 829 320”.",
        ),
        article="C. com. R123-237",
        term="BT-33",
        where="seller.legal_information",
        duty=duties.companies,
        present=lambda facts: facts.evidence.says(REGISTER_WITH_TOWN) or facts.evidence.says(OTHER_REGISTER),
        wording=Text(fr="RCS Lyon 732 829 320", en="RCS Lyon 732 829 320"),
    ),
    Demand(
        identifier="sole-trader",
        title=Text(fr="« EI »", en="“EI”"),
        statement=Text(
            fr="Le nom d'un entrepreneur individuel est suivi ou précédé de « EI » ou « entrepreneur individuel ».",
            en="The name of a sole trader has “EI” or “entrepreneur individuel” beside it.",
        ),
        mend=Text(fr="Écrivez « EI » après le nom (BT-27).", en="Write “EI” after the name (BT-27)."),
        article="C. com. R526-27",
        term="BT-27",
        where="seller.name",
        duty=duties.sole_traders,
        present=lambda facts: SOLE_TRADER.search(facts.evidence.identity) is not None,
        wording=Text(fr="EI", en="EI"),
    ),
    Demand(
        identifier="seller-identity",
        title=Text(fr="Mentions légales du vendeur", en="Legal information of the seller"),
        statement=Text(
            fr="La facture dit ce qu'est le vendeur en droit : société (forme, capital, RCS et ville) ou « EI ».",
            en="The invoice says what the seller is in law: a company (form, capital, RCS and town) or “EI”.",
        ),
        mend=Text(
            fr="Remplissez les mentions légales du vendeur (BT-33).",
            en="Fill in the legal information of the seller (BT-33).",
        ),
        article="C. com. R123-237, R526-27",
        term="BT-33",
        where="seller.legal_information",
        duty=duties.of_unknown_kind,
        present=lambda facts: facts.evidence.says(REGISTER_WITH_TOWN) or facts.evidence.says(OTHER_REGISTER),
    ),
    Demand(
        identifier="seller-vat-number",
        title=Text(fr="Numéro de TVA du vendeur", en="VAT number of the seller"),
        statement=Text(
            fr="La facture porte le numéro de TVA du vendeur, sauf franchise ou montant d'au plus 150 € HT.",
            en="The invoice has the VAT number of the seller, unless in the franchise or up to 150 € without tax.",
        ),
        mend=Text(fr="Indiquez le numéro de TVA du vendeur (BT-31).", en="Give the VAT number of the seller (BT-31)."),
        article=f"{_ART_242} I 2°",
        term="BT-31",
        where="seller.vat_identifier",
        duty=_seller_vat_duty,
        present=_has_vat_number,
    ),
    Demand(
        identifier="buyer-vat-number",
        title=Text(fr="Numéro de TVA de l'acheteur", en="VAT number of the buyer"),
        statement=Text(
            fr="Si l'acheteur doit la taxe (autoliquidation, livraison intracommunautaire), "
            "la facture porte son numéro de TVA.",
            en="Where the buyer owes the tax (reverse charge, intra-EU supply), the invoice has its VAT number.",
        ),
        mend=Text(
            fr="Demandez son numéro de TVA à l'acheteur, vérifiez-le sur VIES et indiquez-le (BT-48).",
            en="Ask the buyer for its VAT number, check it with VIES and give it (BT-48).",
        ),
        article=f"{_ART_242} I 3°, 4°",
        term="BT-48",
        where="buyer.vat_identifier",
        duty=_buyer_number_duty,
        present=lambda facts: bool(_buyer(facts).vat_identifier),
    ),
    Demand(
        identifier="tax-representative",
        optional=True,
        title=Text(fr="Représentant fiscal", en="Tax representative"),
        statement=Text(
            fr="Si un représentant fiscal doit la taxe, la facture porte son nom, son adresse et son numéro de TVA.",
            en="Where a tax representative owes the tax, the invoice has its name, address and VAT number.",
        ),
        mend=Text(fr="Complétez le représentant fiscal (BG-11).", en="Complete the tax representative (BG-11)."),
        article=f"{_ART_242} I 5°",
        term="BG-11",
        where="tax_representative",
        duty=duties.if_so,
        present=lambda facts: facts.invoice.tax_representative is not None,
    ),
    Demand(
        identifier="buyer-siren",
        title=Text(fr="SIREN de l'acheteur", en="SIREN of the buyer"),
        statement=Text(
            fr="La facture porte le SIREN de l'acheteur établi en France.",
            en="The invoice has the SIREN of a buyer established in France.",
        ),
        mend=Text(
            fr="Indiquez le SIREN de l'acheteur (BT-47, schéma 0002).",
            en="Give the SIREN of the buyer (BT-47, scheme 0002).",
        ),
        article=f"{_ART_242} (décret 2022-1299)",
        term="BT-47",
        where="buyer.legal_registration",
        duty=_buyer_siren_duty,
        present=lambda facts: _has_siren(_buyer(facts)),
    ),
    Demand(
        identifier="self-billing",
        title=Text(fr="« Autofacturation »", en="“Autofacturation”"),
        statement=Text(
            fr="Une facture établie par l'acheteur porte « Autofacturation ».",
            en="An invoice made by the buyer says “Autofacturation”.",
        ),
        mend=Text(fr="Ajoutez une note « Autofacturation ».", en="Add a note “Autofacturation”."),
        article=f"{_ART_242} I 14°",
        term="BT-22",
        where="notes",
        duty=_self_billed_duty,
        present=lambda facts: facts.evidence.says(SELF_BILLING),
        wording=Text(fr="Autofacturation", en="Autofacturation"),
    ),
)
