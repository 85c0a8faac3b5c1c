"""Who may do what: one table, which the tests walk."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in an organisation."""

    OWNER = "owner", _("Owner")
    BOOKKEEPER = "bookkeeper", _("Bookkeeper")
    SALES = "sales", _("Sales")
    READER = "reader", _("Read-only")  #: reads all, changes nothing: the accountant (*expert-comptable*)


class Permission(StrEnum):
    """One kind of act."""

    READ = "read"  #: see and export everything of the organisation
    WRITE_CUSTOMERS = "write-customers"
    WRITE_PRODUCTS = "write-products"
    IMPORT = "import"
    WRITE_TERMS = "write-terms"  #: write and send agreements and conditions of sale
    WRITE_QUOTES = "write-quotes"
    WRITE_DRAFTS = "write-drafts"
    ISSUE = "issue"  #: number and seal: invoices, credit notes
    BOOK = "book"  #: payments, bank statements, allocations, write-offs
    COLLECT = "collect"  #: reminders, promises, disputes, plans; what a customer is offered
    SEND = "send"  #: e-mails and portal links to customers
    SETTINGS = "settings"  #: identity, bank accounts, numbers, templates
    PEOPLE = "people"  #: invite, change roles, remove


_SALES = {
    Permission.READ,
    Permission.WRITE_CUSTOMERS,
    Permission.WRITE_PRODUCTS,
    Permission.WRITE_TERMS,
    Permission.WRITE_QUOTES,
    Permission.WRITE_DRAFTS,
    Permission.SEND,
    Permission.COLLECT,
}
_BOOKKEEPER = _SALES | {Permission.IMPORT, Permission.ISSUE, Permission.BOOK}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.BOOKKEEPER: frozenset(_BOOKKEEPER),
    Role.SALES: frozenset(_SALES),
    Role.READER: frozenset({Permission.READ}),
}
"""What each role may do."""
