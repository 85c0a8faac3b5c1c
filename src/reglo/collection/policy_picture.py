"""The ladder on a time line: where its steps stand, for a template to draw. The table beside it says the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from reglo.core.collection import Policy, Step

_WIDTH, _CARD, _MARGIN = 1000, 150, 20
_LANES = (1, -1, 2, -2)  #: above, below, further above, further below
_LANE_HEIGHT, _CARD_HEIGHT, _GAP = 86, 62, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step on the line, and its card."""

    step: Step
    x: float  #: on the line
    left: float
    top: float
    stem: float  #: where the line to the card ends

    @property
    def middle(self) -> float:
        """Of the card."""
        return self.left + _CARD / 2

    @property
    def first_line(self) -> float:
        """Where the day stands in the card."""
        return self.top + 24

    @property
    def second_line(self) -> float:
        """Where the tone stands in the card."""
        return self.top + 46


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The whole drawing."""

    marks: tuple[Mark, ...]
    due_x: float
    axis: float
    height: float
    width: int = _WIDTH
    card_width: int = _CARD
    card_height: int = _CARD_HEIGHT


def picture_of(policy: Policy) -> Picture:
    """Where the steps of `policy` stand; days are spread evenly, and cards take the first lane with room."""
    offsets = [step.offset for step in policy.steps]
    first, last = min([*offsets, -1]), max([*offsets, 1])
    scale = (_WIDTH - _CARD - 2 * _MARGIN) / (last - first)
    start = _MARGIN + _CARD / 2
    placed = list(_placed([(step, start + (step.offset - first) * scale) for step in policy.steps]))
    above = max([lane for _, _, lane in placed if lane > 0], default=1)
    below = max([-lane for _, _, lane in placed if lane < 0], default=1)
    axis = above * _LANE_HEIGHT + _GAP
    return Picture(
        marks=tuple(_mark(step, x, lane, axis) for step, x, lane in placed),
        due_x=round(start - first * scale, 1),
        axis=axis,
        height=axis + below * _LANE_HEIGHT + _GAP,
    )


def _placed(steps: list[tuple[Step, float]]) -> Iterator[tuple[Step, float, int]]:
    ends = dict.fromkeys(_LANES, -1.0)
    for step, x in sorted(steps, key=lambda each: each[1]):
        free = [lane for lane in _LANES if ends[lane] < x - _CARD / 2]
        lane = free[0] if free else min(_LANES, key=lambda each: ends[each])
        ends[lane] = x + _CARD / 2 + 8
        yield step, x, lane


def _mark(step: Step, x: float, lane: int, axis: float) -> Mark:
    if lane > 0:
        top = axis - lane * _LANE_HEIGHT - 4
        return Mark(step=step, x=round(x, 1), left=round(x - _CARD / 2, 1), top=top, stem=top + _CARD_HEIGHT)
    top = axis + (-lane - 1) * _LANE_HEIGHT + _GAP
    return Mark(step=step, x=round(x, 1), left=round(x - _CARD / 2, 1), top=top, stem=top)
