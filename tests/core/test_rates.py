from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.dates import HalfYear
from reglo.core.rates import InvalidRates, RateKind, RateUnknown, rate_for, rates_with, shipped_rates


@pytest.mark.parametrize(
    ("kind", "day", "percent"),
    [
        (RateKind.LEGAL, date(2026, 1, 1), "2.62"),
        (RateKind.LEGAL, date(2026, 6, 30), "2.62"),
        (RateKind.LEGAL, date(2025, 12, 31), "2.76"),
        (RateKind.LEGAL_INDIVIDUALS, date(2026, 3, 1), "6.67"),
        (RateKind.ECB, date(2023, 7, 1), "4.00"),
        (RateKind.ECB, date(2022, 12, 31), "0.00"),
        (RateKind.ECB, date(2009, 1, 1), "2.50"),
        (RateKind.LEGAL, date(2012, 8, 1), "0.71"),
    ],
)
def test_a_rate_is_that_of_its_half_year(kind: RateKind, day: date, percent: str) -> None:
    rate = rate_for(kind, day)
    assert rate.percent == Decimal(percent)
    assert rate.half_year == HalfYear.of(day)
    assert not rate.provisional


@pytest.mark.parametrize("kind", RateKind)
def test_every_half_year_of_the_table_is_there_and_names_its_source(kind: RateKind) -> None:
    line = shipped_rates().rates[kind]
    assert line[0].half_year == HalfYear(2009, 1)
    assert all(after.half_year == before.half_year.following for before, after in pairwise(line))
    assert all(rate.source for rate in line)


def test_the_act_is_named_where_it_is_known() -> None:
    assert "15 décembre 2025" in rate_for(RateKind.LEGAL, date(2026, 1, 1)).source
    assert "2010-127" in rate_for(RateKind.LEGAL_INDIVIDUALS, date(2010, 9, 1)).source
    assert "BCE" in rate_for(RateKind.ECB, date(2026, 1, 1)).source


@given(st.sampled_from(RateKind), st.dates(date(2026, 7, 1), date(2099, 12, 31)))
def test_beyond_the_table_the_last_rate_serves_and_is_provisional(kind: RateKind, day: date) -> None:
    rate = rate_for(kind, day)
    assert rate.provisional
    assert rate.percent == shipped_rates().last(kind).percent


def test_a_line_that_the_user_adds_ends_the_provision() -> None:
    table = shipped_rates().with_rate(RateKind.ECB, HalfYear(2026, 2), Decimal("2.40"), "site de la BCE")
    rate = rate_for(RateKind.ECB, date(2026, 11, 24), table)
    assert (rate.percent, rate.source, rate.provisional) == (Decimal("2.40"), "site de la BCE", False)
    assert rate_for(RateKind.ECB, date(2026, 11, 24)).provisional


def test_a_line_that_the_user_mends_replaces_the_old_one() -> None:
    table = shipped_rates().with_rate(RateKind.LEGAL, HalfYear(2020, 1), Decimal("1"), "essai")
    assert rate_for(RateKind.LEGAL, date(2020, 1, 1), table).percent == 1
    assert len(table.rates[RateKind.LEGAL]) == len(shipped_rates().rates[RateKind.LEGAL])


def test_a_gap_in_the_table_is_provisional_too() -> None:
    table = shipped_rates().with_rate(RateKind.LEGAL, HalfYear(2030, 1), Decimal(3), "essai")
    assert rate_for(RateKind.LEGAL, date(2029, 1, 1), table).provisional


def test_a_day_before_the_table_has_no_rate() -> None:
    with pytest.raises(RateUnknown):
        rate_for(RateKind.LEGAL, date(2008, 12, 31))


def test_a_rate_of_ones_own_is_added_to_the_shipped_ones() -> None:
    table = rates_with('[rates]\n2026-2 = { ecb = "2.40", legal = 2.71 }\n')
    rate = rate_for(RateKind.ECB, date(2026, 7, 1), table)
    assert (rate.percent, rate.provisional) == (Decimal("2.40"), False)
    assert rate_for(RateKind.LEGAL, date(2026, 12, 31), table).percent == Decimal("2.71")
    assert rate_for(RateKind.LEGAL_INDIVIDUALS, date(2026, 12, 31), table).provisional


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "",
        "[rates]\n2026-3 = { ecb = 1 }",
        "[rates]\n2026-2 = { bce = 1 }",
        '[rates]\n2026-2 = { ecb = "a" }',
        "[rates]\n2026-2 = { ecb = nan }",
        "[rates]\n2026-2 = { ecb = inf }",
        "[rates]\n2026-2 = { legal = 262 }",
    ],
)
def test_a_table_of_rates_that_cannot_be_read_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidRates, match="2026-2"):
        rates_with(text)
