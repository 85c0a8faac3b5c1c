"""The pages of products, and the search of the editor."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.mentions import Nature
from reglo.formats.units import unit_name
from reglo.imports.faults import attach_all
from reglo.journal.queries import entries_of
from reglo.lists.files import csv_lines, xlsx_file
from reglo.lists.views import Answer, list_page, ticked
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.products.chart import price_chart
from reglo.products.facts import price_of
from reglo.products.forms import NewCostForm, NewPriceForm, ProductForm
from reglo.products.listing import listed, listing_of, price_text, shown_price
from reglo.products.models import Product
from reglo.products.queries import found_products, with_cost, with_price
from reglo.products.services import (
    archive_product,
    change_product,
    create_product,
    restore_product,
    set_cost,
    set_price,
)
from reglo.products.table.export import headers, rows_of
from reglo.products.vat import vat_name
from reglo.products.wording import NATURES

_STORY = 20
_COST_IDS = "cost_%s"  #: two forms of the page have a field of the same name
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@needs(Permission.READ)
def products(request: MemberRequest) -> Answer:
    """The list."""
    organisation, now = request.organisation, timezone.now()
    rows = listed(organisation, request.GET.get("state", ""), today_of(organisation, now))
    return list_page(request, listing_of(organisation), rows)


class Option(NamedTuple):
    """A product as the search of the editor offers it."""

    product: Product
    price: str  #: with a point, as drafts have it; "" where there is none
    shown: str
    unit: str


@require_GET
@needs(Permission.READ)
def search(request: MemberRequest) -> HttpResponse:
    """Products whose name, reference or description has the words of ?q=, as options of a list (htmx)."""
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    today = today_of(request.organisation, timezone.now())
    found = found_products(request.organisation, text, today)
    return render(request, "products/_options.html", {"options": list(_options(found)), "q": text})


def _options(found: list[Product]) -> Iterator[Option]:
    language = page_language()
    for each in found:
        micro: int | None = each.price_micro  # type: ignore[attr-defined]  # annotated
        price = None if micro is None else price_of(micro)
        unit = unit_name(each.unit, price_of(1_000_000), language)
        yield Option(each, "" if price is None else str(price), shown_price(each, language), unit)


@require_GET
@needs(Permission.READ)
def export(request: MemberRequest) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Every active product with its price and its cost of today, in a form that comes in again."""
    today = today_of(request.organisation, timezone.now())
    active = Product.objects.of(request.organisation).filter(archived_at=None).order_by("name", "pk")
    rows = with_cost(with_price(active, today), today)
    language = page_language()
    if request.GET.get("format") == "xlsx":
        file = xlsx_file(_("Products and services"), headers(language), rows_of(rows.iterator(), language))
        return FileResponse(file, as_attachment=True, filename="products.xlsx", content_type=_XLSX)
    return StreamingHttpResponse(
        csv_lines(headers(language), rows_of(rows.iterator(), language), language=language),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="products.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_PRODUCTS)
def product(request: MemberRequest, pk: int) -> HttpResponse:
    """A product with its prices; a new price is posted here."""
    organisation, now = request.organisation, timezone.now()
    today = today_of(organisation, now)
    row = get_object_or_404(Product.objects.of(organisation), pk=pk)
    form = NewPriceForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            set_price(product_id=row.pk, organisation=organisation, by=actor_of(request), now=now, **form.cleaned_data)
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("The new price is kept."))
            return redirect("products:product", slug=organisation.slug, pk=row.pk)
    return _page(request, row, today, form, NewCostForm(initial={"valid_from": today}, auto_id=_COST_IDS))


@require_POST
@needs(Permission.WRITE_PRODUCTS)
def cost(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what a product costs from a day on."""
    organisation, now = request.organisation, timezone.now()
    today = today_of(organisation, now)
    row = get_object_or_404(Product.objects.of(organisation), pk=pk)
    form = NewCostForm(request.POST, auto_id=_COST_IDS)
    if form.is_valid():
        try:
            set_cost(product_id=row.pk, organisation=organisation, by=actor_of(request), now=now, **form.cleaned_data)
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("The new cost is kept."))
            return redirect("products:product", slug=organisation.slug, pk=row.pk)
    return _page(request, row, today, NewPriceForm(initial={"valid_from": today}), form)


class Dated(NamedTuple):
    """A price or a cost with the day on which it begins."""

    day: date
    shown: str
    is_current: bool
    is_coming: bool


def _history(figures: Sequence[tuple[date, Decimal]], today: date) -> list[Dated]:
    """The newest first."""
    language = page_language()
    current = next((day for day, _figure in reversed(figures) if day <= today), None)
    return [Dated(day, price_text(each, language), day == current, day > today) for day, each in reversed(figures)]


def _page(
    request: MemberRequest, row: Product, today: date, form: NewPriceForm, cost_form: NewCostForm
) -> HttpResponse:
    language = page_language()
    prices = [(each.valid_from, price_of(each.price_micro)) for each in row.prices.order_by("valid_from")]
    costs = [(each.valid_from, price_of(each.cost_micro)) for each in row.costs.order_by("valid_from")]
    values = {
        "product": row,
        "form": form,
        "cost_form": cost_form,
        "costs": _history(costs, today),
        "unit": unit_name(row.unit, price_of(1_000_000), language),
        "vat": vat_name(row.vat, language),
        "nature": NATURES[Nature(row.nature)].in_language(language),
        "prices": _history(prices, today),
        "chart": price_chart(prices, today),
        "story": entries_of(row)[:_STORY],
    }
    return render(request, "products/product.html", values, status=422 if form.errors or cost_form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_PRODUCTS)
def new(request: MemberRequest) -> HttpResponse:
    """Create a product."""
    organisation, now = request.organisation, timezone.now()
    form = ProductForm(request.POST or None, is_exempt=organisation.vat_regime == "franchise")
    if request.method == "POST" and form.is_valid():
        try:
            row = create_product(
                organisation=organisation,
                facts=form.facts(),
                price=form.cleaned_data["price"],
                cost=form.cleaned_data["cost"],
                by=actor_of(request),
                now=now,
                today=today_of(organisation, now),
            )
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("%(name)s is kept.") % {"name": row.name})
            return redirect("products:product", slug=organisation.slug, pk=row.pk)
    return render(request, "products/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_PRODUCTS)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a product is."""
    row = get_object_or_404(Product.objects.of(request.organisation), pk=pk)
    form = ProductForm(request.POST or None, product=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_product(
                product_id=row.pk,
                organisation=request.organisation,
                facts=form.facts(),
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("products:product", slug=request.organisation.slug, pk=row.pk)
    return render(request, "products/form.html", {"form": form, "product": row}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.WRITE_PRODUCTS)
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a product away."""
    row = get_object_or_404(Product.objects.of(request.organisation), pk=pk)
    archive_product(product_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    undo = reverse("products:restore", kwargs={"slug": request.organisation.slug, "pk": row.pk})
    messages.success(request, _("%(name)s is archived.") % {"name": row.name}, extra_tags=f"undo:{undo}")
    return redirect("products:list", slug=request.organisation.slug)


@require_POST
@needs(Permission.WRITE_PRODUCTS)
def archive_many(request: MemberRequest) -> HttpResponse:
    """Put away the products that are ticked."""
    known = list(Product.objects.of(request.organisation).filter(pk__in=ticked(request)).values_list("pk", flat=True))
    for pk in known:
        archive_product(product_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    count = len(known)
    told = ngettext("%(count)d product is archived.", "%(count)d products are archived.", count) % {"count": count}
    messages.success(request, told)
    return redirect("products:list", slug=request.organisation.slug)


@require_POST
@needs(Permission.WRITE_PRODUCTS)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a product back."""
    row = get_object_or_404(Product.objects.of(request.organisation), pk=pk)
    restore_product(product_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("%(name)s is back.") % {"name": row.name})
    return redirect("products:product", slug=request.organisation.slug, pk=row.pk)
