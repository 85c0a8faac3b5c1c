"""Links to the portal: one living key for each contact.

A key lives for 90 days. Each day on which it is used moves its end to 90 days from then, so a customer who comes back
keeps the link; it never lives longer than two years. Revoking ends all keys of a contact at once; what was in older
e-mails then leads to the page that offers a new one, which is only ever sent to the address on file.
"""

from datetime import datetime, timedelta

from django.db import transaction

from reglo.customers.models import Contact
from reglo.customers.queries import root_of
from reglo.delivery.models import Message, MessageKind, PortalLink
from reglo.delivery.services.keys import LIFE, live_link
from reglo.delivery.services.outbox import Letter, has_address, write_message
from reglo.delivery.services.values import common_values
from reglo.delivery.signing import portal_address
from reglo.journal.services import REGLO, Actor, record
from reglo.organisations.models import Organisation

LONGEST_LIFE = timedelta(days=730)
_SEEN_EVERY = timedelta(minutes=10)


def link_for(contact: Contact, *, organisation: Organisation, now: datetime, path: str = "") -> str:
    """The address of the portal for a contact of `organisation`; path: "invoices/12/", "quotes/3/", "terms/4/"."""
    if contact.organisation_id != organisation.pk:
        raise ValueError("a contact of another organisation")
    with transaction.atomic():
        return portal_address(live_link(contact, now=now).pk, path)


def see_link(link: PortalLink, *, now: datetime) -> None:
    """Note that a key was used, and move its end."""
    if link.last_seen_at is not None and now - link.last_seen_at < _SEEN_EVERY:
        return
    end = max(link.expires_at, min(now + LIFE, link.created_at + LONGEST_LIFE))
    PortalLink.objects.filter(pk=link.pk, revoked_at=None).update(last_seen_at=now, expires_at=end)


def revoke_links(*, contact: Contact, organisation: Organisation, by: Actor, now: datetime) -> int:
    """End all keys of a contact; how many there were."""
    with transaction.atomic(durable=True):
        living = PortalLink.objects.of(organisation).filter(contact=contact, revoked_at=None, expires_at__gt=now)
        count = living.update(revoked_at=now)
        if count:
            record(
                "portal-link-revoked",
                organisation_id=organisation.pk,
                subject=contact,
                by=by,
                at=now,
                customer_id=contact.customer_id,
                after={"links": count},
            )
    return count


def send_new_link(*, link: PortalLink, now: datetime) -> Message | None:
    """Send a new key to the address on file of whoever had `link`; None where there is nobody to send it to.

    At most one an hour, whatever is asked.
    """
    contact = link.contact
    customer = root_of(contact.customer)
    if not has_address(contact) or customer.archived_at is not None:
        return None
    with transaction.atomic(durable=True):
        letter = Letter(
            kind=MessageKind.PORTAL_LINK,
            organisation=link.organisation,
            customer=customer,
            contact=contact,
            values=common_values(customer, contact),
            path="",
            attaches_document=False,
        )
        message, _ = write_message(letter, key=f"portal-link:{contact.pk}:{now:%Y-%m-%dT%H}", by=REGLO, now=now)
    return message
