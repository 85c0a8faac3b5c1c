"""Bars across one line."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.charts.drawing import svg_of
from reglo.charts.tornado import Swing, Tornado, tornado_chart

amounts = st.decimals(-(10**12), 10**12, places=2)


def _chart(base: Decimal, *ends: tuple[Decimal, Decimal]) -> Tornado:
    swings = [Swing(label=f"guess {low}", low=low, high=high, ends=f"{low} … {high}") for low, high in ends]
    return tornado_chart(swings, base=base, key="tornado", title="What matters", about="Bars")


@given(amounts, st.lists(st.tuples(amounts, amounts), max_size=5))
def test_bars_stay_within_the_drawing_and_touch_the_line(base: Decimal, ends: list[tuple[Decimal, Decimal]]) -> None:
    chart = _chart(base, *ends)
    line = float(chart.line)
    for row in chart.rows:
        for half in (row.low, row.high):
            left, right = float(half.x), float(half.x) + float(half.width)
            assert -0.1 <= left <= right <= chart.width + 2
            assert left - 0.2 <= line <= right + 0.2


def test_a_guess_that_moves_the_result_more_has_the_longer_bar() -> None:
    wide, narrow = _chart(Decimal(0), (Decimal(-100), Decimal(100)), (Decimal(-10), Decimal(10))).rows
    assert float(wide.low.width) == pytest.approx(10 * float(narrow.low.width), abs=0.6)


def test_no_guess_at_all_makes_an_empty_drawing() -> None:
    root = ElementTree.fromstring(svg_of(_chart(Decimal(5))))
    assert root.get("viewBox") == "0 0 520 48"
