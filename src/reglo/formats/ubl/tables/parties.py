"""Parties, their addresses and contacts, and where goods are delivered."""

from collections.abc import Mapping

from reglo.core.document import Address, Contact, Delivery, Party
from reglo.formats.ubl.binding import Entry, Inside, One, Table, cac, cbc
from reglo.formats.ubl.leaves import Code, Day, Identified, Text
from reglo.formats.ubl.quirks.parties import PartyIdentification, TaxRegistration

TAX_SCHEME = cac("TaxScheme", Inside(cbc("ID", Code("scheme"))))


def _address(line_1: str, line_2: str, line_3: str, city: str, post_code: str, subdivision: str, country: str) -> Table:
    """The table of an address, whose terms have these numbers."""
    return Table(
        Address,
        cbc("StreetName", Text("line_1", line_1)),
        cbc("AdditionalStreetName", Text("line_2", line_2)),
        cbc("CityName", Text("city", city)),
        cbc("PostalZone", Text("post_code", post_code)),
        cbc("CountrySubentity", Text("subdivision", subdivision)),
        cac("AddressLine", Inside(cbc("Line", Text("line_3", line_3)))),
        cac("Country", Inside(cbc("IdentificationCode", Code("country", country)))),
    )


SELLER_ADDRESS = _address("BT-35", "BT-36", "BT-162", "BT-37", "BT-38", "BT-39", "BT-40")

_BUYER_ADDRESS = _address("BT-50", "BT-51", "BT-163", "BT-52", "BT-53", "BT-54", "BT-55")

_REPRESENTATIVE_ADDRESS = _address("BT-64", "BT-65", "BT-164", "BT-66", "BT-67", "BT-68", "BT-69")

DELIVERY_ADDRESS = _address("BT-75", "BT-76", "BT-165", "BT-77", "BT-78", "BT-79", "BT-80")


def _party(
    address: Table,
    terms: Mapping[str, str],
    *extra: Mapping[str, Entry],
    may_be_creditor: bool = False,
    named_by_party_name: bool = False,
) -> Table:
    """The table of a party, whose terms have the numbers `terms`.

    named_by_party_name: the name is cac:PartyName, as of payees and representatives; else that is the trading name.
    """
    party_name = "name" if named_by_party_name else "trading_name"
    legal_name = {} if named_by_party_name else cbc("RegistrationName", Text("name", terms.get("name")))
    registration = Table(dict, cbc("CompanyID", Text("company", terms.get("vat_identifier"))), TAX_SCHEME)
    return Table(
        Party,
        cbc("EndpointID", Identified("electronic_address", terms.get("electronic_address"))),
        cbc("IndustryClassificationCode", Code("role_code")),
        cac("PartyIdentification", PartyIdentification(may_be_creditor=may_be_creditor)),
        cac("PartyName", Inside(cbc("Name", Text(party_name, terms.get(party_name))))),
        cac("PostalAddress", One("address", address, terms.get("address"))),
        cac("PartyTaxScheme", TaxRegistration(registration, terms.get("vat_identifier"))),
        cac(
            "PartyLegalEntity",
            Inside(
                legal_name,
                cbc("CompanyID", Identified("legal_registration", terms.get("legal_registration"))),
                cbc("CompanyLegalForm", Text("legal_information", "BT-33")),
            ),
        ),
        cac("Contact", One("contact", _contact(terms), terms.get("contact"))),
        *extra,
    )


def _contact(terms: Mapping[str, str]) -> Table:
    return Table(
        Contact,
        cbc("Name", Text("name", terms.get("contact.name"))),
        cbc("Telephone", Text("phone", terms.get("contact.phone"))),
        cbc("ElectronicMail", Text("email", terms.get("contact.email"))),
    )


_SELLER_TERMS = {
    "name": "BT-27",
    "trading_name": "BT-28",
    "legal_registration": "BT-30",
    "vat_identifier": "BT-31",
    "electronic_address": "BT-34",
    "address": "BG-5",
    "contact": "BG-6",
    "contact.name": "BT-41",
    "contact.phone": "BT-42",
    "contact.email": "BT-43",
}

_BUYER_TERMS = {
    "name": "BT-44",
    "trading_name": "BT-45",
    "legal_registration": "BT-47",
    "vat_identifier": "BT-48",
    "electronic_address": "BT-49",
    "address": "BG-8",
    "contact": "BG-9",
    "contact.name": "BT-56",
    "contact.phone": "BT-57",
    "contact.email": "BT-58",
}

_PAYEE_TERMS = {"name": "BT-59", "legal_registration": "BT-61"}

_REPRESENTATIVE_TERMS = {"name": "BT-62", "vat_identifier": "BT-63", "address": "BG-12"}

OTHER_PARTY = _party(SELLER_ADDRESS, {})

_AGENTS = (
    cac("AgentParty", One("agent", OTHER_PARTY)),
    cac("ServiceProviderParty", Inside(cac("Party", One("provider", OTHER_PARTY)))),
)

_SELLER = _party(SELLER_ADDRESS, _SELLER_TERMS, *_AGENTS, may_be_creditor=True)

_BUYER = _party(_BUYER_ADDRESS, _BUYER_TERMS, *_AGENTS)

_PAYEE = _party(SELLER_ADDRESS, _PAYEE_TERMS, may_be_creditor=True, named_by_party_name=True)

_REPRESENTATIVE = _party(_REPRESENTATIVE_ADDRESS, _REPRESENTATIVE_TERMS, named_by_party_name=True)


def _trading_party(party: Table) -> Table:
    """A seller or buyer, which UBL wraps once more."""
    return Table(party.make, cac("Party", Inside(party.entries)))


DELIVERY = Table(
    Delivery,
    cbc("ActualDeliveryDate", Day("date", "BT-72")),
    cac(
        "DeliveryLocation",
        Inside(
            cbc("ID", Identified("location", "BT-71")),
            cac("Address", One("address", DELIVERY_ADDRESS, "BG-15")),
        ),
    ),
    cac("DeliveryParty", Inside(cac("PartyName", Inside(cbc("Name", Text("name", "BT-70")))))),
)

PARTIES = (
    cac(
        "AccountingSupplierParty",
        One(
            "seller",
            _trading_party(_SELLER),
            "BG-4",
            lift={"agent": "seller_agent", "provider": "invoicer", "creditor": "creditor"},
        ),
    ),
    cac(
        "AccountingCustomerParty",
        One("buyer", _trading_party(_BUYER), "BG-7", lift={"agent": "buyer_agent", "provider": "invoicee"}),
    ),
    cac("PayeeParty", One("payee", _PAYEE, "BG-10", lift={"creditor": "creditor"}, lower={})),
    cac("TaxRepresentativeParty", One("tax_representative", _REPRESENTATIVE, "BG-11")),
    cac("Delivery", One("delivery", DELIVERY, "BG-13")),
)
