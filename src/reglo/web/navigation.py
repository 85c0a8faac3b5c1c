"""The ways to go within an organisation: what stands in the menu, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One way of the menu."""

    label: str | Promise
    icon: str
    name: str  #: of the address
    shortcut: str = ""  #: keys typed one after the other: "g i"
    entries: Sequence["Entry"] = ()  #: shown below it where the page is in this part
    url: str = ""
    is_current: bool = False  #: the page itself or one below it


MENU: Sequence[Sequence[Entry]] = (
    (
        Entry(label=_("Dashboard"), icon="layout-dashboard", name="home:dashboard", shortcut="g d"),
        Entry(label=_("Quotes"), icon="file-description", name="billing:quotes", shortcut="g q"),
        Entry(
            label=_("Invoices"),
            icon="file-invoice",
            name="billing:invoices",
            shortcut="g i",
            entries=(
                Entry(label=_("Drafts"), icon="pencil", name="billing:drafts", shortcut="g b"),
                Entry(label=_("Recurring"), icon="repeat", name="billing:recurrences", shortcut="g r"),
            ),
        ),
        Entry(
            label=_("Bank"),
            icon="building-bank",
            name="banking:bank",
            shortcut="g k",
            entries=(Entry(label=_("Payments"), icon="cash", name="banking:payments", shortcut="g y"),),
        ),
    ),
    (
        Entry(
            label=_("To do"),
            icon="checklist",
            name="collection:day",
            shortcut="g a",
            entries=(
                Entry(label=_("What Réglo decided"), icon="list-details", name="collection:decided", shortcut="g e"),
                Entry(label=_("Policy of reminders"), icon="stairs", name="collection:policy", shortcut="g o"),
            ),
        ),
        Entry(label=_("Customers"), icon="users", name="customers:list", shortcut="g c"),
        Entry(label=_("Products"), icon="package", name="products:list", shortcut="g p"),
        Entry(label=_("Terms"), icon="heart-handshake", name="terms:list", shortcut="g t"),
        Entry(label=_("Negotiation"), icon="scale", name="negotiation:list", shortcut="g n"),
    ),
    (
        Entry(label=_("Messages"), icon="mail", name="delivery:messages", shortcut="g m"),
        Entry(label=_("Forecast"), icon="chart-line", name="forecast:forecast", shortcut="g f"),
        Entry(label=_("Reports"), icon="report-analytics", name="reporting:index", shortcut="g v"),
        Entry(label=_("Ledger"), icon="book", name="ledger:entries", shortcut="g l"),
        Entry(label=pgettext_lazy("history", "Journal"), icon="history", name="journal:journal", shortcut="g j"),
        Entry(label=_("Settings"), icon="settings", name="organisations:settings", shortcut="g s"),
    ),
)


def groups_of(organisation: Organisation, path: str) -> list[list[Entry]]:
    """The menu of `organisation` for the page at `path`."""
    return [[_placed(entry, organisation, path) for entry in group] for group in MENU]


def _placed(entry: Entry, organisation: Organisation, path: str) -> Entry:
    """`entry` with its address."""
    url = reverse(entry.name, kwargs={"slug": organisation.slug})
    below = [_placed(each, organisation, path) for each in entry.entries]
    is_home = entry.name == "home:dashboard"
    return replace(entry, url=url, entries=below, is_current=path == url or (not is_home and path.startswith(url)))
