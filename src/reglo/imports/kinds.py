"""What can be brought in as a table: rooms register their kinds here, as data and one function that plans."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.formats.data.faults import Fault
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation

Value = str | Decimal | bool


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"  #: yes or no


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that a column can say."""

    key: str
    label: Text  #: also the header that our own files have
    names: tuple[str, ...] = ()  #: other headers by which it is known, of other tools among them
    holds: Holds = Holds.TEXT
    example: str = ""  #: in the file that one downloads to begin with


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table, its cells converted; what is empty is left out."""

    number: int  #: as the spreadsheet counts
    values: Mapping[str, Value]
    faults: tuple[Fault, ...] = ()  #: cells that could not be converted


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What becomes of a row, and why."""

    number: int
    outcome: Outcome
    label: str  #: what the row is about, as people call it
    faults: tuple[Fault, ...] = ()


Progress = Callable[[int], None]  #: told how many rows are written


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What taking in a table does: found without writing anything."""

    rows: tuple[RowResult, ...]
    write: Callable[[Actor, datetime, Progress], None] = field(repr=False)  #: within the caller's transaction

    def count(self, outcome: Outcome) -> int:
        """How many rows come out so."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come out how."""
        return {each.value: self.count(each) for each in Outcome}

    @property
    def refused(self) -> tuple[RowResult, ...]:
        """The rows that cannot be taken in."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REFUSED)


Planner = Callable[[Organisation, Sequence[Row], frozenset[str], date], Plan]
"""(organisation, rows, fields that have a column, today) → plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportKind:
    """A kind of table."""

    key: str  #: "customers"
    title: Text
    fields: tuple[Field, ...]
    needed: str  #: field without which there is nothing to take in
    plan: Planner

    def field(self, key: str) -> Field | None:
        """The field of that key."""
        return next((each for each in self.fields if each.key == key), None)


_KINDS: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> ImportKind:
    """Let tables of this kind be brought in."""
    _KINDS[kind.key] = kind
    return kind


def kind_of(key: str) -> ImportKind | None:
    """The kind of that key, if there is one."""
    return _KINDS.get(key)


def kinds() -> list[ImportKind]:
    """Every kind."""
    return list(_KINDS.values())
