"""Pictures of the site for README and docs, on the demonstration database: python tools/site_shots.py FOLDER.

A copy of var/demo.sqlite3 is served from this process, and Debian's Chromium looks at it.
"""

import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

_DEMO = Path("var/demo.sqlite3")
_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
_PHONE, _DESK = (390, 844), (1360, 900)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main(folder: Path) -> None:
    """Write one PNG a picture into `folder`."""
    if not _DEMO.exists():
        sys.exit(f"There is no {_DEMO}: run make demo first.")
    with tempfile.TemporaryDirectory() as data:
        shutil.copy(_DEMO, Path(data) / "shots.sqlite3")
        _set_up(Path(data))
        with _served() as url:
            _take(url, folder)


def _set_up(data: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "reglo.web.settings",
        "REGLO_DATABASE": f"sqlite:{data / 'shots.sqlite3'}",
        "REGLO_DATA": str(data),
        "REGLO_SECRET_KEY": "only-while-pictures-are-taken-of-the-site",
    }
    import django

    django.setup()
    logging.getLogger("reglo").setLevel(logging.ERROR)


@contextmanager
def _served() -> Iterator[str]:
    from reglo.web.wsgi import application

    with make_server("127.0.0.1", 0, application, server_class=WSGIServer, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _take(url: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    session, pictures = _pictures()
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        for name, path, (width, height), theme in pictures:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme, locale="fr-FR", device_scale_factor=1
            )
            context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
            page = context.new_page()
            page.goto(url + path, wait_until="networkidle")
            page.screenshot(path=folder / name)
            context.close()
            print(folder / name)
        browser.close()


def _pictures() -> tuple[str, list[tuple[str, str, tuple[int, int], str]]]:
    """The session of the owner, and name, address, size and theme of each picture."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from reglo.accounts.models import User
    from reglo.banking.models import LineState, StatementLine
    from reglo.billing.models import Draft, Quote, QuoteState
    from reglo.collection.models import Proposal, ProposalState
    from reglo.delivery.services.links import link_for
    from reglo.negotiation.models import Negotiation
    from reglo.organisations.models import Organisation

    organisation = Organisation.objects.get()
    client = Client()
    client.force_login(User.objects.earliest("pk"))
    draft = Draft.objects.filter(issued_at=None, deleted_at=None).latest("pk")
    waiting = Quote.objects.filter(state=QuoteState.SENT).latest("pk")
    contact = waiting.customer.contacts.get()
    portal = link_for(contact, organisation=organisation, now=timezone.now(), path=f"quotes/{waiting.pk}/")
    slug = [organisation.slug]
    asked = Proposal.objects.filter(state=ProposalState.ASKED).latest("pk").customer
    undecided = StatementLine.objects.filter(state__in=(LineState.PROPOSED, LineState.WAITING), amount_minor__gt=0)
    proposed = undecided.order_by("state", "-booked", "-pk")[0]  # proposed before waiting
    of_line = f"?month={proposed.booked:%Y-%m}&line={proposed.pk}"
    owes = link_for(asked.contacts.get(), organisation=organisation, now=timezone.now(), path="owed/")
    deal = Negotiation.objects.latest("pk")
    pictures = [
        ("site-tableau-de-bord.png", reverse("home:dashboard", args=slug), _DESK, "light"),
        ("site-editeur.png", reverse("billing:draft", args=[*slug, draft.pk]), _DESK, "light"),
        ("site-accord.png", reverse("terms:new", args=[*slug, waiting.customer_id]), _DESK, "light"),
        ("site-portail.png", "/p/" + portal.partition("/p/")[2], _PHONE, "light"),
        ("site-a-faire.png", reverse("collection:day", args=slug), _DESK, "light"),
        ("site-banque.png", reverse("banking:bank", args=slug) + of_line, _DESK, "light"),
        ("site-fil.png", reverse("collection:story", args=[*slug, asked.pk]), _DESK, "light"),
        ("site-scenario.png", reverse("collection:policy", args=slug), _DESK, "light"),
        ("site-negociation.png", reverse("negotiation:negotiation", args=[*slug, deal.pk]), _DESK, "light"),
        ("site-prevision.png", reverse("forecast:forecast", args=slug), _DESK, "light"),
        ("site-balance-agee.png", reverse("reporting:report", args=[*slug, "aged-balance"]), _DESK, "light"),
        ("site-portail-du.png", "/p/" + owes.partition("/p/")[2], _PHONE, "light"),
        ("site-factures-sombre.png", reverse("billing:invoices", args=slug), _DESK, "dark"),
    ]
    return client.cookies["sessionid"].value, pictures


if __name__ == "__main__":
    main(Path(sys.argv[1]))
