"""Columns of figures as reports have them; days and shares are rounded to a tenth, in files too."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from reglo.core.money import round_half_up
from reglo.lists.listing import CellKind, Column, Label

_Value = Callable[[Any], Any]
_Link = Callable[[Any], str]


def amount_column(
    key: str, label: Label, value: _Value, *, link: _Link | None = None, on_phone: bool = False
) -> Column:
    """An amount in the currency of the report."""
    return Column(key=key, label=label, value=value, kind=CellKind.AMOUNT, link=link, on_phone=on_phone)


def count_column(key: str, label: Label, value: _Value, *, link: _Link | None = None, on_phone: bool = False) -> Column:
    """How many."""
    return Column(key=key, label=label, value=value, kind=CellKind.COUNT, link=link, on_phone=on_phone)


def days_column(key: str, label: Label, value: _Value, *, link: _Link | None = None, on_phone: bool = False) -> Column:
    """A number of days, a Decimal; None where there is none."""
    return Column(key=key, label=label, value=_tenths(value), kind=CellKind.NUMBER, link=link, on_phone=on_phone)


def share_column(key: str, label: Label, value: _Value, *, link: _Link | None = None, on_phone: bool = False) -> Column:
    """A part of 1, shown in percent; None where there is none."""
    return Column(key=key, label=label, value=_tenths(value, 100), kind=CellKind.PERCENT, link=link, on_phone=on_phone)


def _tenths(value: _Value, times: int = 1) -> _Value:
    def rounded(row: Any) -> Decimal | None:
        found = value(row)
        return None if found is None else round_half_up(found * times, 1)

    return rounded
