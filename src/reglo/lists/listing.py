"""What a list is: its columns, filters and order, as data that page, CSV and XLSX share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Label = str | Promise  #: translated when it is shown


class CellKind(StrEnum):
    """How a value is shown, and written into a spreadsheet."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"  #: the value is (minor units, currency)
    AMOUNT = "amount"  #: the value is a Decimal, in the currency that stands above the table
    NUMBER = "number"  #: the value is a Decimal: days, a quantity
    PERCENT = "percent"  #: the value is a Decimal: 12.5 for 12.5 %
    COUNT = "count"
    BADGE = "badge"  #: the value is (label, colour of Tabler)


#: What stands at the right of its column.
FIGURES = frozenset({CellKind.MONEY, CellKind.AMOUNT, CellKind.NUMBER, CellKind.PERCENT, CellKind.COUNT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list."""

    key: str
    label: Label
    value: Callable[[Any], object]  #: of a row
    kind: CellKind = CellKind.TEXT
    order: str | None = None  #: field that sorts it, where it can be sorted; never null, and indexed
    link: Callable[[Any], str] | None = None  #: address of a row; the first column has one
    on_phone: bool = True

    @property
    def is_figure(self) -> bool:
        """Whether it stands at the right."""
        return self.kind in FIGURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter and the rows that it lets through."""

    key: str
    label: Label
    narrow: Callable[[QuerySet], QuerySet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter that is offered above the list: a choice among a few."""

    key: str
    label: Label
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAct:
    """Something to do with the rows that are ticked: a form is posted to `url` with `id` repeated."""

    label: Label
    url: str  #: name of the address within the organisation
    permission: str  #: name of a Permission
    confirm: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of an organisation's rows."""

    name: str  #: "invoices": of saved filters and of files
    title: Label
    columns: Sequence[Column]
    order: str  #: field that sorts it at first, "-issue_date"; the id decides among equals
    search: Callable[[QuerySet, str], QuerySet] | None = None
    filters: Sequence[Filter] = ()
    period: str | None = None  #: date field of the filter from … to …
    bulk_acts: Sequence[BulkAct] = ()
    template: str = "lists/list.html"
    empty: tuple[Label, Label] = ("", "")  #: title and sentence where there is nothing yet
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_searchable(self) -> bool:
        """Whether one can search; a template cannot ask `search` itself, which it would call."""
        return self.search is not None
