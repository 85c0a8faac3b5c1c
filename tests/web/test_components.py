"""The components of pages."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from reglo.core.findings import Finding, Severity, Text
from tests.site import a_member, an_organisation, logged_in


def rendered(source: str, language: str = "en", **context: object) -> str:
    """What a template makes."""
    with translation.override(language):
        return str(engines["django"].from_string(source).render(context)).strip()


class AddressForm(forms.Form):
    """A form with each kind of control."""

    town = forms.CharField(label="Town", help_text="As on the letter")
    size = forms.ChoiceField(label="Size", choices=[("s", "Small"), ("l", "Large")])
    is_main = forms.BooleanField(label="Main address", required=False)
    colours = forms.ChoiceField(label="Colour", choices=[("r", "Red"), ("g", "Green")], widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_money_is_written_as_each_language_does() -> None:
    assert "1\u202f234,56\u00a0€" in rendered("{% money 123456 'EUR' %}", "fr")
    assert "€1,234.56" in rendered("{% money 123456 'EUR' %}", "en")


def test_money_counts_in_the_minor_units_of_its_currency() -> None:
    assert "¥1,234" in rendered("{% money 1234 'JPY' %}")


def test_no_amount_is_nothing() -> None:
    assert rendered("{% money amount 'EUR' %}", amount=None) == ""


def test_a_day_carries_its_machine_form() -> None:
    shown = rendered("{% day value %}", "fr", value=date(2026, 11, 24))
    assert shown == '<time datetime="2026-11-24">24/11/2026</time>'


def test_a_moment_is_told_in_the_time_zone_of_the_organisation() -> None:
    assert "10:00" in rendered("{% moment value %}", value=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def test_what_a_badge_says_is_escaped() -> None:
    assert "&lt;b&gt;" in rendered("{% badge label 'red' %}", label="<b>")


def test_a_field_is_tied_to_its_help_and_its_errors() -> None:
    shown = rendered("{% field form.town %}", form=AddressForm({"town": ""}))
    assert 'for="id_town"' in shown
    assert 'aria-describedby="id_town_helptext id_town_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_town_helptext"' in shown
    assert 'id="id_town_error"' in shown
    assert "form-control is-invalid" in shown


def test_all_fields_of_a_form_are_shown_with_what_is_wrong_as_a_whole() -> None:
    form = AddressForm({"town": "Lyon", "size": "s", "colours": "r", "version": 1})
    form.add_error(None, "Nothing goes there")
    shown = rendered("{% fields form %}", form=form)
    assert "Nothing goes there" in shown
    assert all(f'name="{name}"' in shown for name in AddressForm.base_fields)
    assert "<legend" in shown
    assert 'class="form-select"' in shown


def test_a_finding_says_what_how_and_where_it_is_written() -> None:
    found = Finding(
        rule="FR-1",
        severity=Severity.FATAL,
        message=Text(fr="Le SIREN manque", en="The SIREN is missing"),
        fix=Text(fr="Ajoutez-le", en="Add it"),
        source="C. com. R123-237",
    )
    shown = rendered("{% finding found %}", "fr", found=found)
    assert "Le SIREN manque" in shown
    assert "Ajoutez-le" in shown
    assert "C. com. R123-237" in shown


def test_progress_asks_again_until_it_is_done() -> None:
    assert 'hx-get="/more"' in rendered("{% progress 1 2 'Issuing' url='/more' %}")
    assert "hx-get" not in rendered("{% progress 2 2 'Issuing' url='/more' %}")


def test_an_empty_place_offers_the_first_step() -> None:
    shown = rendered("{% empty 'No customer yet' 'They will stand here.' '/new' 'Add one' %}")
    assert 'href="/new"' in shown
    assert "Add one" in shown


@pytest.mark.django_db
def test_addresses_are_those_of_the_organisation_of_the_page(rf: RequestFactory) -> None:
    organisation = an_organisation()
    shown = rendered("{% url_of 'customers:list' %}", organisation=organisation, request=rf.get("/"))
    assert shown == f"/o/{organisation.slug}/customers/"


@pytest.mark.django_db
def test_a_page_shows_its_title_as_heading_and_the_menu_with_its_place(rf: RequestFactory) -> None:
    organisation = an_organisation()
    source = '{% extends "web/page.html" %}{% block title %}Customers{% endblock %}'
    request = rf.get(f"/o/{organisation.slug}/customers/")
    request.user = a_member(organisation)
    shown = rendered(source, organisation=organisation, request=request, user=request.user)
    assert "<title>Customers · Réglo</title>" in shown
    assert "Customers</h1>" in shown


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so() -> None:
    answer = logged_in(a_member(an_organisation())).get("/nowhere")
    assert answer.status_code == 404
    assert "Réglo" in answer.content.decode()
