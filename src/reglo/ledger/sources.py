"""Where to see what caused an entry: rooms above the ledger say which page shows their rows."""

from django.urls import reverse

from reglo.ledger.models import Entry
from reglo.organisations.models import Organisation

_PAGES: dict[str, str] = {}


def shown_at(source_kind: str, address: str) -> None:
    """Say at which address rows of a kind of source are shown: its name, which takes `slug` and `pk`.

    Called by a room when the site starts (in its `acts.py`): `shown_at("invoice", "billing:invoice")`.
    """
    _PAGES[source_kind] = address


def page_of(entry: Entry, organisation: Organisation) -> str | None:
    """The address of the page that shows what caused an entry, where a room has one."""
    address = _PAGES.get(entry.source_kind)
    return None if address is None else reverse(address, kwargs={"slug": organisation.slug, "pk": entry.source_id})
