"""Whom to write to at a customer, and by what means one cannot."""

from collections.abc import Iterator

from reglo.collection.models import Relationship
from reglo.core.collection import Channel, Profile, Stance
from reglo.customers.models import Contact, Customer
from reglo.delivery.services.outbox import has_address

_USUAL = Relationship()


def relationship_of(customer: Customer) -> Relationship:
    """How one deals with a customer; the usual where nothing was said."""
    return getattr(customer, "relationship", _USUAL)


def profile_of(customer: Customer) -> Profile:
    """The relationship as the core has it."""
    known = relationship_of(customer)
    return Profile(
        stance=Stance(known.stance),
        language="en" if customer.language == "en" else "fr",
        channel=Channel(known.channel) if known.channel else None,
        weekday=known.weekday,
        is_in_difficulty=bool(known.difficulty),
        is_strategic=known.is_strategic,
    )


def chosen_contact(customer: Customer) -> Contact | None:
    """Whom reminders go to: who was chosen, else who pays, else who buys, else anybody."""
    present = [each for each in customer.contacts.all() if each.archived_at is None]
    chosen_id = relationship_of(customer).contact_id
    return min(
        present,
        key=lambda each: (each.pk != chosen_id, not each.pays, not each.buys, not each.email, each.pk),
        default=None,
    )


def unreachable_by(customer: Customer) -> frozenset[Channel]:
    """By what one cannot reach a customer: no address, or the last message there came back."""
    return frozenset(_unreachable(customer))


def _unreachable(customer: Customer) -> Iterator[Channel]:
    contact = chosen_contact(customer)
    if contact is None or contact.bounced_at is not None or not has_address(contact):
        yield Channel.EMAIL
    if not (customer.line_1 and customer.city):
        yield Channel.LETTER
