"""Numbers, dates and identifiers as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.formats.pdf.countries import COUNTRIES, country_name
from reglo.formats.pdf.figures import aligned, amount, day, grouped, money, number, percent, short_day
from reglo.formats.units import unit_name

decimals = st.decimals("-1e12", "1e12", places=4, allow_nan=False)


@given(decimals)
def test_a_number_loses_nothing_in_either_language(value: Decimal) -> None:
    french = number(value, "fr").replace("\u202f", "").replace(",", ".").replace("\u2212", "-")
    english = number(value, "en").replace(",", "").replace("\u2212", "-")
    assert Decimal(french) == Decimal(english) == value


@pytest.mark.parametrize(
    ("value", "currency", "french", "english"),
    [
        ("1234.56", "EUR", "1\u202f234,56\u00a0€", "€1,234.56"),
        ("-10", "EUR", "\u221210,00\u00a0€", "\u2212€10.00"),
        ("0", "EUR", "0,00\u00a0€", "€0.00"),
        ("1234567", "JPY", "1\u202f234\u202f567\u00a0¥", "¥1,234,567"),
        ("1.5", "TND", "1,500\u00a0TND", "1.500\u00a0TND"),
        ("99.999", "EUR", "99,999\u00a0€", "€99.999"),
        ("5", None, "5,00", "5.00"),
    ],
)
def test_money_is_written_as_each_language_does(value: str, currency: str | None, french: str, english: str) -> None:
    assert money(Decimal(value), currency, "fr") == french
    assert money(Decimal(value), currency, "en") == english


def test_percents_and_days_are_written_as_each_language_does() -> None:
    assert percent(Decimal("5.50"), "fr") == "5,5\u00a0%"
    assert percent(Decimal("20"), "en") == "20%"
    assert day(date(2026, 8, 1), "fr") == "1er\u00a0août\u00a02026"
    assert day(date(2026, 8, 1), "en") == "1\u00a0August\u00a02026"
    assert short_day(date(2026, 8, 1), "fr") == "01/08/2026"
    assert short_day(date(2026, 8, 1), "en") == "1\u00a0Aug\u00a02026"


@given(st.lists(decimals, max_size=8))
def test_aligned_figures_hold_place_for_the_same_decimals(values: list[Decimal]) -> None:
    figures = [number(value, "fr") for value in values]
    padded = aligned(figures, "fr")
    assert [figure.rstrip("\u2007\u2009") for figure in padded] == figures
    lengths = [len(figure.partition(",")[2]) for figure in padded if "," in figure]
    assert len(set(lengths)) <= 1
    assert all(figure.endswith("\u2009\u2009") for figure in padded if "," not in figure) or not lengths


def test_identifiers_come_in_groups() -> None:
    assert grouped("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189".replace(" ", "\u00a0")
    assert grouped("73282932000074", (3, 3, 3), size=5) == "732 829 320 00074".replace(" ", "\u00a0")
    assert grouped("") == ""


def test_units_are_words_in_the_right_number() -> None:
    assert unit_name("HUR", Decimal("1.5"), "fr") == "heure"
    assert unit_name("HUR", Decimal(2), "fr") == "heures"
    assert unit_name("HUR", Decimal("1.5"), "en") == "hours"
    assert unit_name("E49", Decimal(-3), "fr") == "jours\u00a0ouvrés"
    assert unit_name("ZZZ", Decimal(1), "fr") == "ZZZ"


def test_countries_have_names_or_keep_their_code() -> None:
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("DE", "en") == "Germany"
    assert country_name("QQ", "fr") == "QQ"
    assert all(name.fr and name.en for name in COUNTRIES.values())


def test_an_amount_has_at_least_the_decimals_of_its_currency() -> None:
    assert amount(Decimal(3), "EUR", "fr") == "3,00"
    assert amount(Decimal("3.1275"), "EUR", "fr") == "3,1275"
    assert amount(Decimal(3), "JPY", "fr") == "3"
