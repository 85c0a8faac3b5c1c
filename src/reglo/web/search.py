"""Finding anything of an organisation: by name, SIREN, number, amount."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglo.billing.models import Invoice, Quote
from reglo.billing.queries.invoices import search_invoices
from reglo.billing.queries.quotes import search_quotes
from reglo.customers.models import Customer
from reglo.customers.queries import search_customers
from reglo.organisations.models import Organisation
from reglo.products.models import Product
from reglo.products.queries import search_products

_MOST = 8
_SHORTEST = 2


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
    if len(text) < _SHORTEST:
        return []
    found = [
        Hits(title=_("Customers"), hits=_customers(organisation, text)),
        Hits(title=_("Invoices"), hits=_invoices(organisation, text)),
        Hits(title=_("Quotes"), hits=_quotes(organisation, text)),
        Hits(title=_("Products"), hits=_products(organisation, text)),
    ]
    return [each for each in found if each.hits]


def _customers(organisation: Organisation, text: str) -> tuple[Hit, ...]:
    rows = search_customers(Customer.objects.of(organisation).filter(merged_into=None), text).order_by("name", "id")
    return tuple(
        Hit(
            label=row.name,
            detail=" · ".join(filter(None, (row.siren, row.city))),
            url=reverse("customers:customer", args=[organisation.slug, row.pk]),
            icon="users",
        )
        for row in rows[:_MOST]
    )


def _invoices(organisation: Organisation, text: str) -> tuple[Hit, ...]:
    rows = search_invoices(Invoice.objects.of(organisation), text).only("number", "customer_name", "issue_date")
    return tuple(
        Hit(
            label=row.number,
            detail=f"{row.customer_name} · {row.issue_date:%d/%m/%Y}",
            url=reverse("billing:invoice", args=[organisation.slug, row.pk]),
            icon="file-invoice",
        )
        for row in rows.order_by("-issue_date", "-id")[:_MOST]
    )


def _quotes(organisation: Organisation, text: str) -> tuple[Hit, ...]:
    rows = search_quotes(Quote.objects.of(organisation).filter(deleted_at=None), text).select_related("customer")
    return tuple(
        Hit(
            label=row.number or row.title,
            detail=row.customer.name,
            url=reverse("billing:quote", args=[organisation.slug, row.pk]),
            icon="file-description",
        )
        for row in rows.order_by("-updated_at", "-id")[:_MOST]
    )


def _products(organisation: Organisation, text: str) -> tuple[Hit, ...]:
    rows = search_products(Product.objects.of(organisation).filter(archived_at=None), text).order_by("name", "id")
    return tuple(
        Hit(
            label=row.name,
            detail=row.reference,
            url=reverse("products:product", args=[organisation.slug, row.pk]),
            icon="package",
        )
        for row in rows[:_MOST]
    )
