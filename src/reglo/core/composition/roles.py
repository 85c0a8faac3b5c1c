"""Seller and buyer as parties of the document, with addresses derived. Their identifiers were checked before."""

from collections.abc import Collection

from reglo.core.composition.draft import Buyer, Seller
from reglo.core.document import Identifier, Party
from reglo.core.parties import (
    VatRegime,
    compact,
    french_vat_number,
    legal_sentence,
    name_in_law,
    vat_scheme,
)

_SIREN, _SIRET, _PLATFORM, _EMAIL = "0002", "0009", "0225", "EM"


def seller_party(seller: Seller, *, categories: Collection[str]) -> Party:
    """BG-4.

    categories: the VAT categories of the document, since what is outside the scope of VAT (O) may not stand beside a
    VAT number (BR-O-02); the number then goes to BT-32, which the law reads as well.
    """
    identity = seller.identity
    siren = compact(identity.siren)
    vat_number = _seller_vat_number(seller, siren)
    outside = "O" in categories
    return Party(
        name=name_in_law(seller.name, identity),
        trading_name=seller.trading_name,
        identifiers=_siret_of(identity.siret),
        legal_registration=Identifier(value=siren, scheme=_SIREN),
        vat_identifier=None if outside else vat_number,
        tax_registration=_tax_registration(vat_number, siren, outside=outside),
        legal_information=legal_sentence(identity),
        electronic_address=Identifier(value=seller.electronic_address or siren, scheme=_PLATFORM),
        address=seller.address,
        contact=seller.contact,
    )


def buyer_party(buyer: Buyer, *, categories: Collection[str]) -> Party:
    """BG-7."""
    sirets = _siret_of(buyer.siret)
    siren = _buyer_siren(buyer, sirets)
    vat_number = buyer.vat_number and compact(buyer.vat_number)
    return Party(
        name=buyer.name,
        trading_name=buyer.trading_name,
        identifiers=sirets,
        legal_registration=Identifier(value=siren, scheme=_SIREN) if siren else buyer.registration,
        vat_identifier=None if "O" in categories else vat_number,
        electronic_address=_buyer_address(buyer, siren, vat_number),
        address=buyer.address,
        contact=buyer.contact,
    )


def _seller_vat_number(seller: Seller, siren: str) -> str | None:
    if seller.vat_number is not None:
        return compact(seller.vat_number)
    return None if seller.identity.vat_regime is VatRegime.FRANCHISE else french_vat_number(siren)


def _tax_registration(vat_number: str | None, siren: str, *, outside: bool) -> str | None:
    """BT-32: EN 16931 wants a tax number beside an exemption (BR-E-02); for who has no VAT number it is the SIREN."""
    if vat_number is None:
        return siren
    return vat_number if outside else None


def _siret_of(siret: str | None) -> tuple[Identifier, ...]:
    if siret is None:
        return ()
    return (Identifier(value=compact(siret), scheme=_SIRET),)


def _buyer_siren(buyer: Buyer, sirets: tuple[Identifier, ...]) -> str | None:
    if buyer.siren is not None:
        return compact(buyer.siren)
    return sirets[0].value[:9] if sirets else None


def _buyer_address(buyer: Buyer, siren: str | None, vat_number: str | None) -> Identifier | None:
    """Where the invoice is sent (BT-49): as given, else by SIREN, VAT number or e-mail; None where nothing is known."""
    if buyer.electronic_address is not None:
        return buyer.electronic_address
    if siren is not None:
        return Identifier(value=_platform_address(buyer, siren), scheme=_PLATFORM)
    scheme = vat_scheme(vat_number[:2]) if vat_number else None
    if vat_number and scheme is not None:
        return Identifier(value=vat_number, scheme=scheme)
    email = buyer.contact.email if buyer.contact else None
    return Identifier(value=email, scheme=_EMAIL) if email else None


def _platform_address(buyer: Buyer, siren: str) -> str:
    """The SIREN; for a public body the establishment too, which is how the directory tells its services apart."""
    if buyer.kind.is_public and buyer.siret is not None:
        return f"{siren}_{compact(buyer.siret)}"
    return siren
