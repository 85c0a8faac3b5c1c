"""Finding anything of an organisation: by name, SIREN, number, amount."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglo.billing.models import Invoice, Quote
from reglo.core.folding import folded
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation
from reglo.products.models import Product

_MOST = 8
_AMOUNT = re.compile(r"(\d[\d\s]*)(?:[.,](\d{1,2}))?\s*€?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found."""

    label: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found of one kind."""

    title: str | Promise
    hits: tuple[Hit, ...]


def search_everything(organisation: Organisation, text: str) -> list[Hits]:
    """What matches `text`, kind by kind, the newest first; a few of each. One query a kind."""
    wanted = folded(text)
    if len(wanted) < 2:
        return []
    found = [
        Hits(title=_("Customers"), hits=_customers(organisation, wanted)),
        Hits(title=_("Invoices"), hits=_invoices(organisation, wanted)),
        Hits(title=_("Quotes"), hits=_quotes(organisation, wanted)),
        Hits(title=_("Products"), hits=_products(organisation, wanted)),
    ]
    return [each for each in found if each.hits]


def amount_minor(text: str) -> int | None:
    """An amount as one types it («1 234,50 €») in cents; None for another text."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or len(found[1]) > 15:
        return None
    whole = "".join(found[1].split())
    return int(Decimal(f"{whole}.{(found[2] or '0').ljust(2, '0')}").scaleb(2))


def _customers(organisation: Organisation, wanted: str) -> tuple[Hit, ...]:
    rows = Customer.objects.of(organisation).filter(search__contains=wanted, merged_into=None).order_by("name", "id")
    return tuple(
        Hit(
            label=row.name,
            detail=" · ".join(filter(None, (row.siren, row.city))),
            url=reverse("customers:customer", args=[organisation.slug, row.pk]),
            icon="users",
        )
        for row in rows[:_MOST]
    )


def _invoices(organisation: Organisation, wanted: str) -> tuple[Hit, ...]:
    amount = amount_minor(wanted)
    rows = Invoice.objects.of(organisation).only("number", "customer_name", "issue_date")
    matches = Q(search__contains=wanted) if amount is None else Q(search__contains=wanted) | Q(gross_minor=amount)
    return tuple(
        Hit(
            label=row.number,
            detail=f"{row.customer_name} · {row.issue_date:%d/%m/%Y}",
            url=reverse("billing:invoice", args=[organisation.slug, row.pk]),
            icon="file-invoice",
        )
        for row in rows.filter(matches).order_by("-issue_date", "-id")[:_MOST]
    )


def _quotes(organisation: Organisation, wanted: str) -> tuple[Hit, ...]:
    rows = Quote.objects.of(organisation).filter(search__contains=wanted, deleted_at=None).select_related("customer")
    return tuple(
        Hit(
            label=row.number or row.title,
            detail=row.customer.name,
            url=reverse("billing:quote", args=[organisation.slug, row.pk]),
            icon="file-description",
        )
        for row in rows.order_by("-updated_at", "-id")[:_MOST]
    )


def _products(organisation: Organisation, wanted: str) -> tuple[Hit, ...]:
    rows = Product.objects.of(organisation).filter(search__contains=wanted, archived_at=None).order_by("name", "id")
    return tuple(
        Hit(
            label=row.name,
            detail=row.reference,
            url=reverse("products:product", args=[organisation.slug, row.pk]),
            icon="package",
        )
        for row in rows[:_MOST]
    )
