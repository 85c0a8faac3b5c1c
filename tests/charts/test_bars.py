"""Bars on one line."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reglo.charts.bars import BarChart, bar_chart
from reglo.charts.drawing import svg_of


def _bars(*values: tuple[str, int | Decimal], marked: int | None = None) -> BarChart:
    return bar_chart(values, key="billed", title="Billed", about="Bars", marked=marked)


def test_bars_stand_on_one_line_and_negative_ones_hang_from_it() -> None:
    chart = _bars(("a", 100), ("b", Decimal(-50)), ("c", 0))
    up, down, flat = chart.bars
    assert float(up.y) + float(up.height) == pytest.approx(float(chart.zero), abs=0.2)
    assert float(down.y) == pytest.approx(float(chart.zero), abs=0.2)
    assert float(flat.height) == 1


def test_no_bars_make_no_drawing_fail() -> None:
    assert _bars().bars == ()
    assert len(_bars(("a", 0)).bars) == 1


def test_the_bar_that_stands_out_is_counted_from_either_end() -> None:
    assert [bar.is_marked for bar in _bars(("a", 1), ("b", 2), marked=-1).bars] == [False, True]
    assert [bar.is_marked for bar in _bars(("a", 1), ("b", 2), marked=0).bars] == [True, False]
    assert not any(bar.is_marked for bar in _bars(("a", 1), ("b", 2)).bars)


def test_a_drawing_is_an_svg_file_that_says_what_it_shows_whatever_stands_in_its_labels() -> None:
    root = ElementTree.fromstring(svg_of(_bars(("<b>&", 1), ("é", 2))))
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("aria-labelledby") == "billed-title billed-about"
    assert root.findtext("svg:title", namespaces=names) == "Billed"
    assert [each.text for each in root.findall("svg:text", names)] == ["<b>&", "é"]
