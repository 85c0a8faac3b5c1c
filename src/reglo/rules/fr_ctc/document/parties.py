"""Seller and buyer: their SIREN, their addresses, and members of a VAT group."""

from reglo.core.findings import Text
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.document.entry import Entry
from reglo.rules.fr_ctc.facts import Facts, PartyFacts

_SINGLE_VAT_MEMBER = "MEMBRE_ASSUJETTI_UNIQUE"
_SINGLE_VAT_SCHEME = "0231"


def _seller_has_siren(facts: Facts) -> bool:
    """BR-FR-10. The UBL sheet judges each legal entity of the seller, so none is no breach there."""
    if facts.is_ubl:
        return all(
            number is not None and number[0] == "0002" and shapes.is_siren(number[1])
            for number in facts.seller.legal_numbers
        )
    return shapes.is_siren(facts.seller.siren)


def _buyer_has_siren(facts: Facts) -> bool:
    """BR-FR-11."""
    if "B2B" not in facts.treatments:
        return True
    siren = facts.buyer.siren
    return shapes.is_siren(siren) and (facts.is_ubl or siren == (siren or "").strip())


def _has_address(party: PartyFacts, facts: Facts) -> bool:
    endpoint = party.endpoint or ""
    return shapes.is_filled(endpoint) if facts.is_ubl else endpoint != ""


def _buyer_has_address(facts: Facts) -> bool:
    """BR-FR-12."""
    return _has_address(facts.buyer, facts)


def _seller_has_address(facts: Facts) -> bool:
    """BR-FR-13."""
    return _has_address(facts.seller, facts)


def _is_addressed_by_siren(party: PartyFacts, facts: Facts) -> bool:
    siren = party.siren if facts.is_ubl else party.legal_number
    return party.endpoint_scheme == "0225" and (party.endpoint or "").startswith(siren or "")


def _buyer_is_addressed_by_siren(facts: Facts) -> bool:
    """BR-FR-21: the buyer receives the invoice, unless it is the one who made it."""
    concerned = "B2B" in facts.treatments and facts.type_code not in shapes.SELF_BILLED_TYPES
    return not concerned or _is_addressed_by_siren(facts.buyer, facts)


def _seller_is_addressed_by_siren(facts: Facts) -> bool:
    """BR-FR-22: the seller receives a self-billed invoice."""
    concerned = "B2B" in facts.treatments and facts.type_code in shapes.SELF_BILLED_TYPES
    return not concerned or _is_addressed_by_siren(facts.seller, facts)


def _member_of_single_vat_group_says_so(facts: Facts) -> bool:
    """BR-FR-CO-14."""
    if facts.seller.identified_by(_SINGLE_VAT_SCHEME) is None:
        return True
    return _SINGLE_VAT_MEMBER in facts.texts_of("TXD")


def _member_of_single_vat_group_names_it(facts: Facts) -> bool:
    """BR-FR-CO-15."""
    return facts.seller.identified_by(_SINGLE_VAT_SCHEME) is None or bool(facts.tax_representative_vat)


PARTIES: tuple[Entry, ...] = (
    Entry(
        ubl="BR-FR-10_BT-30",
        cii="BR-FR-10_BT-30",
        where="seller.legal_registration",
        term="BT-30",
        holds=_seller_has_siren,
        shows=lambda facts: facts.seller.legal_number,
        statement=Text(
            fr="Le vendeur est désigné par son SIREN : neuf chiffres, schéma 0002.",
            en="The seller is named by its SIREN: nine digits, scheme 0002.",
        ),
        fix=Text(
            fr="Indiquez le SIREN du vendeur (BT-30, schéma 0002).",
            en="Give the SIREN of the seller (BT-30, scheme 0002).",
        ),
        example=Text(
            fr="Bon : 732829320 (schéma 0002). Mauvais : 73282932000074 (c'est un SIRET).",
            en="Good: 732829320 (scheme 0002). Bad: 73282932000074 (that is a SIRET).",
        ),
    ),
    Entry(
        ubl="BR-FR-11_BT-47",
        cii="BR-FR-11_BT-47",
        where="buyer.legal_registration",
        term="BT-47",
        holds=_buyer_has_siren,
        shows=lambda facts: facts.buyer.legal_number,
        statement=Text(
            fr="Quand la note BAR dit B2B, l'acheteur est désigné par son SIREN : neuf chiffres, schéma 0002.",
            en="Where the note BAR says B2B, the buyer is named by its SIREN: nine digits, scheme 0002.",
        ),
        fix=Text(
            fr="Saisissez le SIREN de l'acheteur ; s'il n'en a pas, la note BAR doit dire B2BINT ou B2C.",
            en="Enter the SIREN of the buyer; if it has none, the note BAR must say B2BINT or B2C.",
        ),
        example=Text(
            fr="Bon : note BAR « B2B » et SIREN 552100554. Mauvais : note BAR « B2B » sans SIREN.",
            en="Good: note BAR “B2B” and SIREN 552100554. Bad: note BAR “B2B” without SIREN.",
        ),
    ),
    Entry(
        ubl="BR-FR-12_BT-49",
        cii="BR-FR-12_BT-49",
        where="buyer.electronic_address",
        term="BT-49",
        holds=_buyer_has_address,
        statement=Text(fr="L'acheteur a une adresse électronique.", en="The buyer has an electronic address."),
        fix=Text(
            fr="Saisissez l'adresse de l'acheteur dans l'annuaire (schéma 0225), ou à défaut son courriel (schéma EM).",
            en="Enter the buyer's address in the directory (scheme 0225), or failing that its e-mail (scheme EM).",
        ),
        example=Text(fr="Bon : 552100554, schéma 0225.", en="Good: 552100554, scheme 0225."),
    ),
    Entry(
        ubl="BR-FR-13_BT-34",
        cii="BR-FR-13_BT-34",
        where="seller.electronic_address",
        term="BT-34",
        holds=_seller_has_address,
        statement=Text(fr="Le vendeur a une adresse électronique.", en="The seller has an electronic address."),
        fix=Text(
            fr="Saisissez l'adresse du vendeur dans l'annuaire (schéma 0225).",
            en="Enter the seller's address in the directory (scheme 0225).",
        ),
        example=Text(fr="Bon : 732829320, schéma 0225.", en="Good: 732829320, scheme 0225."),
    ),
    Entry(
        ubl="BR-FR-21_BT-49",
        cii="BR-FR-21_BT-49",
        where="buyer.electronic_address",
        term="BT-49",
        holds=_buyer_is_addressed_by_siren,
        shows=lambda facts: facts.buyer.endpoint,
        statement=Text(
            fr="Quand la note BAR dit B2B, l'adresse de l'acheteur est de schéma 0225 et commence par son SIREN.",
            en="Where the note BAR says B2B, the buyer's address is of scheme 0225 and begins with its SIREN.",
        ),
        fix=Text(
            fr="Reprenez l'adresse de l'acheteur dans l'annuaire : SIREN, SIREN_SIRET ou SIREN_suffixe.",
            en="Take the buyer's address from the directory: SIREN, SIREN_SIRET or SIREN_suffix.",
        ),
        example=Text(
            fr="Bon : 552100554_compta, schéma 0225, SIREN 552100554. Mauvais : compta@exemple.fr, schéma EM.",
            en="Good: 552100554_compta, scheme 0225, SIREN 552100554. Bad: compta@exemple.fr, scheme EM.",
        ),
    ),
    Entry(
        ubl="BR-FR-22_BT-34",
        cii="BR-FR-22_BT-34",
        where="seller.electronic_address",
        term="BT-34",
        holds=_seller_is_addressed_by_siren,
        shows=lambda facts: facts.seller.endpoint,
        statement=Text(
            fr="Pour une autofacture dont la note BAR dit B2B, l'adresse du vendeur est de schéma 0225 et commence par "
            "son SIREN.",
            en="For a self-billed invoice whose note BAR says B2B, the seller's address is of scheme 0225 and begins "
            "with its SIREN.",
        ),
        fix=Text(
            fr="Reprenez l'adresse du vendeur dans l'annuaire : SIREN, SIREN_SIRET ou SIREN_suffixe.",
            en="Take the seller's address from the directory: SIREN, SIREN_SIRET or SIREN_suffix.",
        ),
        example=Text(
            fr="Bon : type 389, adresse 732829320, SIREN 732829320. Mauvais : type 389, adresse de schéma EM.",
            en="Good: type 389, address 732829320, SIREN 732829320. Bad: type 389, address of scheme EM.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-14_BT-29-1",
        cii="BR-FR-CO-14_BT-29-1",
        where="notes",
        term="BT-29-1",
        holds=_member_of_single_vat_group_says_so,
        statement=Text(
            fr="Le membre d'un assujetti unique (identifiant de schéma 0231) porte une note TXD "
            "« MEMBRE_ASSUJETTI_UNIQUE ».",
            en="A member of a VAT group (identifier of scheme 0231) has a note TXD “MEMBRE_ASSUJETTI_UNIQUE”.",
        ),
        fix=Text(
            fr="Ajoutez la note TXD, ou retirez l'identifiant de schéma 0231.",
            en="Add the note TXD, or remove the identifier of scheme 0231.",
        ),
        example=Text(
            fr="Mauvais : identifiant 0231 sans note TXD.",
            en="Bad: identifier 0231 without a note TXD.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-15_BT-29-1",
        cii="BR-FR-CO-15_BT-29-1",
        where="tax_representative",
        term="BT-29-1",
        holds=_member_of_single_vat_group_names_it,
        statement=Text(
            fr="Le membre d'un assujetti unique (identifiant de schéma 0231) indique l'assujetti unique comme "
            "représentant fiscal, avec son numéro de TVA.",
            en="A member of a VAT group (identifier of scheme 0231) gives the group as its tax representative, with "
            "its VAT number.",
        ),
        fix=Text(
            fr="Saisissez l'assujetti unique et son numéro de TVA comme représentant fiscal.",
            en="Enter the VAT group and its VAT number as tax representative.",
        ),
        example=Text(
            fr="Mauvais : identifiant 0231 sans représentant fiscal.",
            en="Bad: identifier 0231 without tax representative.",
        ),
    ),
)
