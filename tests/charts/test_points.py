"""Points by two figures."""

from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from reglo.charts.drawing import svg_of
from reglo.charts.points import Pair, PointChart, Spot, point_chart

_NAMES = {"svg": "http://www.w3.org/2000/svg"}
amounts = st.decimals(-(10**12), 10**12, places=2)
pairs = st.tuples(amounts, amounts)


def _chart(cloud: list[Pair], frontier: list[Pair], *spots: Spot) -> PointChart:
    return point_chart(
        cloud,
        frontier,
        spots,
        focus=frontier,
        key="zone",
        title="Zone",
        about="Points",
        across="Ours",
        up="Theirs",
        figure=str,
    )


def _pair(x: int, y: int) -> Pair:
    return Decimal(x), Decimal(y)


@given(st.lists(pairs, max_size=8), st.lists(pairs, max_size=4), pairs)
def test_whatever_the_figures_all_that_is_named_lies_within_the_drawing(
    cloud: list[Pair], frontier: list[Pair], named: Pair
) -> None:
    chart = _chart(cloud, frontier, Spot(across=named[0], up=named[1], letter="A", label="Asked"))
    (mark,) = chart.marks
    assert 0 <= float(mark.x) <= chart.width
    assert 0 <= float(mark.y) <= chart.height
    for point in chart.frontier.split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= chart.width
        assert 0 <= y <= chart.height


def test_more_stands_further_right_and_higher() -> None:
    spots = [
        Spot(across=Decimal(across), up=Decimal(up), letter=letter, label=letter)
        for across, up, letter in ((-5, -5, "A"), (7, 9, "B"))
    ]
    less, more = _chart([], [], *spots).marks
    assert float(less.x) < float(more.x)
    assert float(less.y) > float(more.y)  # heights count from the top


def test_dots_far_from_the_frontier_do_not_make_it_small() -> None:
    near, far = _pair(1, 1), _pair(-(10**9), -(10**9))
    chart = _chart([near, far, near], [_pair(0, 5), _pair(5, 0)])
    assert chart.cloud.count("M") == 1


def test_the_line_ends_where_the_drawing_does() -> None:
    line = [_pair(0, 5), _pair(5, 0), _pair(10**9, -(10**9))]
    chart = point_chart(
        [], line, [], focus=line[:2], key="zone", title="Zone", about="Points", across="x", up="y", figure=str
    )
    assert len(chart.frontier.split()) == 2


def test_points_are_an_svg_file_that_names_them() -> None:
    chart = _chart([_pair(1, 2)], [_pair(0, 3)], Spot(across=Decimal(1), up=Decimal(1), letter="A", label="<ask>"))
    root = ElementTree.fromstring(svg_of(chart))
    assert root.findtext("svg:g/svg:title", namespaces=_NAMES) == "<ask>"
    assert root.findtext("svg:g/svg:text", namespaces=_NAMES) == "A"


def test_nothing_at_all_can_be_drawn() -> None:
    ElementTree.fromstring(svg_of(_chart([], [])))
