"""Writing what a table makes of customers: rows in bulk, an entry of the journal for each customer."""

from collections.abc import Sequence
from datetime import datetime

from reglo.customers.facts import difference, told
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.customers.table.index import Picture
from reglo.customers.writing import new_address, new_contact, new_row, put, search_text
from reglo.imports.kinds import Progress
from reglo.journal.services import Actor, record
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
        for picture in batch:
            _record(picture, by, now)
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


def _record(picture: Picture, by: Actor, now: datetime) -> None:
    assert picture.row is not None
    before, after = difference({} if picture.before is None else told(picture.before), told(picture.facts))
    contacts = [told(each.facts) for each in picture.people if each.is_changed]
    addresses = [told(each.facts) for each in picture.places if each.is_changed]
    record(
        "customer-created" if picture.before is None else "customer-changed",
        organisation_id=picture.row.organisation_id,
        subject=picture.row,
        by=by,
        at=now,
        customer_id=picture.row.pk,
        before=before if picture.before is not None else {},
        after={
            **after,
            **({"contacts": contacts} if contacts else {}),
            **({"addresses": addresses} if addresses else {}),
        },
    )
