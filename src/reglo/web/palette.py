"""What one can do from the palette."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglo.core.folding import folded
from reglo.organisations.models import Membership
from reglo.organisations.permissions import Permission
from reglo.web.navigation import MENU, Entry
from reglo.web.search import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something to begin."""

    label: str | Promise
    name: str  #: of the address
    permission: Permission


_ACTS = (
    Act(label=_("New invoice"), name="billing:draft-new", permission=Permission.WRITE_DRAFTS),
    Act(label=_("New quote"), name="billing:quote-new", permission=Permission.WRITE_QUOTES),
    Act(label=_("New customer"), name="customers:new", permission=Permission.WRITE_CUSTOMERS),
    Act(label=_("New product"), name="products:new", permission=Permission.WRITE_PRODUCTS),
    Act(label=_("Import a table"), name="imports:new", permission=Permission.IMPORT),
)


def acts_for(membership: Membership, text: str) -> list[Hit]:
    """Acts that this member may do and pages, whose label has every word of `text`."""
    slug, wanted = membership.organisation.slug, folded(text).split()
    acts = [(act.label, act.name, "plus") for act in _ACTS if act.permission in membership.permissions]
    pages = [(entry.label, entry.name, entry.icon) for group in MENU for each in group for entry in _with_below(each)]
    return [
        Hit(label=str(label), detail="", url=reverse(name, args=[slug]), icon=icon)
        for label, name, icon in [*acts, *pages]
        if all(word in folded(str(label)) for word in wanted)
    ]


def _with_below(entry: Entry) -> list[Entry]:
    return [entry, *entry.entries]
