"""What is wrong with facts of a customer, a contact or an address, each fault with its field and its mend."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from reglo.core.findings import Text
from reglo.core.parties import IdentifierKind, siren_of
from reglo.core.terms import BuyerKind
from reglo.customers.facts import AddressFacts, ContactFacts, CustomerFacts, Facts
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.formats.data.faults import Fault
from reglo.imports.faults import a_fault, email_faults, identifier_faults, is_missing, text_faults
from reglo.rules.codes import codes

LANGUAGES = ("fr", "en")


def faults_of(facts: CustomerFacts) -> tuple[Fault, ...]:
    """What is wrong with a customer's facts; they are completed first (`facts.completed`)."""
    faults = [*_texts(Customer, facts), *is_missing("name", facts.name), *_codes(facts)]
    faults += _identifiers(facts)
    if not any(each.where.en in ("siren", "siret") for each in faults):
        faults += _agreement_of_numbers(facts)
    return tuple(faults)


def contact_faults(facts: ContactFacts) -> tuple[Fault, ...]:
    """What is wrong with a contact."""
    return (*_texts(Contact, facts), *is_missing("name", facts.name), *email_faults("email", facts.email))


def address_faults(facts: AddressFacts) -> tuple[Fault, ...]:
    """What is wrong with an address."""
    return (
        *_texts(CustomerAddress, facts),
        *is_missing("city", facts.city or facts.line_1),
        *_country(facts.country),
        *_lost_zero(facts),
    )


def _texts(model: type[Customer | Contact | CustomerAddress], facts: Facts) -> Iterable[Fault]:
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return text_faults(model, {name: value for name, value in values.items() if isinstance(value, str)})


def _codes(facts: CustomerFacts) -> Iterator[Fault]:
    yield from _country(facts.country)
    yield from _lost_zero(facts)
    if facts.language not in LANGUAGES:
        yield a_fault(
            "language",
            Text(fr=f"« {facts.language} » n'est pas admis.", en=f'"{facts.language}" is not allowed.'),
            Text(fr="Choisissez fr ou en.", en="Choose fr or en."),
        )


def _country(country: str) -> Iterator[Fault]:
    if country not in codes("countries"):
        yield a_fault(
            "country",
            Text(fr=f"« {country} » n'est pas un pays connu.", en=f'"{country}" is no country that is known.'),
            Text(fr="Donnez son code de deux lettres : FR, BE, DE…", en="Give its code of two letters: FR, BE, DE…"),
        )


def _lost_zero(facts: CustomerFacts | AddressFacts) -> Iterator[Fault]:
    """Spreadsheets turn the postcode 01000 into the number 1000; no French one has four digits."""
    code = facts.post_code
    if facts.country == "FR" and len(code) == 4 and code.isdecimal():
        yield a_fault(
            "post_code",
            Text(fr=f"« {code} » a perdu un zéro.", en=f'"{code}" lost a zero.'),
            Text(fr=f"Écrivez 0{code}.", en=f"Write 0{code}."),
        )


def _identifiers(facts: CustomerFacts) -> Iterator[Fault]:
    if facts.siren != facts.siret[:9]:  # else the fault is that of the SIRET
        yield from identifier_faults(IdentifierKind.SIREN, "siren", facts.siren)
    yield from identifier_faults(IdentifierKind.SIRET, "siret", facts.siret)
    yield from identifier_faults(IdentifierKind.VAT, "vat_number", facts.vat_number or "")
    scheme, address = facts.electronic_address_scheme, facts.electronic_address
    if address and scheme not in codes("address_schemes"):
        yield a_fault(
            "electronic_address_scheme",
            Text(fr=f"« {scheme} » n'est pas un code EAS.", en=f'"{scheme}" is no EAS code.'),
            Text(fr="0225 pour la France, EM pour un e-mail.", en="0225 for France, EM for an e-mail."),
        )
    if scheme == "EM":
        yield from email_faults("electronic_address", address)


def _agreement_of_numbers(facts: CustomerFacts) -> Iterator[Fault]:
    """SIRET, French VAT number and address on the platforms all contain the SIREN."""
    siren = facts.siren
    if not siren:
        return
    if facts.siret and siren_of(facts.siret) != siren:
        yield _of_another("siret", "SIRET", facts.siret[:9], siren)
    vat_number = facts.vat_number or ""
    if vat_number.startswith("FR") and siren_of(vat_number) != siren and facts.kind is BuyerKind.BUSINESS:
        yield _of_another("vat_number", "numéro de TVA", siren_of(vat_number), siren)
    address = facts.electronic_address
    if facts.electronic_address_scheme == "0225" and address[:9] != siren:
        yield _of_another("electronic_address", "0225", address[:9], siren)


def _of_another(field: str, name: str, found: str, siren: str) -> Fault:
    english = {"numéro de TVA": "VAT number"}.get(name, name)
    return a_fault(
        field,
        Text(
            fr=f"{name} : il contient le SIREN {found}, non {siren}.",
            en=f"{english}: it holds the SIREN {found}, not {siren}.",
        ),
        Text(fr="Corrigez l'un des deux.", en="Mend one of the two."),
    )
