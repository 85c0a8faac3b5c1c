"""Writing what a table makes of customers: rows in bulk, an entry of the journal for each customer."""

from collections.abc import Sequence
from datetime import datetime

from reglo.customers.facts import difference, told
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.customers.table.index import Picture
from reglo.customers.writing import new_address, new_contact, new_row, put, search_text
from reglo.imports.kinds import Progress
from reglo.journal.services import Act, Actor, record_all
from reglo.organisations.models import Organisation

_BATCH = 500


def write_pictures(
    organisation: Organisation, pictures: Sequence[Picture], by: Actor, now: datetime, progress: Progress
) -> None:
    """Write customers, contacts and addresses within the caller's transaction."""
    for start in range(0, len(pictures), _BATCH):
        batch = pictures[start : start + _BATCH]
        _write_customers(organisation, batch, now)
        _write_parts(batch)
        record_all(map(_act, batch), organisation_id=organisation.pk, by=by, at=now)
        progress(start + len(batch))


def _write_customers(organisation: Organisation, pictures: Sequence[Picture], now: datetime) -> None:
    for picture in pictures:
        if picture.row is None:
            picture.row = new_row(organisation, picture.facts, now)
        else:
            put(picture.row, picture.facts)
        contacts = [each.row or new_contact(picture.row, each.facts) for each in picture.people]
        picture.row.search = search_text(picture.row, contacts)
        if picture.before is not None:
            picture.row.save()
    Customer.objects.bulk_create([each.row for each in pictures if each.row is not None and each.before is None])


def _write_parts(pictures: Sequence[Picture]) -> None:
    people: list[Contact] = []
    places: list[CustomerAddress] = []
    for picture in pictures:
        assert picture.row is not None
        for person in picture.people:
            if person.row is None:
                people.append(new_contact(picture.row, person.facts))
            elif person.is_changed:
                put(person.row, person.facts)
                person.row.save()
        for place in picture.places:
            if place.row is None:
                places.append(new_address(picture.row, place.facts))
            elif place.is_changed:
                put(place.row, place.facts)
                place.row.save()
    Contact.objects.bulk_create(people)
    CustomerAddress.objects.bulk_create(places)


def _act(picture: Picture) -> Act:
    """What the journal says of a customer: what it is, or what changed."""
    assert picture.row is not None
    before, after = difference({} if picture.before is None else told(picture.before), told(picture.facts))
    contacts = [told(each.facts) for each in picture.people if each.is_changed]
    addresses = [told(each.facts) for each in picture.places if each.is_changed]
    parts = {"contacts": contacts, "addresses": addresses}
    return Act(
        "customer-created" if picture.before is None else "customer-changed",
        picture.row,
        customer_id=picture.row.pk,
        before={} if picture.before is None else before,
        after={**after, **{name: facts for name, facts in parts.items() if facts}},
    )
