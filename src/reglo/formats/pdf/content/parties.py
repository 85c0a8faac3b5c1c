"""Who is on the page: seller, buyer, and whoever else has a part in it."""

from typing import TypedDict

from reglo.core.document import Address, Contact, Identifier, Invoice, Party, country_of
from reglo.formats.epc_qr import CREDIT_NOTES
from reglo.formats.pdf.content.text import Pair, breakable, lines_of, pair
from reglo.formats.pdf.countries import country_name
from reglo.formats.pdf.figures import grouped
from reglo.formats.pdf.wording import word

#: ISO 6523: the two registers whose numbers French readers know by name.
_SIREN, _SIRET = "0002", "0009"

#: The other parties of an invoice, by field, in the order in which a reader asks for them.
_OTHERS = ("payee", "tax_representative", "payer", "invoicee", "invoicer", "buyer_agent", "seller_agent")


class PartyBlock(TypedDict):
    """A party as a block of lines."""

    heading: str
    name: str
    lines: list[str]  #: trading name and address
    identifiers: list[Pair]


def seller_block(invoice: Invoice, language: str) -> PartyBlock:
    """The seller, with whom to ask."""
    block = _block(invoice.seller, "", language, home=None)
    contact = invoice.seller.contact if invoice.seller else None
    return PartyBlock(**{**block, "identifiers": block["identifiers"] + _contact(contact, language)})


def buyer_block(invoice: Invoice, language: str) -> PartyBlock:
    """The buyer; its contact stands above the street, where the postman looks."""
    heading = word("credited_to" if invoice.type_code in CREDIT_NOTES else "billed_to", language)
    block = _block(invoice.buyer, heading, language, home=country_of(invoice.seller))
    contact = invoice.buyer.contact if invoice.buyer else None
    above = lines_of(contact.name) if contact else []
    return PartyBlock(**{**block, "lines": above + block["lines"]})


def other_blocks(invoice: Invoice, language: str) -> list[PartyBlock]:
    """Delivery address first, then payee, tax representative and the parties of the French extension."""
    home = country_of(invoice.seller)
    blocks = [_delivery_block(invoice, language, home)]
    blocks += [_block(getattr(invoice, field), word(field, language), language, home) for field in _OTHERS]
    return [block for block in blocks if block["name"] or block["lines"] or block["identifiers"]]


def _delivery_block(invoice: Invoice, language: str, home: str | None) -> PartyBlock:
    delivery = invoice.delivery
    location = delivery.location if delivery else None
    return PartyBlock(
        heading=word("delivered_to", language),
        name=breakable((delivery.name if delivery else None) or ""),
        lines=_address(delivery.address, language, home) if delivery else [],
        identifiers=_identifier(location, language) if location else [],
    )


def _block(party: Party | None, heading: str, language: str, home: str | None) -> PartyBlock:
    if party is None:
        return PartyBlock(heading=heading, name="", lines=[], identifiers=[])
    trading_name = party.trading_name if party.trading_name != party.name else None
    return PartyBlock(
        heading=heading,
        name=breakable(party.name or party.trading_name or ""),
        lines=(lines_of(trading_name) if party.name else []) + _address(party.address, language, home),
        identifiers=_identifiers(party, language),
    )


def _address(address: Address | None, language: str, home: str | None) -> list[str]:
    """The lines of an address; the country only where it is not `home`."""
    if address is None:
        return []
    town = " ".join(part for part in (address.post_code, address.city) if part)
    abroad = address.country if home and address.country and address.country != home else None
    parts = [address.line_1, address.line_2, address.line_3, town, address.subdivision]
    parts += [country_name(abroad, language)] if abroad else []
    return [line for part in parts for line in lines_of(part)]


def _identifiers(party: Party, language: str) -> list[Pair]:
    registration = party.legal_registration
    return [
        *(_identifier(registration, language, unnamed="registration") if registration else []),
        *(entry for each in party.identifiers for entry in _identifier(each, language)),
        *pair(word("vat_number", language), party.vat_identifier),
        *(pair(word("tax_number", language), party.tax_registration) if _says_more(party) else []),
    ]


def _says_more(party: Party) -> bool:
    """Whether the tax number (BT-32) is another than the registration: in the franchise it repeats the SIREN."""
    registration = party.legal_registration.value if party.legal_registration else ""
    return "".join((party.tax_registration or "").split()) != "".join(registration.split())


def _identifier(identifier: Identifier, language: str, *, unnamed: str = "identifier") -> list[Pair]:
    if identifier.scheme == _SIREN:
        return pair(word("siren", language), grouped(identifier.value, size=3))
    if identifier.scheme == _SIRET:
        return pair(word("siret", language), grouped(identifier.value, (3, 3, 3), size=5))
    return pair(word(unnamed, language), identifier.value)


def _contact(contact: Contact | None, language: str) -> list[Pair]:
    if contact is None:
        return []
    ways = [value for value in (contact.name, contact.phone, contact.email) if value]
    return pair(word("contact", language), "\n".join(ways))
