"""Lines over the same steps."""

from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from reglo.charts.drawing import svg_of
from reglo.charts.lines import LineChart, line_chart, scale_of


def _lines(*values: Decimal | None, labels: str = "abc") -> LineChart:
    return line_chart(list(labels), [("DSO", values), ("Best", values)], key="dso", title="DSO", about="Lines")


@given(st.floats(0.001, 1e9))
def test_a_scale_begins_at_zero_reaches_the_highest_value_and_has_few_marks(highest: float) -> None:
    marks = scale_of(highest)
    assert marks[0] == 0
    assert highest <= marks[-1] * 1.000001 <= highest * 2.6
    assert len(marks) <= 6


def test_a_value_that_is_missing_leaves_a_gap() -> None:
    first = _lines(Decimal(40), None, Decimal(20)).series[0]
    assert len(first.dots) == 2
    assert [len(piece.split()) for piece in first.pieces] == [1, 1]


def test_higher_is_nearer_to_the_top_and_nothing_stands_on_the_ground() -> None:
    dots = _lines(Decimal(40), Decimal(-5), Decimal(20)).series[0].dots
    assert float(dots[0].y) < float(dots[2].y) < float(dots[1].y) == 200


def test_no_value_and_no_step_make_no_drawing_fail() -> None:
    assert _lines(None, None, None).series[0].pieces == ()
    assert line_chart([], [("DSO", [])], key="a", title="b", about="c").steps == ()


def test_of_many_steps_as_many_are_named_as_find_room_and_the_last() -> None:
    labels = [str(number) for number in range(60)]
    chart = line_chart(labels, [("DSO", [Decimal(1)] * 60)], key="a", title="b", about="c")
    assert len(chart.steps) == 12
    assert chart.steps[-1].label == "59"


def test_each_line_says_its_name_in_the_drawing() -> None:
    root = ElementTree.fromstring(svg_of(_lines(Decimal(1), Decimal(2), Decimal(3))))
    said = [each.text for each in root.findall("{http://www.w3.org/2000/svg}text")]
    assert {"DSO", "Best", "a", "b", "c"} <= set(said)
