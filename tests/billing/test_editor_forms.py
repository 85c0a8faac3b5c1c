"""The form of the editor and the content: what is typed, what is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.billing.forms.figures import shown_figure, typed_figure
from reglo.billing.forms.shown import field_id, shown
from reglo.billing.forms.typed import content_of


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("1 234,50", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("12", "12"),
        (",5", "0.5"),
        ("−3,5", "-3.5"),
        ("20 %", "20"),
        ("deux", "deux"),
        ("1e5", "1e5"),
        ("١٢", "١٢"),
        ("", ""),
    ],
)
def test_figures_are_read_as_people_type_them(typed: str, figure: str) -> None:
    assert typed_figure(typed) == figure


@given(st.decimals("-1000000", "1000000", places=2))
def test_a_figure_that_is_shown_is_read_back(figure: object) -> None:
    assert typed_figure(shown_figure(str(figure), "fr")) == str(figure)


def test_each_field_is_named_by_its_place_in_the_content() -> None:
    posted = {
        "lines[0].name": " Conseil ",
        "lines[0].price": "1 234,50",
        "lines[0].period.start": "2026-11-01",
        "lines[0].reductions[0].value": "10 %",
        "lines[0].optional": "1",
        "delivery.address.city": "Lyon",
        "reductions[0].value": "50,00",
        "reductions[0].reason": "Fidélité",
        "notes": "Une note.\n\nUne autre.",
        "purchase_order": "",
        "nonsense": "x",
        "seller.siren": "123456789",
        "lines[0].__class__": "x",
    }
    assert content_of(posted, {}) == {
        "lines": [
            {
                "name": "Conseil",
                "price": "1234.50",
                "period": {"start": "2026-11-01"},
                "reductions": [{"percent": "10"}],
                "optional": True,
            }
        ],
        "delivery": {"address": {"city": "Lyon"}},
        "reductions": [{"reason": "Fidélité", "amount": "50.00"}],
        "notes": ["Une note.", "Une autre."],
    }


def test_lines_that_say_nothing_are_left_out_and_the_rest_keep_their_order() -> None:
    posted = {"lines[10].name": "c", "lines[2].name": "b", "lines[1].quantity": "1", "lines[0].name": "a"}
    assert [each["name"] for each in content_of(posted, {})["lines"]] == ["a", "b", "c"]


def test_terms_that_are_understood_become_data_and_others_stay_as_typed() -> None:
    understood = content_of({"terms_are": "others", "terms": "45 jours fin de mois"}, {})
    assert understood["terms"]["delay"]["days"] == "45"
    assert content_of({"terms_are": "others", "terms": "quand tu veux"}, {})["terms"] == "quand tu veux"
    assert "terms" not in content_of({"terms_are": "usual", "terms": "45 jours fin de mois"}, {})


def test_what_the_editor_does_not_show_stays() -> None:
    before = {
        "supporting_documents": [{"reference": "T1"}],
        "payment": {"iban": "FR76"},
        "lines": [{"name": "a", "order": {"number": "B1"}, "reductions": [{"percent": "5"}, {"percent": "6"}]}],
    }
    [line] = [each for each in shown(before, "fr", vat="20").lines if each.typed.get("name")]
    posted = {"lines[0].name": "a", "lines[0].reductions[0].value": line.reduction, "lines[0].more": line.more}
    assert content_of(posted, before) == before


def test_prices_change_their_kind_for_the_whole_document() -> None:
    posted = {"prices": "price_with_vat", "lines[0].name": "a", "lines[0].price": "12"}
    assert content_of(posted, {})["lines"] == [{"name": "a", "price_with_vat": "12"}]


@pytest.mark.parametrize(
    "more", ["", "{", "[]", '"x"', json.dumps({"reductions": "x"}), json.dumps({"price": "1"}), "null"]
)
def test_a_forged_rest_of_a_line_changes_nothing(more: str) -> None:
    assert content_of({"lines[0].name": "a", "lines[0].more": more}, {})["lines"] == [{"name": "a"}]


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        ("lines", "f-lines-0-name"),
        ("lines[2]", "f-lines-2-name"),
        ("lines[0].price", "f-lines-0-price"),
        ("lines[1].price", "f-lines-1-price_with_vat"),
        ("lines[0].reductions[0].percent", "f-lines-0-reductions-0-value"),
        ("lines[0].reductions", "f-lines-0-reductions-0-value"),
        ("reductions[1].vat", "f-reductions-1-vat"),
        ("deposits", "f-deposits-0-number"),
        ("issue_date", "f-issue_date"),
        ("customer", "f-customer"),
        ("delivery", "f-delivery-date"),
        ("", "editor-lines"),
    ],
)
def test_what_is_missing_leads_to_its_field(path: str, id_: str) -> None:
    content = {"lines": [{"name": "a", "price": "1"}, {"name": "b", "price_with_vat": "1"}]}
    assert field_id(path, content) == id_


def test_a_character_that_no_document_can_carry_is_dropped() -> None:
    assert content_of({"lines[0].name": "a\x00b\ud800"}, {})["lines"] == [{"name": "ab"}]


def test_a_choice_that_is_not_offered_stays_in_the_form() -> None:
    form = shown({"lines": [{"name": "a", "vat": "19.6", "unit": "ZZ"}]}, "fr", vat="20")
    assert '<option value="19.6" selected>19,6</option>' in form.lines[0].vat_options
    assert '<option value="ZZ" selected>ZZ</option>' in form.lines[0].unit_options
