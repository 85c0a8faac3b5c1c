"""A line through days with the band around it."""

from datetime import date
from xml.etree import ElementTree

import pytest

from reglo.charts.band import BandChart, Reach, band_chart
from reglo.charts.drawing import svg_of

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


def _drawn(*reaches: Reach) -> BandChart:
    return band_chart(
        reaches, [(each.on, f"{each.on.day}") for each in reaches], key="cash", title="Cash", about="Band"
    )


def _points(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in points.split())]


def test_the_line_runs_within_its_band_from_the_first_day_to_the_last() -> None:
    drawn = _drawn(Reach(MONDAY, 10, 20, 30), Reach(SUNDAY, 40, 60, 90))
    line, band = _points(drawn.line), _points(drawn.band)
    assert [x for x, _ in line] == [64, 720]
    assert [x for x, _ in band] == [64, 720, 720, 64]
    for (_, middle), (_, high), (_, low) in zip(line, band[:2], reversed(band[2:]), strict=True):
        assert high < middle < low  # the drawing counts downwards


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 47_000, ["0", "20 k", "40 k", "60 k"]),
        (-1_500, 3_000, ["\N{MINUS SIGN}2 k", "\N{MINUS SIGN}1 k", "0", "1 k", "2 k", "3 k"]),
        (-30, -10, ["\N{MINUS SIGN}30", "\N{MINUS SIGN}20", "\N{MINUS SIGN}10", "0"]),
        (0, 0, ["0", "1"]),
    ],
)
def test_the_scale_has_round_figures_and_holds_zero(low: int, high: int, marks: list[str]) -> None:
    drawn = _drawn(Reach(MONDAY, low, low, high), Reach(SUNDAY, low, high, high))
    assert [mark.label for mark in drawn.heights] == marks


def test_no_day_and_one_day_make_no_drawing_fail() -> None:
    for drawn in (_drawn(), _drawn(Reach(MONDAY, 1, 2, 3))):
        assert ElementTree.fromstring(svg_of(drawn)).tag.endswith("svg")
