"""The pages of products, as people of an organisation meet them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reglo.organisations.models import Organisation, Role
from reglo.organisations.queries import today_of
from reglo.products.chart import price_chart
from reglo.products.facts import ProductFacts
from reglo.products.forms import unit_choices
from reglo.products.models import Product
from reglo.products.queries import price_on
from reglo.products.services import create_product
from tests.site import INES, NOW, a_member, an_organisation, logged_in

TYPED = {"name": "Conseil", "price": "1 200,50 €", "cost": "800", "unit": "HUR", "vat": "20", "nature": "S"}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, language="fr"))


def _url(organisation: Organisation, name: str, **parts: int) -> str:
    return reverse(f"products:{name}", kwargs={"slug": organisation.slug, **parts})


def _product(organisation: Organisation, name: str = "Conseil", price: str = "90") -> Product:
    return create_product(
        organisation=organisation,
        facts=ProductFacts(name=name),
        price=Decimal(price),
        by=INES,
        now=NOW,
        today=date(2026, 1, 1),
    )


@pytest.mark.django_db(transaction=True)
class TestPages:
    def test_a_product_is_created_with_a_french_price(self, organisation: Organisation, browser: Client) -> None:
        assert browser.post(_url(organisation, "new"), TYPED).status_code == 302
        product = Product.objects.get()
        assert price_on(product, today_of(organisation, timezone.now())) == Decimal("1200.5")
        assert product.costs.get().cost_micro == 800_000_000
        page = browser.get(_url(organisation, "product", pk=product.pk)).content.decode()
        assert "1\u202f200,50\u00a0€" in page

    @pytest.mark.parametrize(
        "typed",
        [
            {"name": ""},
            {"price": "beaucoup"},
            {"price": "-1"},
            {"unit": "XXX"},
            {"vat": "19,6 ou 20"},
            {"nature": "Z"},
            {"reference": "x" * 61},
        ],
    )
    def test_what_is_wrong_is_told(self, organisation: Organisation, browser: Client, typed: dict[str, str]) -> None:
        answer = browser.post(_url(organisation, "new"), TYPED | typed)
        assert answer.status_code == 422
        assert next(iter(typed)) in answer.context["form"].errors
        assert not Product.objects.exists()

    def test_a_change_keeps_what_the_form_showed(self, organisation: Organisation, browser: Client) -> None:
        product = _product(organisation)
        Product.objects.update(unit="NAR", vat="19.6")
        url = _url(organisation, "edit", pk=product.pk)
        shown = {each.name: each.value() for each in browser.get(url).context["form"]}
        before = Product.objects.values().get()
        assert browser.post(url, shown).status_code == 302
        assert Product.objects.values().get() == before

    def test_a_new_price_begins_on_its_day(self, organisation: Organisation, browser: Client) -> None:
        product = _product(organisation)
        url = _url(organisation, "product", pk=product.pk)
        later = today_of(organisation, timezone.now()) + timedelta(days=9)
        assert browser.post(url, {"price": "95", "valid_from": later.isoformat()}).status_code == 302
        assert price_on(product, later) == Decimal(95)
        assert browser.post(url, {"price": "96", "valid_from": later.isoformat()}).status_code == 422
        assert browser.post(url, {"price": "96", "valid_from": "demain"}).status_code == 422
        page = browser.get(url).content.decode()
        assert "<svg" in page
        assert "price-line" in page

    def test_a_cost_begins_on_its_day_and_a_reader_sets_none(self, organisation: Organisation, browser: Client) -> None:
        product = _product(organisation)
        url, typed = _url(organisation, "cost", pk=product.pk), {"cost": "41,50", "valid_from": "2026-03-01"}
        assert browser.post(url, typed).status_code == 302
        assert product.costs.get().cost_micro == 41_500_000
        again = browser.post(url, typed)
        assert again.status_code == 422
        assert "Un coût commence déjà le 01/03/2026" in again.content.decode()
        assert browser.post(url, typed | {"cost": "-1"}).status_code == 422
        page = browser.get(_url(organisation, "product", pk=product.pk)).content.decode()
        assert "41,50\u00a0€" in page
        reader = logged_in(a_member(organisation, Role.READER))
        assert reader.post(url, typed).status_code == 403

    def test_the_search_answers_options_with_what_a_line_needs(
        self, organisation: Organisation, browser: Client
    ) -> None:
        product = _product(organisation, "Étude <b>thermique</b>", "12.345")
        _product(an_organisation(), "Étude d'un autre")
        page = browser.get(_url(organisation, "search"), {"q": "etude THERM"}).content.decode()
        for part in (
            f'data-id="{product.pk}"',
            'data-price="12.345"',
            'data-vat="20"',
            'data-unit="C62"',
            'data-nature="S"',
            'data-reference="P-001"',
            'role="option"',
        ):
            assert part in page
        assert "<b>" not in page
        assert "autre" not in page
        assert 'role="option"' not in browser.get(_url(organisation, "search"), {"q": "rien"}).content.decode()

    def test_a_product_is_archived_and_the_undo_takes_it_back(
        self, organisation: Organisation, browser: Client
    ) -> None:
        product = _product(organisation)
        page = browser.post(_url(organisation, "archive", pk=product.pk), follow=True).content.decode()
        assert _url(organisation, "restore", pk=product.pk) in page
        assert 'role="option"' not in browser.get(_url(organisation, "search")).content.decode()
        browser.post(_url(organisation, "restore", pk=product.pk))
        browser.post(_url(organisation, "archive-many"), {"id": [product.pk]})
        assert Product.objects.get().archived_at is not None

    @pytest.mark.parametrize("wanted", ["csv", "xlsx"])
    def test_the_file_of_all_products_downloads(self, organisation: Organisation, browser: Client, wanted: str) -> None:
        _product(organisation)
        answer = browser.get(_url(organisation, "export"), {"format": wanted})
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert content[:2] == (b"PK" if wanted == "xlsx" else b"\xef\xbb")

    def test_another_organisation_and_a_reader_change_nothing(
        self, organisation: Organisation, browser: Client
    ) -> None:
        foreign = _product(an_organisation())
        for name in ("product", "edit"):
            assert browser.get(_url(organisation, name, pk=foreign.pk)).status_code == 404
        assert browser.post(_url(organisation, "archive", pk=foreign.pk)).status_code == 404
        own = _product(organisation)
        reader = logged_in(a_member(organisation, Role.READER))
        assert reader.get(_url(organisation, "product", pk=own.pk)).status_code == 200
        assert reader.post(_url(organisation, "product", pk=own.pk), {"price": "1"}).status_code == 403
        assert reader.post(_url(organisation, "new"), TYPED).status_code == 403

    def test_the_list_takes_as_many_queries_for_many_as_for_one(
        self, organisation: Organisation, browser: Client, django_assert_num_queries: object
    ) -> None:
        _product(organisation)
        browser.get(_url(organisation, "list"))
        with CaptureQueriesContext(connection) as one:
            browser.get(_url(organisation, "list"))
        for number in range(20):
            _product(organisation, f"Produit {number}")
        with django_assert_num_queries(len(one)):  # type: ignore[operator]
            assert "90,00" in browser.get(_url(organisation, "list")).content.decode()


def test_one_price_is_no_drawing_and_two_are_steps() -> None:
    first, second = (date(2026, 1, 1), Decimal(10)), (date(2026, 7, 1), Decimal(12))
    assert price_chart([first], date(2026, 12, 31)) is None
    chart = price_chart([first, second], date(2026, 12, 31))
    assert chart is not None
    assert chart.dots[0][1] > chart.dots[1][1]
    assert chart.path.startswith("M8.0 88.0H")


def test_units_have_names_that_differ() -> None:
    for language in ("fr", "en"):
        names = [name for _, name in unit_choices(language)]
        assert len(names) == len(set(names))
        assert len(names) > 50
