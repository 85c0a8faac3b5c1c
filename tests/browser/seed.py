"""A small firm with a row of each kind, for the browser."""

import json
import sys
from collections.abc import Iterator

from reglo.organisations.models import Role
from tests.site import a_customer, a_member, an_organisation, logged_in


def main() -> None:
    """Make the rows, and print a JSON that says where they are."""
    json.dump(dict(samples()), sys.stdout)


def samples() -> Iterator[tuple[str, object]]:
    """What addresses need: the parameter after "customers/" is the id of a customer, and so on."""
    organisation = an_organisation(slug="atelier")
    owner = a_member(organisation, Role.OWNER, email="ines@example.com", name="Inès Moreau")
    customer = a_customer(organisation)
    yield "session", logged_in(owner).cookies["sessionid"].value
    yield "o", organisation.slug
    yield "customers", customer.pk
    yield "customer", customer.pk
