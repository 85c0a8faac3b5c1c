"""What is known of a customer, its contacts and its addresses, as values apart from their rows."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from reglo.core.parties import IdentifierKind, compact, fault_of, french_vat_number
from reglo.core.terms import BuyerKind, PaymentTerms, agreement
from reglo.customers.models import AddressUse, Contact, Customer, CustomerAddress
from reglo.formats.data.stored import read_stored, write_stored

#: Where a SIREN is given out.
FRENCH_COUNTRIES = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM"})

_PLACE = frozenset(("line_1", "line_2", "post_code", "city", "country"))
_EVERYBODY = _PLACE | {"kind", "name", "reference", "language", "default_terms", "notes"}
_FIRMS = frozenset(("vat_number", "electronic_address", "electronic_address_scheme", "buyer_reference"))
_FRENCH_FIRMS = frozenset(("siren", "siret"))
_FOREIGN_FIRMS = frozenset(("registration",))


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What a customer is. Fields are those of `Customer`."""

    name: str
    kind: BuyerKind = BuyerKind.BUSINESS
    trading_name: str = ""
    reference: str = ""
    siren: str = ""
    siret: str = ""
    vat_number: str | None = ""  #: None is what the SIREN gives; "" is none: a firm in the franchise has none
    registration: str = ""
    line_1: str = ""
    line_2: str = ""
    post_code: str = ""
    city: str = ""
    country: str = "FR"
    language: str = "fr"
    buyer_reference: str = ""
    electronic_address: str = ""
    electronic_address_scheme: str = ""
    default_terms: PaymentTerms | None = None  #: None is what the organisation has
    notes: str = ""

    @property
    def is_french(self) -> bool:
        """Whether the customer stands in the French register of firms."""
        return self.country in FRENCH_COUNTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """A person at a customer."""

    name: str = ""  #: the e-mail address where empty
    email: str = ""
    phone: str = ""
    buys: bool = False
    pays: bool = False
    is_legal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFacts:
    """Another place of a customer."""

    use: AddressUse = AddressUse.DELIVERY
    name: str = ""
    line_1: str = ""
    line_2: str = ""
    post_code: str = ""
    city: str = ""
    country: str = "FR"


Facts = CustomerFacts | ContactFacts | AddressFacts


def fields_that_matter(kind: BuyerKind, country: str) -> frozenset[str]:
    """Which facts are asked of a customer of this kind: a consumer has no SIREN, a firm abroad has another number."""
    if kind is BuyerKind.CONSUMER:
        return _EVERYBODY
    numbers = _FRENCH_FIRMS if country in FRENCH_COUNTRIES else _FOREIGN_FIRMS
    names = {"trading_name"} if kind is BuyerKind.BUSINESS else frozenset()
    return _EVERYBODY | _FIRMS | numbers | names


def completed(facts: CustomerFacts) -> CustomerFacts:
    """`facts` in plain form: spaces gone, what the kind has not emptied, SIREN and VAT number derived."""
    values = {each.name: _plain(each.name, getattr(facts, each.name)) for each in fields(CustomerFacts)}
    values["country"] = str(values["country"]).upper()
    matter = fields_that_matter(facts.kind, str(values["country"]))
    for field in values.keys() - matter:
        values[field] = ""
    for field in ("siren", "siret", "vat_number"):
        values[field] = compact(values[field]) if values[field] is not None else None
    values["siren"] = values["siren"] or str(values["siret"])[:9]
    if values["vat_number"] is None:
        values["vat_number"] = derived_vat_number(facts.kind, str(values["siren"]))
    if values["electronic_address"] and not values["electronic_address_scheme"]:
        values["electronic_address_scheme"] = _scheme_of(str(values["electronic_address"]))
    if not values["electronic_address"]:
        values["electronic_address_scheme"] = ""
    return CustomerFacts(**values)  # type: ignore[arg-type]  # each of its own field


def derived_vat_number(kind: BuyerKind, siren: str) -> str:
    """The VAT number that a firm with this SIREN has if it is liable for VAT; "" where there is nothing to derive."""
    if kind is BuyerKind.CONSUMER or fault_of(IdentifierKind.SIREN, siren) is not None:
        return ""
    return french_vat_number(siren)


def derived_electronic_address(facts: CustomerFacts) -> str:
    """Where invoices go on the platforms if no address is given: by SIREN; of a public body with its establishment."""
    if not facts.siren:
        return facts.vat_number or ""
    return f"{facts.siren}_{facts.siret}" if facts.kind.is_public and facts.siret else facts.siren


def completed_contact(facts: ContactFacts) -> ContactFacts:
    """A contact in plain form."""
    values = {each.name: _plain(each.name, getattr(facts, each.name)) for each in fields(ContactFacts)}
    values["name"] = values["name"] or values["email"]
    return ContactFacts(**values)


def completed_address(facts: AddressFacts) -> AddressFacts:
    """An address in plain form."""
    values = {each.name: _plain(each.name, getattr(facts, each.name)) for each in fields(AddressFacts)}
    values["country"] = str(values["country"]).upper()
    return AddressFacts(**values)


def _plain(field: str, value: Any) -> Any:
    """A text without spaces around it, on one line unless it is a note."""
    if type(value) is not str:
        return value
    if field == "notes":
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(value.split())


def _scheme_of(address: str) -> str:
    return "EM" if "@" in address else "0225"


def facts_of(customer: Customer) -> CustomerFacts:
    """What a row says of a customer."""
    values = {each.name: getattr(customer, each.name) for each in fields(CustomerFacts)}
    stored = customer.default_terms
    values["kind"] = BuyerKind(customer.kind)
    values["default_terms"] = None if stored is None else read_stored(PaymentTerms, stored)
    return CustomerFacts(**values)


def contact_facts_of(contact: Contact) -> ContactFacts:
    """What a row says of a contact."""
    return ContactFacts(**{each.name: getattr(contact, each.name) for each in fields(ContactFacts)})


def address_facts_of(address: CustomerAddress) -> AddressFacts:
    """What a row says of an address."""
    values = {each.name: getattr(address, each.name) for each in fields(AddressFacts)}
    values["use"] = AddressUse(address.use)
    return AddressFacts(**values)


def columns_of(facts: Facts) -> dict[str, Any]:
    """The values of the columns that hold `facts`."""
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    if isinstance(facts, CustomerFacts):
        values["kind"] = facts.kind.value
        values["default_terms"] = None if facts.default_terms is None else write_stored(facts.default_terms)
    return values


def told(facts: Facts) -> dict[str, Any]:
    """`facts` for the journal: what is given, terms in words."""
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    if isinstance(facts, CustomerFacts) and facts.default_terms is not None:
        values["default_terms"] = agreement(facts.default_terms).fr
    return {name: str(value) if isinstance(value, str) else value for name, value in values.items() if value}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what changed: before, after. What is empty on one side is null there."""
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed}


def fingerprint(customer: Customer) -> str:
    """What a form was opened on: tells whether somebody changed the customer since."""
    return sha256(repr(facts_of(customer)).encode()).hexdigest()[:16]
