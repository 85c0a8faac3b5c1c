"""The page of a customer with 5,000 events: its story, a page deep in it, its card, and its statement on the portal."""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.measure import Row, seconds

_REACH = 0.150
_NEXT = re.compile(r'href="[^"]*after=([^"]+)"')
_EVENTS, _NOTES, _ITEMS = 4_600, 400, 120
_ACTS = ("message-sent", "invoice-opened", "payment-recorded", "promise-made", "invoice-issued", "question-asked")


def story_of_a_customer(quick: bool) -> Iterator[Row]:
    """p95 of the pages about one customer with 5,000 events and 120 invoices, half of them paid."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "REGLO_DATABASE": f"sqlite:{folder}/story.sqlite3",
            "REGLO_DATA": folder,
            "REGLO_SECRET_KEY": "of-the-benchmark-and-of-nothing-else",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "-m", "benchmarks.story", "20" if quick else "100"]
        answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    for page, p95 in json.loads(answer.stdout.splitlines()[-1]).items():
        yield Row(page, p95, reach=f"<= {_REACH * 1000:.0f} ms", note="p95, 5,000 events, through the site")


def _main(runs: int) -> None:
    """Make a customer and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    print(json.dumps({page: _p95(client, address, runs) for page, client, address in _pages()}))


def _pages() -> Iterator[tuple[str, Any, str]]:
    from django.test import Client
    from django.urls import reverse
    from tests.portal.shop import a_shop
    from tests.site import a_member, logged_in

    shop = a_shop()
    _fill(shop.customer)
    client = logged_in(a_member(shop.organisation))
    parts = {"slug": shop.organisation.slug, "customer_pk": shop.customer.pk}
    story = reverse("collection:story", kwargs=parts)
    yield "story of a customer", client, story
    yield "story, a page in the middle", client, f"{story}?after={_middle(client, story)}"
    yield "story, promises alone", client, f"{story}?kind=promised"
    customer = reverse("customers:customer", kwargs={"slug": shop.organisation.slug, "pk": shop.customer.pk})
    yield "page of a customer", client, customer
    yield "card of what is owed", client, reverse("collection:of-customer", kwargs=parts)
    yield "statement on the portal", Client(), shop.url("owed/")


def _fill(customer: Any) -> None:
    from django.db import transaction
    from tests.ledger.facts import an_invoice
    from tests.site import INES, NOW

    from reglo.collection.models import Note
    from reglo.journal.services import Act, record_all

    with transaction.atomic():
        for place in range(_ITEMS):
            entry = an_invoice(customer)
            if place % 2:
                _pay(customer, entry.items.get())
        acts = [Act(_ACTS[place % len(_ACTS)], customer, customer_id=customer.pk) for place in range(_EVENTS)]
        record_all(acts, organisation_id=customer.organisation_id, by=INES, at=NOW)
        Note.objects.bulk_create(
            Note(
                organisation=customer.organisation,
                customer=customer,
                kind="call",
                happened_at=NOW - timedelta(hours=place),
                text=f"Appel {place}",
                written_at=NOW,
            )
            for place in range(_NOTES)
        )


def _pay(customer: Any, item: Any) -> None:
    from tests.ledger.facts import LATER, a_payment
    from tests.site import INES, NOW

    from reglo.ledger.services import allocate

    allocate(
        organisation=customer.organisation,
        debit_item_id=item.pk,
        credit_item_id=a_payment(customer, item.open_minor).pk,
        amount_minor=item.open_minor,
        on=LATER,
        key=f"benchmark:{item.pk}",
        by=INES,
        now=NOW,
    )


def _middle(client: Any, story: str) -> str:
    """Where the page after fifty others begins."""
    place = ""
    for _ in range(50):
        place = html.unescape(_NEXT.findall(client.get(f"{story}?after={place}").content.decode())[-1])
    return place


def _p95(client: Any, address: str, runs: int) -> float:
    def answer() -> None:
        response = client.get(address)
        assert response.status_code == 200, address

    answer()
    taken = sorted(seconds(answer) for _ in range(runs))
    return taken[int(len(taken) * 0.95) - 1]


if __name__ == "__main__":
    _main(int(sys.argv[1]))
