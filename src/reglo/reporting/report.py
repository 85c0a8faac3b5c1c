"""What a report is: a value that page, CSV, XLSX, PDF and e-mail show alike.

A report is made by one function of an organisation and of what was asked; it computes nothing that the ledger or the
core computes already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reglo.charts.drawing import Drawing
from reglo.lists.listing import Column, Label
from reglo.organisations.models import Organisation
from reglo.reporting.periods import year_so_far


class Span(StrEnum):
    """Over which time a report speaks."""

    DAY = "day"  #: how things stood at the end of a day
    PERIOD = "period"  #: what happened from a day to a day, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is asked for."""

    start: date  #: first day of the period; unused by reports of a day
    end: date  #: last day of the period, or the day
    today: date
    currency: str = "EUR"  #: amounts in others are left out, and said to be
    by: str = ""  #: key of a `Grouping`, "" for the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure that stands out."""

    label: str
    value: str  #: written out, in the language of the reader; "–" where there is none
    meaning: str = ""  #: what it says, in a sentence
    link: str = ""  #: address of what is behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with columns. Amounts are Decimals in the currency of the report."""

    key: str  #: of its file: "customers"
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    totals: Sequence[Any] = ()  #: rows of the same shape, shown last
    empty: str = ""  #: what stands there when there are no rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An answer, ready to be shown."""

    lead: str  #: the answer in a sentence or two of plain words
    figures: Sequence[Figure] = ()
    charts: Sequence[Drawing] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()  #: how figures are made, what was left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A way to break a report down."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """A report that one can ask for."""

    name: str  #: in its address and files: "aged-balance"
    title: Label
    question: Label  #: that it answers, in the words of who asks
    icon: str
    span: Span
    make: Callable[[Organisation, Asked], Report]
    groupings: Sequence[Grouping] = ()
    usual_period: Callable[[date], tuple[date, date]] = year_so_far  #: of today; where none is asked for
