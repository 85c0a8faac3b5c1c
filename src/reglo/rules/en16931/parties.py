"""Who sells, buys, is paid and represents: names, addresses, identifiers."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from reglo.core.business_terms import term
from reglo.core.document import Address, Identifier, Party
from reglo.core.findings import Text
from reglo.formats.profiles import Profile
from reglo.formats.reading import Syntax
from reglo.formats.xml import RAM, RSM
from reglo.rules.codes import CodeList, CommonCodes, codes
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, rule

_VAT_PREFIXES_CII = CodeList("vat_prefixes_cii")
_COMMON_VAT_PREFIXES = CommonCodes("vat_prefixes", "vat_prefixes_cii")

_AN_ADDRESS = "3 place du Marché, 44000 Nantes, FR"
_REPRESENTATIVE = Text(
    fr="dès lors que le vendeur a un représentant fiscal (BG-11)",
    en="where the seller has a tax representative (BG-11)",
)


def _country(address: Address | None) -> str | None:
    return None if address is None else address.country


def _country_of_an_address(address: Address | None) -> str | None:
    """The country; a place without an address needs none."""
    return "—" if address is None else address.country


def _scheme_of_an_address(address: Identifier | None) -> str | None:
    return "—" if address is None else address.scheme


def _representative(facts: Facts) -> Party | None:
    return facts.invoice.tax_representative


def _representative_name(facts: Facts) -> str | None:
    party = _representative(facts)
    return "—" if party is None else party.name


def _representative_vat(facts: Facts) -> str | None:
    party = _representative(facts)
    return "—" if party is None else party.vat_identifier


def _representative_number(facts: Facts) -> str | None:
    party = _representative(facts)
    return None if party is None else party.vat_identifier


def _representative_country(facts: Facts, country: Callable[[Address | None], str | None]) -> str | None:
    party = _representative(facts)
    return "—" if party is None else country(party.address)


def _representative_has_no_address(facts: Facts) -> bool:
    party = _representative(facts)
    return party is not None and party.address is None


def _delivery_country(facts: Facts) -> str | None:
    delivery = facts.invoice.delivery
    return "—" if delivery is None else _country_of_an_address(delivery.address)


def _payee_is_the_seller(facts: Facts) -> bool:
    """UBL compares the names and numbers that people use: trading names (BT-28) and identifiers."""
    payee = facts.invoice.payee
    if payee is None:
        return False
    if payee.name is None or payee.name == facts.seller.trading_name:
        return True
    known = {each.value for each in facts.seller.identifiers}
    return any(each.value in known for each in payee.identifiers)


def _payee_of_cii_is_wrong(facts: Facts) -> bool:
    """CII looks for the seller where it never stands, and so asks for the name alone.

    But for the French extension, which finds it: by its name, its identifiers without a scheme, and its registration.
    """
    payee, seller = facts.invoice.payee, facts.seller
    if payee is None or payee.name is None:
        return payee is not None
    if facts.profile is not Profile.EXTENDED_CTC_FR or facts.syntax not in CII:
        return False
    known = {each.value for each in seller.identifiers if each.scheme is None}
    registered = seller.legal_registration
    return (
        payee.name == seller.name
        or any(each.value in known for each in payee.identifiers if each.scheme is None)
        or (
            payee.legal_registration is not None
            and registered is not None
            and payee.legal_registration.value == registered.value
        )
    )


def _seller_is_unknown(facts: Facts) -> bool:
    seller = facts.seller
    if facts.invoice.seller is None:
        return False
    return not seller.identifiers and seller.legal_registration is None and seller.vat_identifier is None


def _has_unknown_prefix(number: str | None, syntax: Syntax) -> bool:
    """Whether a VAT number begins with no country. UBL looks for the two letters anywhere in its list of them."""
    if number is None:
        return False
    prefix = number[:2]
    if syntax in UBL:
        return prefix not in _vat_prefix_text()
    return prefix not in (_VAT_PREFIXES_CII if syntax in CII else _COMMON_VAT_PREFIXES)


@cache
def _vat_prefix_text() -> str:
    return f" {' '.join(sorted(codes('vat_prefixes')))} "


_BR_17 = rule(
    "BR-17",
    "BT-59",
    statement=Text(
        fr="Le bénéficiaire du paiement (BG-10) doit avoir un nom (BT-59), et n'être indiqué que s'il n'est pas le "
        "vendeur.",
        en="The payee (BG-10) must have a name (BT-59), and be stated only where it is not the seller.",
    ),
    fix=Text(
        fr="Nommez le bénéficiaire, ou retirez-le si c'est le vendeur.",
        en="Name the payee, or remove it where it is the seller.",
    ),
    example=Text(
        fr="Bon : Factor SA, pour un vendeur Atelier Lumière. Mauvais : un bénéficiaire sans nom.",
        en="Good: Factor SA, for a seller Atelier Lumière. Bad: a payee without a name.",
    ),
)
_BR_19 = rule(
    "BR-19",
    "BG-12",
    statement=Text(
        fr="Le représentant fiscal du vendeur (BG-11) doit avoir une adresse (BG-12).",
        en="The tax representative of the seller (BG-11) must have an address (BG-12).",
    ),
    fix=Text(fr="Renseignez l'adresse du représentant fiscal.", en="Fill in the address of the tax representative."),
    example=Text(
        fr="Bon : 3 place du Marché, 44000 Nantes, FR. Mauvais : un nom sans adresse.",
        en="Good: 3 place du Marché, 44000 Nantes, FR. Bad: a name without an address.",
    ),
)
_BR_CO_09 = rule(
    "BR-CO-09",
    "BT-31",
    statement=Text(
        fr="Un numéro de TVA (BT-31, BT-48, BT-63) doit commencer par le code du pays qui l'a donné ; la Grèce "
        "écrit EL.",
        en="A VAT number (BT-31, BT-48, BT-63) must begin with the code of the country that gave it; Greece writes EL.",
    ),
    fix=Text(fr="Ajoutez le code du pays devant le numéro.", en="Put the code of the country before the number."),
    example=Text(fr="Bon : FR44732829320. Mauvais : 44732829320.", en="Good: FR44732829320. Bad: 44732829320."),
)
_BR_CO_26 = rule(
    "BR-CO-26",
    "BT-29",
    statement=Text(
        fr="Le vendeur doit se reconnaître à un identifiant (BT-29), un numéro légal (BT-30) ou un numéro de TVA "
        "(BT-31).",
        en="The seller must be known by an identifier (BT-29), a legal number (BT-30) or a VAT number (BT-31).",
    ),
    fix=Text(fr="Renseignez le SIREN du vendeur (BT-30).", en="Fill in the seller's legal number (BT-30)."),
    example=Text(
        fr="Bon : BT-30 = 732829320. Mauvais : seulement un autre numéro fiscal (BT-32).",
        en="Good: BT-30 = 732829320. Bad: nothing but another tax number (BT-32).",
    ),
)

_NAMES_AND_ADDRESSES: tuple[Check[Any], ...] = (
    *need("BR-06", Group.DOCUMENT, "BT-27", lambda facts: facts.seller.name, good="Atelier Lumière SAS"),
    *need("BR-07", Group.DOCUMENT, "BT-44", lambda facts: facts.buyer.name, good="Boulangerie Martin SARL"),
    *need("BR-08", Group.DOCUMENT, "BG-5", lambda facts: facts.seller.address, good=_AN_ADDRESS),
    *need("BR-10", Group.DOCUMENT, "BG-8", lambda facts: facts.buyer.address, good=_AN_ADDRESS),
    *need("BR-18", Group.DOCUMENT, "BT-62", _representative_name, good="Fiscalia SA", provided=_REPRESENTATIVE),
    *need(
        "BR-56",
        Group.DOCUMENT,
        "BT-63",
        _representative_vat,
        good="FR96552100554",
        empty=Empty.REFUSED_IN_CII,
        provided=_REPRESENTATIVE,
    ),
    *need(
        "BR-57",
        Group.DOCUMENT,
        "BT-80",
        _delivery_country,
        good="FR",
        empty=Empty.REFUSED_IN_CII,
        provided=Text(fr="dès lors qu'elle a une adresse de livraison", en="where it has a delivery address"),
    ),
    *need(
        "BR-62",
        Group.DOCUMENT,
        "BT-34-1",
        lambda facts: _scheme_of_an_address(facts.seller.electronic_address),
        good="0225",
        empty=Empty.REFUSED_IN_CII,
        provided=Text(fr="dès lors qu'il a une adresse électronique", en="where there is an electronic address"),
    ),
    *need(
        "BR-63",
        Group.DOCUMENT,
        "BT-49-1",
        lambda facts: _scheme_of_an_address(facts.buyer.electronic_address),
        good="0225",
        empty=Empty.REFUSED_IN_CII,
        provided=Text(fr="dès lors qu'il a une adresse électronique", en="where there is an electronic address"),
    ),
)

_COUNTRIES: tuple[Check[Any], ...] = (
    *need(
        "BR-09",
        Group.DOCUMENT,
        "BT-40",
        lambda facts: _country(facts.seller.address),
        good="FR",
        in_ubl=lambda facts: _country_of_an_address(facts.seller.address),
    ),
    *need(
        "BR-11",
        Group.DOCUMENT,
        "BT-55",
        lambda facts: _country(facts.buyer.address),
        good="FR",
        in_ubl=lambda facts: _country_of_an_address(facts.buyer.address),
    ),
    *need(
        "BR-20",
        Group.DOCUMENT,
        "BT-69",
        lambda facts: _representative_country(facts, _country),
        good="FR",
        provided=_REPRESENTATIVE,
        in_ubl=lambda facts: _representative_country(facts, _country_of_an_address),
    ),
)


def _address_element_is_empty(role: str) -> Callable[[Facts], bool]:
    """Whether CII has the element of an electronic address, and no address in it."""
    path = f"{{{RSM}}}SupplyChainTradeTransaction/{{{RAM}}}ApplicableHeaderTradeAgreement/{{{RAM}}}{role}TradeParty"

    def breached(facts: Facts) -> bool:
        party = facts.seller if role == "Seller" else facts.buyer
        if party.electronic_address is not None or facts.root is None:
            return False
        return facts.root.find(f"{path}/{{{RAM}}}URIUniversalCommunication") is not None

    return breached


def _empty_address_checks() -> Iterator[Check[Facts]]:
    known = {check.rule.identifier: check.rule for check in _NAMES_AND_ADDRESSES}
    for identifier, role in (("BR-62", "Seller"), ("BR-63", "Buyer")):
        breached, at = _address_element_is_empty(role), role.lower()
        yield Check(rule=known[identifier], group=Group.DOCUMENT, breached=breached, at=at, syntaxes=CII)


def _vat_number_check(business_term: str, number: Callable[[Facts], str | None]) -> Check[Facts]:
    known = term(business_term)
    return Check(
        rule=_BR_CO_09,
        group=Group.DOCUMENT,
        at=None if known is None else known.path,
        breached=lambda facts: _has_unknown_prefix(number(facts), facts.syntax),
        detail=lambda facts: Text(fr=f"Numéro lu : {number(facts)}.", en=f"Number read: {number(facts)}."),
    )


CHECKS: tuple[Check[Any], ...] = (
    *_NAMES_AND_ADDRESSES,
    *_COUNTRIES,
    *_empty_address_checks(),
    Check[Facts](rule=_BR_17, group=Group.DOCUMENT, breached=_payee_is_the_seller, syntaxes=UBL),
    Check[Facts](rule=_BR_17, group=Group.DOCUMENT, breached=_payee_of_cii_is_wrong, syntaxes=CII | DATA),
    Check[Facts](rule=_BR_19, group=Group.DOCUMENT, breached=_representative_has_no_address),
    _vat_number_check("BT-31", lambda facts: facts.seller.vat_identifier),
    _vat_number_check("BT-48", lambda facts: facts.buyer.vat_identifier),
    _vat_number_check("BT-63", _representative_number),
    Check[Facts](rule=_BR_CO_26, group=Group.DOCUMENT, breached=_seller_is_unknown, at="seller"),
)
