"""Products, and their prices over time."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.mentions import Nature
from reglo.imports.faults import FaultyFacts
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation
from reglo.products.facts import ProductFacts, facts_of, micro_of, price_of
from reglo.products.models import Product
from reglo.products.queries import found_products, price_on
from reglo.products.services import (
    PriceThatDay,
    archive_product,
    change_product,
    create_product,
    restore_product,
    set_price,
)
from reglo.products.vat import vat_choices, vat_name
from reglo.products.writing import ReferenceTaken
from tests.site import INES, NOW, TODAY, an_organisation

ADVICE = ProductFacts(name="Conseil en énergie", reference="CONS", unit="HUR")


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


def _created(organisation: Organisation, facts: ProductFacts = ADVICE, price: str | None = "90") -> Product:
    amount = None if price is None else Decimal(price)
    return create_product(organisation=organisation, facts=facts, by=INES, now=NOW, today=TODAY, price=amount)


@pytest.mark.django_db(transaction=True)
class TestServices:
    def test_the_price_of_a_day_is_the_newest_that_has_begun(self, organisation: Organisation) -> None:
        product = _created(organisation)
        later = TODAY + timedelta(days=30)
        who = {"product_id": product.pk, "organisation": organisation, "by": INES, "now": NOW}
        set_price(price=Decimal("95.5"), valid_from=later, **who)  # type: ignore[arg-type]
        days = (TODAY - timedelta(days=1), TODAY, later - timedelta(days=1), later)
        assert [price_on(product, day) for day in days] == [None, Decimal(90), Decimal(90), Decimal("95.5")]

    def test_a_price_is_never_edited(self, organisation: Organisation) -> None:
        product = _created(organisation)
        with pytest.raises(PriceThatDay):
            set_price(
                product_id=product.pk,
                organisation=organisation,
                price=Decimal(1),
                valid_from=TODAY,
                by=INES,
                now=NOW,
            )

    @pytest.mark.parametrize("price", ["-1", "1e13", "0.0000001", "NaN", "Infinity"])
    def test_a_price_that_cannot_be_is_refused(self, organisation: Organisation, price: str) -> None:
        with pytest.raises(FaultyFacts):
            _created(organisation, price=price)
        assert not Product.objects.exists()

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            (replace(ADVICE, name=" "), "name"),
            (replace(ADVICE, unit="FURLONG"), "unit"),
            (replace(ADVICE, vat="beaucoup"), "vat"),
            (replace(ADVICE, vat="-1"), "vat"),
            (replace(ADVICE, vat="NaN"), "vat"),
            (replace(ADVICE, reference="x" * 61), "reference"),
            (replace(ADVICE, description="\x00"), "description"),
        ],
    )
    def test_what_cannot_be_right_is_refused(self, organisation: Organisation, facts: ProductFacts, field: str) -> None:
        with pytest.raises(FaultyFacts) as caught:
            _created(organisation, facts)
        assert [fault.where.en for fault in caught.value.faults] == [field]

    def test_without_a_reference_the_next_one_is_given(self, organisation: Organisation) -> None:
        given = [_created(organisation, ProductFacts(name=name)).reference for name in "ABC"]
        assert given == ["P-001", "P-002", "P-003"]

    def test_a_reference_belongs_to_one_product_of_an_organisation(self, organisation: Organisation) -> None:
        _created(organisation)
        with pytest.raises(ReferenceTaken):
            _created(organisation)
        _created(an_organisation())

    def test_a_change_says_what_was_and_what_is(self, organisation: Organisation) -> None:
        product = _created(organisation)
        changed = replace(facts_of(product), vat="5,5".replace(",", "."), nature=Nature.GOODS)
        for _ in range(2):
            change_product(product_id=product.pk, organisation=organisation, facts=changed, by=INES, now=NOW)
        entry = JournalEntry.objects.get(act="product-changed")
        assert (entry.before, entry.after) == (
            {"vat": "20", "nature": "S"},
            {"vat": "5.5", "nature": Nature.GOODS.value},
        )

    def test_a_product_is_put_away_and_taken_back(self, organisation: Organisation) -> None:
        product = _created(organisation)
        who = {"product_id": product.pk, "organisation": organisation, "by": INES, "now": NOW}
        archive_product(**who)  # type: ignore[arg-type]
        assert found_products(organisation, "", TODAY) == []
        restore_product(**who)  # type: ignore[arg-type]
        assert found_products(organisation, "CONSEIL energie", TODAY) == [product]

    def test_the_search_knows_prices_of_today_in_one_query(
        self, organisation: Organisation, django_assert_num_queries: object
    ) -> None:
        for name in ("A", "B", "C"):
            _created(organisation, ProductFacts(name=name), price="12.345678")
        _created(organisation, ProductFacts(name="sans prix"), price=None)
        with django_assert_num_queries(1):  # type: ignore[operator]
            found = found_products(organisation, "", TODAY)
        assert [each.price_micro for each in found] == [12_345_678] * 3 + [None]  # type: ignore[attr-defined]


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_a_price_comes_back_as_it_was_stored(price: Decimal) -> None:
    assert price_of(micro_of(price)) == price


def test_prices_show_at_least_cents() -> None:
    assert [str(price_of(each)) for each in (90_000_000, 12_345_000, 500_000)] == ["90.00", "12.345", "0.50"]


def test_every_way_to_be_taxed_has_a_name_in_both_languages() -> None:
    for language in ("fr", "en"):
        names = dict(vat_choices(language))
        assert len(names) == len(set(names.values()))
        assert all(name != code for code, name in names.items())
    assert vat_name("5.5", "fr").startswith("5,5")
