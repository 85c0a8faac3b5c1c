"""What a recurring invoice says: title and lines as a small table, with a few empty rows. The rest of it stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from reglo.billing.forms.choices import NATURES, options, unit_options, vat_options
from reglo.billing.forms.figures import shown_figure, typed_figure
from reglo.billing.forms.typed import blank_line
from reglo.formats.data.tree import Tree

_EMPTY_ROWS = 3
_MOST_ROWS = 200
_TEXTS = ("name", "unit", "vat", "nature")
_FIGURES = ("quantity", "price", "price_with_vat")
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One row of the table; `place` names its fields."""

    place: str
    number: int
    name: str
    quantity: str
    price: str
    price_key: str
    unit_options: SafeString
    vat_options: SafeString
    nature_options: SafeString


def content_typed(posted: QueryDict, before: Mapping[str, Any]) -> Tree:
    """The content that the form says; what it does not show of `before` stays."""
    return {**before, "title": posted.get("title", "")[:200].strip(), "lines": list(_lines_typed(posted, before))}


def _lines_typed(posted: QueryDict, before: Mapping[str, Any]) -> Iterator[Tree]:
    """The rows that say something."""
    lines = before.get("lines")
    earlier = lines if isinstance(lines, list) else []
    for place in range(min(len(earlier) + _EMPTY_ROWS, _MOST_ROWS)):
        typed = {key: posted.get(f"lines[{place}].{key}", "")[:_LONGEST].strip() for key in _TEXTS}
        figures = {key: typed_figure(posted.get(f"lines[{place}].{key}", "")[:_LONGEST]) for key in _FIGURES}
        said = {key: value for key, value in (typed | figures).items() if value}
        if said.keys() & {"name", "price", "price_with_vat"}:
            kept = earlier[place] if place < len(earlier) and isinstance(earlier[place], Mapping) else {}
            unshown = {key: value for key, value in kept.items() if key not in (*_TEXTS, *_FIGURES)}
            yield unshown | said


def line_rows(content: Mapping[str, Any], language: str) -> tuple[LineRow, ...]:
    """The rows for `content`. Figures are shown as one types them in `language`."""
    typed = content.get("lines")
    lines = [each for each in typed if isinstance(each, Mapping)] if isinstance(typed, list) else []
    empty = [blank_line(content)] * _EMPTY_ROWS
    return tuple(_row(place, line, language) for place, line in enumerate([*lines, *empty]))


def _row(place: int, line: Mapping[str, Any], language: str) -> LineRow:
    price_key = "price_with_vat" if line.get("price_with_vat") else "price"
    return LineRow(
        place=f"lines[{place}]",
        number=place + 1,
        name=str(line.get("name") or ""),
        quantity=shown_figure(line.get("quantity"), language),
        price=shown_figure(line.get(price_key), language),
        price_key=price_key,
        unit_options=unit_options(str(line.get("unit") or ""), language),
        vat_options=vat_options(str(line.get("vat") or ""), language),
        nature_options=options(NATURES, str(line.get("nature") or "S")),
    )
