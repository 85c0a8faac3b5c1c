"""Who a row is about: by code, else SIRET or SIREN, else VAT number, else e-mail and name, else name and place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reglo.core.folding import folded
from reglo.core.terms import BuyerKind
from reglo.customers.facts import (
    AddressFacts,
    ContactFacts,
    CustomerFacts,
    address_facts_of,
    contact_facts_of,
    facts_of,
)
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.organisations.models import Organisation

Key = tuple[str, ...]


@dataclass(slots=True)
class Person:
    """A contact as rows make it; `row` is None for a new one."""

    row: Contact | None
    facts: ContactFacts
    is_changed: bool = False


@dataclass(slots=True)
class Place:
    """An address as rows make it."""

    row: CustomerAddress | None
    facts: AddressFacts
    is_changed: bool = False


@dataclass(slots=True)
class Picture:
    """A customer as the rows of a table make it, step by step, before anything is written."""

    row: Customer | None
    before: CustomerFacts | None
    facts: CustomerFacts
    people: list[Person] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def is_merged(self) -> bool:
        """Whether the customer was merged into another: then rows about it change nothing."""
        return self.row is not None and self.row.merged_into_id is not None


class Index:
    """The customers of an organisation, found as rows name them."""

    def __init__(self, organisation: Organisation) -> None:
        self._found: dict[Key, list[Picture]] = defaultdict(list)
        rows = Customer.objects.of(organisation).order_by("pk").prefetch_related("contacts", "addresses")
        for row in rows.iterator(chunk_size=2000):
            facts = facts_of(row)
            picture = Picture(row=row, before=facts, facts=facts)
            picture.people = [Person(each, contact_facts_of(each)) for each in row.contacts.all()]
            picture.places = [Place(each, address_facts_of(each)) for each in row.addresses.all()]
            self.add(picture)

    def add(self, picture: Picture) -> None:
        """Let a customer be found, by what it is called by now."""
        for key in _keys(picture.facts, [each.facts.email for each in picture.people]):
            if not any(each is picture for each in self._found[key]):
                self._found[key].append(picture)

    def find(self, facts: CustomerFacts, email: str) -> Picture | None:
        """Whom a row is about; None is somebody new."""
        for key in _keys(facts, [email]):
            if key[0] == "place" and _is_other_consumer(facts, email):
                continue
            candidates = [each for each in self._found.get(key, ()) if _may_be(each.facts, facts, key)]
            if candidates:
                return min(candidates, key=lambda each: folded(each.facts.name) != folded(facts.name))
        return None

    def holder_of(self, reference: str) -> Picture | None:
        """Who has a code."""
        return next(
            (each for each in self._found.get(("reference", reference), ()) if each.facts.reference == reference), None
        )


def _keys(facts: CustomerFacts, emails: Iterable[str]) -> Iterator[Key]:
    """By what a customer is found, the surest first."""
    name = folded(facts.name)
    if facts.reference:
        yield "reference", facts.reference
    if facts.siret:
        yield "siret", facts.siret
    if facts.siren:
        yield "siren", facts.siren
    if facts.vat_number:
        yield "vat", facts.vat_number
    for email in filter(None, emails):
        yield "email", folded(email), name
    if name:
        yield "place", name, folded(facts.post_code), folded(facts.line_1)


def _may_be(known: CustomerFacts, said: CustomerFacts, key: Key) -> bool:
    """Whether a customer that shares a key with a row is not clearly another one: another code, another SIRET."""
    if key[0] == "reference":
        return True
    for name in ("reference", "siret", "siren"):
        one, other = getattr(known, name), getattr(said, name)
        if one and other and one != other:
            return False
    return True


def _is_other_consumer(facts: CustomerFacts, email: str) -> bool:
    """Two people may bear one name: without an address, another e-mail is another person."""
    return facts.kind is BuyerKind.CONSUMER and bool(email) and not facts.line_1
