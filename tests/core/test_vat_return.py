"""On which line of the French VAT return a sale stands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.vat_return import Territory, VatSale, fill_return, line_of, territory_of

_AMOUNTS = st.decimals(Decimal(-100_000), Decimal(100_000), places=2)
_SALES = st.builds(
    VatSale,
    category=st.sampled_from(["S", "AE", "E", "G", "K", "O", "Z"]),
    rate=st.sampled_from([Decimal(each) for each in ("20", "10", "5.5", "2.1", "19.6", "0")]),
    base=_AMOUNTS,
    tax=_AMOUNTS,
)


@pytest.mark.parametrize(
    ("category", "rate", "territory", "code"),
    [
        ("S", "20.0000", Territory.MAINLAND, "08"),
        ("S", "5.5", Territory.MAINLAND, "09"),
        ("S", "10", Territory.MAINLAND, "9B"),
        ("S", "10", Territory.CORSICA, "T3"),
        ("S", "13", Territory.CORSICA, "TC"),
        ("S", "2.1", Territory.MAINLAND, "T6"),
        ("S", "2.1", Territory.OVERSEAS, "11"),
        ("S", "2.1", Territory.CORSICA, "T4"),
        ("S", "8.5", Territory.OVERSEAS, "10"),
        ("S", "19.6", Territory.MAINLAND, "13"),
        ("G", "0", Territory.MAINLAND, "E1"),
        ("K", "0", Territory.MAINLAND, "F2"),
        ("AE", "0", Territory.MAINLAND, "E2"),
        ("E", "0", Territory.MAINLAND, "E2"),
    ],
)
def test_each_sale_has_its_line(category: str, rate: str, territory: Territory, code: str) -> None:
    assert line_of(category, Decimal(rate), territory).code == code


@given(st.lists(_SALES))
def test_nothing_is_lost_and_what_is_taxed_is_on_a1(sales: list[VatSale]) -> None:
    filled = {each.line.code: each for each in fill_return(sales)}
    taxed = sum((each.base for each in sales if each.category == "S" and each.rate), Decimal(0))
    assert (filled["A1"].base if "A1" in filled else Decimal(0)) == taxed
    others = sum((each.base for code, each in filled.items() if code != "A1"), Decimal(0))
    assert others == sum((each.base for each in sales), Decimal(0))


def test_the_form_takes_whole_euros_half_up() -> None:
    (_, line) = fill_return([VatSale(category="S", rate=Decimal(20), base=Decimal("102.50"), tax=Decimal("20.50"))])
    assert (line.whole_base, line.whole_tax) == (103, 21)


@pytest.mark.parametrize(
    ("post_code", "territory"),
    [("69002", "mainland"), ("20200", "corsica"), ("97400", "overseas"), ("97300", "mainland"), ("", "mainland")],
)
def test_a_post_code_says_which_rates_are_those_of_its_place(post_code: str, territory: str) -> None:
    assert territory_of(post_code) == territory
