"""Two bars side by side for each step: how something was, and how it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reglo.charts.bars import bar_chart

_GAP = 0.3  # of a step, free beside its two bars


@dataclass(frozen=True, slots=True, kw_only=True)
class PairBar:
    """One bar, in the units of the drawing."""

    label: str  #: said when one points at it
    is_now: bool
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairChart:
    """Pairs in the order in which they were given."""

    key: str
    title: str
    about: str
    before: str  #: what the paler bars are
    now: str  #: what the others are
    bars: tuple[PairBar, ...]
    labels: tuple[tuple[str, str], ...]  #: where they stand, and what they say
    zero: str
    width: int
    height: int
    template: str = "charts/pairs.svg"

    @property
    def box(self) -> str:
        """What the drawing takes in: the legend above, and the labels below."""
        return f"0 -34 {self.width} {self.height + 58}"

    @property
    def foot(self) -> int:
        """Where the labels stand."""
        return self.height + 18


def pair_chart(
    values: Sequence[tuple[str, Decimal, Decimal]],
    *,
    key: str,
    title: str,
    about: str,
    before: str,
    now: str,
    width: int = 720,
    height: int = 200,
) -> PairChart:
    """Pairs of a label, the value before and the value now, to one scale; negative ones hang."""
    flat = [(name, each) for label, *pair in values for name, each in zip((before, now), pair, strict=True)]
    plain = bar_chart(flat, key=key, title=title, about=about, width=width, height=height)
    step = width / max(len(values), 1)
    wide = step * (1 - _GAP) / 2
    return PairChart(
        key=key,
        title=title,
        about=about,
        before=before,
        now=now,
        bars=tuple(
            PairBar(
                label=f"{values[number // 2][0]} {bar.label}".strip(),
                is_now=bool(number % 2),
                x=f"{number // 2 * step + step * _GAP / 2 + number % 2 * wide:.1f}",
                y=bar.y,
                width=f"{wide * 0.94:.1f}",
                height=bar.height,
            )
            for number, bar in enumerate(plain.bars)
        ),
        labels=tuple((f"{(number + 0.5) * step:.1f}", label) for number, (label, _, _) in enumerate(values)),
        zero=plain.zero,
        width=width,
        height=height,
    )
