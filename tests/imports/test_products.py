"""Tables of products: matched, priced, taken in once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase

from reglo.core.mentions import Nature
from reglo.imports.models import TableImport
from reglo.imports.queries import plan_of
from reglo.imports.services import receive_table, take_in_table
from reglo.journal.services import Actor
from reglo.lists.files import csv_lines, xlsx_file
from reglo.organisations.models import Organisation
from reglo.products.facts import ProductFacts, completed, facts_of
from reglo.products.models import Product, ProductCost, ProductPrice
from reglo.products.queries import price_on, with_cost, with_price
from reglo.products.services import create_product
from reglo.products.table.export import exported_unit, headers, rows_of
from reglo.products.table.values import facts_in
from reglo.products.vat import vat_choices
from reglo.rules.codes import codes
from tests.site import NOW, TODAY, a_member, an_organisation

EXAMPLE = """Référence;Désignation;Prix unitaire HT;Unité;TVA;Type
CONS;Conseil;90,00 €;heure;20 %;service
VIS;Vis inox;0,125;pièce;5,5;bien
FORM;Formation;1 200,00;forfait;formation;service
FAUX;Faux;beaucoup;lieue;99999;autre
"""


def _actor(organisation: Organisation) -> Actor:
    return Actor(name="Inès", user_id=a_member(organisation).pk)


def _brought(organisation: Organisation, data: str | bytes) -> TableImport:
    return receive_table(
        organisation=organisation,
        kind="products",
        file_name="articles.csv",
        content=data.encode() if isinstance(data, str) else data,
        by=_actor(organisation),
        now=NOW,
    )


def _taken(organisation: Organisation, data: str | bytes, days_later: int = 0) -> dict[str, int]:
    return take_in_table(
        import_id=_brought(organisation, data).pk,
        organisation=organisation,
        all_or_nothing=False,
        by=_actor(organisation),
        now=NOW + timedelta(days=days_later),
    ).outcome


@pytest.mark.django_db(transaction=True)
class TestTakingIn:
    def test_words_and_french_numbers_are_understood(self) -> None:
        organisation = an_organisation()
        assert _taken(organisation, EXAMPLE) == {"created": 3, "updated": 0, "unchanged": 0, "refused": 1}
        found = {
            each.reference: (each.unit, each.vat, each.nature, price_on(each, TODAY))
            for each in Product.objects.of(organisation)
        }
        assert found == {
            "CONS": ("HUR", "20", "S", Decimal(90)),
            "VIS": ("H87", "5.5", "B", Decimal("0.125")),
            "FORM": ("LS", "teaching", "S", Decimal(1200)),
        }

    def test_the_same_file_again_changes_nothing(self) -> None:
        organisation = an_organisation()
        _taken(organisation, EXAMPLE)
        for days_later in (0, 3):
            assert _taken(organisation, EXAMPLE, days_later)["unchanged"] == 3
        assert ProductPrice.objects.count() == 3

    def test_each_fault_of_a_row_is_told_with_its_field(self) -> None:
        plan = plan_of(_brought(an_organisation(), EXAMPLE), TODAY)
        assert {fault.where.en for row in plan.refused for fault in row.faults} == {"price", "nature"}

    def test_a_new_price_begins_on_the_day_of_the_import(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Référence;Nom;Prix HT\nA;A;10,00\n")
        later = TODAY + timedelta(days=9)
        assert _taken(organisation, "Référence;Nom;Prix HT\nA;A;12,00\n", days_later=9)["updated"] == 1
        product = Product.objects.get()
        assert (price_on(product, TODAY), price_on(product, later)) == (Decimal(10), Decimal(12))

    def test_a_second_price_on_one_day_is_refused(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Référence;Nom;Prix HT\nA;A;10,00\n")
        refused = plan_of(_brought(organisation, "Référence;Nom;Prix HT\nA;A;12,00\n"), TODAY).refused
        assert [row.faults[0].where.en for row in refused] == ["price"]

    def test_a_cost_is_taken_in_like_a_price_and_once_a_day(self) -> None:
        organisation = an_organisation()
        assert _taken(organisation, "Référence;Nom;Prix de revient\nA;A;4,25\n")["created"] == 1
        assert list(ProductCost.objects.values_list("cost_micro", "valid_from")) == [(4_250_000, TODAY)]
        assert _taken(organisation, "Référence;Nom;Prix de revient\nA;A;4,25\n")["unchanged"] == 1
        refused = plan_of(_brought(organisation, "Référence;Nom;Coût\nA;A;5\nB;B;-1\n"), TODAY).refused
        assert [row.faults[0].where.en for row in refused] == ["cost", "cost"]

    def test_without_a_reference_the_name_tells(self) -> None:
        organisation = an_organisation()
        assert _taken(organisation, "Nom;Prix HT\nConseil;10,00\nAudit;20,00\n")["created"] == 2
        assert _taken(organisation, "Nom;Prix HT\nCONSEIL;10,00\n")["updated"] == 1
        assert set(Product.objects.values_list("reference", flat=True)) == {"P-001", "P-002"}


_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="'"), max_size=20
)


@st.composite
def _products(draw: st.DrawFn) -> list[tuple[ProductFacts, Decimal | None, Decimal | None]]:
    figures = st.integers(0, 6).flatmap(lambda places: st.decimals(0, 99999, places=places))
    return [
        (
            completed(
                ProductFacts(
                    reference=f"R{number}",
                    name=f"{number} {draw(_words)}",
                    description=draw(_words),
                    unit=draw(st.sampled_from(sorted(codes("units")))),
                    vat=draw(st.sampled_from([code for code, _ in vat_choices("fr")])),
                    nature=draw(st.sampled_from(list(Nature))),
                )
            ),
            draw(st.none() | figures),
            draw(st.none() | figures),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


def test_every_unit_is_exported_so_that_it_comes_back() -> None:
    for language in ("fr", "en"):
        for code in codes("units"):
            assert facts_in({"unit": exported_unit(code, language)}, [])["unit"] == code


class TestExportThenImport(TransactionTestCase):
    """What is exported comes in again as it was, and changes nothing where it still is."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(drawn=_products(), language=st.sampled_from(["fr", "en"]), as_workbook=st.booleans())
    def test_is_the_identity(
        self, drawn: list[tuple[ProductFacts, Decimal | None, Decimal | None]], language: str, as_workbook: bool
    ) -> None:
        here, there = an_organisation(), an_organisation()
        actor = _actor(here)
        for facts, price, cost in drawn:
            create_product(organisation=here, facts=facts, price=price, cost=cost, by=actor, now=NOW, today=TODAY)
        known = with_cost(with_price(Product.objects.of(here), TODAY), TODAY).order_by("pk")
        rows = list(rows_of(known, language))
        if as_workbook:
            data = xlsx_file("Articles", headers(language), rows).read()
        else:
            data = b"".join(csv_lines(headers(language), rows, language=language))
        assert _taken(here, data)["unchanged"] == len(rows)
        assert _taken(there, data)["refused"] == 0
        assert _state(there) == _state(here)


def _state(organisation: Organisation) -> list[object]:
    products = Product.objects.of(organisation).order_by("reference")
    return [
        (facts_of(each), price_on(each, TODAY), each.search, list(each.costs.values_list("cost_micro", "valid_from")))
        for each in products
    ]
