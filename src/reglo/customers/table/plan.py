"""What a table of customers would do: each row made into a step of a customer's picture, then all written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.customers.checks import address_faults, contact_faults, faults_of
from reglo.customers.facts import (
    AddressFacts,
    ContactFacts,
    CustomerFacts,
    completed,
    completed_address,
    completed_contact,
)
from reglo.customers.table.index import Index, Person, Picture, Place
from reglo.customers.table.values import facts_in
from reglo.customers.table.writing import write_pictures
from reglo.formats.data.faults import Fault, at
from reglo.imports.faults import a_fault
from reglo.imports.kinds import Outcome, Plan, Progress, Row, RowResult
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation

_ROLES = ("contact.buys", "contact.pays", "contact.is_legal")


def plan_customers(organisation: Organisation, rows: Sequence[Row], mapped: frozenset[str], today: date) -> Plan:
    """What taking in these rows does to the customers of an organisation."""
    del today  # customers know no days
    planning = _Planning(index=Index(organisation), mapped=mapped)
    results = tuple(planning.step(row) for row in rows)

    def write(by: Actor, now: datetime, progress: Progress) -> None:
        write_pictures(organisation, list(planning.touched.values()), by, now, progress)

    return Plan(rows=results, write=write)


@dataclass(slots=True)
class _Planning:
    index: Index
    mapped: frozenset[str]
    touched: dict[int, Picture] = field(default_factory=dict)  #: by identity, in the order of the rows

    def step(self, row: Row) -> RowResult:
        """Take one row into the picture of its customer."""
        faults = list(row.faults)
        given = facts_in(row.values, "", faults)
        person = facts_in(row.values, "contact.", faults)
        place = facts_in(row.values, "address.", faults)
        label = str(given.get("name") or given.get("reference") or "")
        if faults:
            return RowResult(number=row.number, outcome=Outcome.REFUSED, label=label, faults=tuple(faults))
        picture = self.index.find(self._said(given), str(person.get("email", "")).strip())
        is_new = picture is None
        if picture is not None and picture.is_merged:
            return RowResult(number=row.number, outcome=Outcome.UNCHANGED, label=label)
        picture = picture or Picture(row=None, before=None, facts=CustomerFacts(name=""))
        step = _Step(picture, self._facts(picture, given), self._person(picture, person), _place(picture, place))
        if faults := step.faults(self.index):
            return RowResult(number=row.number, outcome=Outcome.REFUSED, label=label, faults=tuple(faults))
        is_changed = step.take()
        if is_changed or is_new:
            self.index.add(picture)
            self.touched[id(picture)] = picture
        outcome = Outcome.CREATED if is_new else Outcome.UPDATED if is_changed else Outcome.UNCHANGED
        return RowResult(number=row.number, outcome=outcome, label=label or picture.facts.name)

    def _said(self, given: dict[str, Any]) -> CustomerFacts:
        """What a row alone says, by which its customer is found."""
        return completed(CustomerFacts(**{"name": "", **given}))

    def _facts(self, picture: Picture, given: dict[str, Any]) -> CustomerFacts:
        """The customer after the row. A new one gets the VAT number of its SIREN if no column speaks of it."""
        if picture.before is None and not picture.facts.name and "vat_number" not in self.mapped:
            given = {**given, "vat_number": None}
        return completed(replace(picture.facts, **given))

    def _person(self, picture: Picture, given: dict[str, Any]) -> tuple[Person, ContactFacts] | None:
        """The contact that the row names, and what it is after it."""
        if not any(value for key, value in given.items() if key in ("name", "email", "phone")):
            return None
        said = completed_contact(ContactFacts(**given))
        known = next((each for each in picture.people if _is_same_person(each.facts, said)), None)
        if known is not None:
            return known, completed_contact(replace(known.facts, **given))
        if not picture.people and not self.mapped.intersection(_ROLES):
            said = replace(said, buys=True, pays=True)
        return Person(row=None, facts=said, is_changed=True), said


@dataclass(frozen=True, slots=True)
class _Step:
    """What a row makes of a customer, not taken yet."""

    picture: Picture
    facts: CustomerFacts
    person: tuple[Person, ContactFacts] | None
    place: tuple[Place, AddressFacts] | None

    def faults(self, index: Index) -> list[Fault]:
        """Why the row cannot be taken."""
        faults = list(faults_of(self.facts))
        if self.person is not None:
            faults += (_below("contact", each) for each in contact_faults(self.person[1]))
        if self.place is not None:
            faults += (_below("address", each) for each in address_faults(self.place[1]))
        holder = index.holder_of(self.facts.reference) if self.facts.reference else None
        if holder is not None and holder is not self.picture:
            faults.append(_taken(self.facts.reference, holder.facts.name))
        return faults

    def take(self) -> bool:
        """Change the picture. Answers whether anything changed."""
        picture = self.picture
        is_changed = picture.facts != self.facts
        picture.facts = self.facts
        for known, listed in ((self.person, picture.people), (self.place, picture.places)):
            if known is None:
                continue
            part, facts = known
            if not any(each is part for each in listed):  # a new one
                listed.append(part)  # type: ignore[arg-type]  # people to people, places to places
                is_changed = True
            elif part.facts != facts:
                part.facts, part.is_changed = facts, True  # type: ignore[assignment]
                is_changed = True
        return is_changed


def _place(picture: Picture, given: dict[str, Any]) -> tuple[Place, AddressFacts] | None:
    """The other address that the row names, and what it is after it."""
    if not any(value for key, value in given.items() if key not in ("use", "country")):
        return None
    said = completed_address(AddressFacts(**given))
    known = next((each for each in picture.places if _is_same_place(each.facts, said)), None)
    if known is not None:
        return known, completed_address(replace(known.facts, **given))
    return Place(row=None, facts=said, is_changed=True), said


def _is_same_person(known: ContactFacts, said: ContactFacts) -> bool:
    if known.email and said.email:
        return known.email.lower() == said.email.lower()
    return folded(known.name) == folded(said.name)


def _is_same_place(known: AddressFacts, said: AddressFacts) -> bool:
    return known.use == said.use and _spot(known) == _spot(said)


def _spot(place: AddressFacts) -> tuple[str, ...]:
    return tuple(folded(each) for each in (place.name, place.line_1, place.post_code, place.city))


def _below(group: str, fault: Fault) -> Fault:
    return replace(fault, where=at(f"{group}.{fault.where.en}"))


def _taken(reference: str, holder: str) -> Fault:
    return a_fault(
        "reference",
        Text(
            fr=f"Le code « {reference} » est déjà celui de {holder}.", en=f'The code "{reference}" is that of {holder}.'
        ),
        Text(fr="Donnez un autre code.", en="Give another code."),
    )
