"""The list of products."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.accounts.language import page_language
from reglo.core.mentions import Nature
from reglo.formats.units import unit_name
from reglo.lists.archived import archived_filter, without_archived
from reglo.lists.listing import BulkAct, CellKind, Choice, Column, Filter, Listing
from reglo.organisations.models import Organisation
from reglo.organisations.permissions import Permission
from reglo.products.facts import price_of
from reglo.products.models import Product
from reglo.products.queries import search_products, with_price
from reglo.products.vat import vat_name
from reglo.products.wording import NATURES


def listing_of(organisation: Organisation) -> Listing:
    """The list of an organisation's products."""
    language = page_language()

    def link(product: Product) -> str:
        return reverse("products:product", kwargs={"slug": organisation.slug, "pk": product.pk})

    def nature(product: Product) -> tuple[str, str]:
        known = Nature(product.nature)
        return NATURES[known].in_language(language), "blue" if known is Nature.SERVICES else "secondary"

    return Listing(
        name="products",
        title=_("Products and services"),
        columns=(
            Column(key="name", label=_("Name"), value=lambda each: each.name, order="name", link=link),
            Column(key="reference", label=_("Reference"), value=lambda each: each.reference, on_phone=False),
            Column(key="price", label=_("Price without VAT"), value=lambda each: shown_price(each, language)),
            Column(
                key="unit",
                label=_("Unit"),
                value=lambda each: unit_name(each.unit, Decimal(1), language),
                on_phone=False,
            ),
            Column(key="vat", label=_("VAT"), value=lambda each: vat_name(each.vat, language), on_phone=False),
            Column(key="nature", label=_("Kind"), value=nature, kind=CellKind.BADGE, on_phone=False),
        ),
        order="name",
        search=search_products,
        filters=(
            Filter(
                key="nature",
                label=_("Kind"),
                choices=[
                    Choice(key=each.value, label=text.in_language(language), narrow=_of_nature(each))
                    for each, text in NATURES.items()
                ],
            ),
            archived_filter(pgettext_lazy("products", "Archived")),
        ),
        bulk_acts=(
            BulkAct(
                label=_("Archive"),
                url="products:archive-many",
                permission=Permission.WRITE_PRODUCTS,
                confirm=_("These products leave the lists and the search; you can restore them."),
            ),
        ),
        template="products/list.html",
        empty=(
            _("No product yet"),
            _("Keep what you sell with its price and its VAT: on a quote, a few letters of its name fill the line."),
        ),
    )


def listed(organisation: Organisation, state: str, today: date) -> QuerySet:
    """The rows of the list with their prices of today: archived products only where they are asked for."""
    return without_archived(with_price(Product.objects.of(organisation), today), state)


def shown_price(product: Product, language: str) -> str:
    """The price of a product that knows its `price_micro`, as the language writes it."""
    micro: int | None = product.price_micro  # type: ignore[attr-defined]  # annotated by `with_price`
    return "" if micro is None else price_text(price_of(micro), language)


def price_text(price: Decimal, language: str) -> str:
    """A price as the language writes it, with all its decimals."""
    figure = f"{price:,f}"
    if language == "en":
        return f"€{figure}"
    return figure.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",") + "\N{NO-BREAK SPACE}€"


def _of_nature(nature: Nature) -> Callable[[QuerySet], QuerySet]:
    return lambda rows: rows.filter(nature=nature.value)
