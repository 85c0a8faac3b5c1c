"""The keys of contacts: each message and each link uses the one that lives."""

from datetime import datetime, timedelta

from reglo.customers.models import Contact
from reglo.delivery.models import PortalLink

LIFE = timedelta(days=90)
_FRESH = timedelta(days=30)  #: what is left of a key that is still handed out


def live_link(contact: Contact, *, now: datetime) -> PortalLink:
    """The contact's key, or a new one where there is none or its end is near; in the caller's transaction."""
    living = contact.portal_links.filter(revoked_at=None, expires_at__gt=now + _FRESH).order_by("-expires_at").first()
    if living is not None:
        return living
    return PortalLink.objects.create(
        organisation_id=contact.organisation_id, contact=contact, created_at=now, expires_at=now + LIFE
    )
