"""Two bars side by side."""

from decimal import Decimal
from xml.etree import ElementTree

from reglo.charts.drawing import svg_of
from reglo.charts.pairs import PairChart, pair_chart


def _pairs(*values: tuple[str, int, int]) -> PairChart:
    pairs = [(label, Decimal(before), Decimal(now)) for label, before, now in values]
    return pair_chart(pairs, key="sales", title="Sales", about="Bars", before="2025", now="2026")


def test_both_bars_of_a_step_share_one_scale_and_do_not_touch() -> None:
    before, now = _pairs(("Jan", 50, 100)).bars
    assert float(now.height) == 2 * float(before.height)
    assert float(before.x) + float(before.width) < float(now.x)
    assert (before.is_now, now.is_now, now.label) == (False, True, "Jan 2026")


def test_no_pairs_and_nothing_sold_make_no_drawing_fail() -> None:
    assert _pairs().bars == ()
    root = ElementTree.fromstring(svg_of(_pairs(("<b>", 0, -5))))
    assert "<b>" in [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
