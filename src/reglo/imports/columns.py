"""Which column means what: guessed from headers, remembered for tables with the same headers; cells to values."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.formats.data.faults import Fault, shown
from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Cell, Habits, habits_of_all, number_in
from reglo.formats.data.table.columns import folded
from reglo.formats.data.wordings import plain
from reglo.imports.faults import a_fault
from reglo.imports.kinds import Field, Holds, ImportKind, Row, Value
from reglo.imports.reading import Table, text_of

Columns = Mapping[str, str]  #: header → key of a field, "" for none

_YES = frozenset({"oui", "o", "yes", "y", "x", "1", "vrai", "true", "ok"})
_NO = frozenset({"non", "n", "no", "0", "faux", "false"})


class BadMapping(DomainError):
    """Columns that cannot mean what somebody chose."""

    code = "bad-mapping"


def names_of(kind: ImportKind) -> frozenset[str]:
    """Every header that a kind knows, folded."""
    return frozenset(_by_name(kind))


def _by_name(kind: ImportKind) -> dict[str, str]:
    return {
        folded(name): field.key
        for field in reversed(kind.fields)  # of two fields that claim a header, the first has it
        for name in (field.key, field.label.fr, field.label.en, *field.names)
    }


def guessed(kind: ImportKind, headers: Sequence[str]) -> dict[str, str]:
    """What each column probably means; a field is taken once."""
    by_name = _by_name(kind)
    columns: dict[str, str] = {}
    for header in headers:
        key = by_name.get(folded(header), "")
        columns[header] = "" if key in columns.values() else key
    return columns


def headers_sha256(headers: Sequence[str]) -> str:
    """By what a mapping is remembered."""
    return sha256("\n".join(headers).encode()).hexdigest()


def require_usable(kind: ImportKind, headers: Sequence[str], columns: Columns) -> dict[str, str]:
    """A mapping of exactly these headers. Raises BadMapping."""
    chosen = {header: columns.get(header, "") for header in headers}
    taken = [key for key in chosen.values() if key]
    for key in taken:
        field = kind.field(key)
        if field is None:
            raise BadMapping(Text(fr="Ce champ n'existe pas.", en="There is no such field."))
        if taken.count(key) > 1:
            raise BadMapping(
                Text(
                    fr=f"Deux colonnes donnent « {field.label.fr} » : gardez-en une.",
                    en=f"Two columns give “{field.label.en}”: keep one of them.",
                )
            )
    return chosen


def rows_of(kind: ImportKind, table: Table, columns: Columns) -> Iterator[Row]:
    """The rows with their cells converted."""
    places = [(place, kind.field(columns.get(header, ""))) for place, header in enumerate(table.headers)]
    wanted = [(place, field) for place, field in places if field is not None]
    habits = {place: _habits(table, place) for place, field in wanted if field.holds is Holds.NUMBER}
    file = habits_of_all(habits.values())
    for number, cells in table.rows:
        values: dict[str, Value] = {}
        faults: list[Fault] = []
        for place, field in wanted:
            cell = cells[place] if place < len(cells) else ""
            if not text_of(cell):
                continue
            try:
                values[field.key] = _value(field, cell, habits.get(place, Habits()), file)
            except BadValue as bad:
                faults.append(a_fault(field.key, bad.reason, bad.fix))
        yield Row(number=number, values=values, faults=tuple(faults))


def _habits(table: Table, place: int) -> Habits:
    habits = Habits()
    for _, cells in table.rows:
        if place < len(cells):
            habits = habits.after_number(cells[place])
    return habits


def _value(field: Field, cell: Cell, column: Habits, file: Habits) -> Value:
    if field.holds is Holds.NUMBER:
        return number_in(text_of(cell) if isinstance(cell, str) else cell, column, file)
    text = text_of(cell)
    if field.holds is Holds.TEXT:
        return text
    if plain(text) in _YES:
        return True
    if plain(text) in _NO:
        return False
    raise BadValue(
        Text(fr=f"« {shown(text)} » n'est ni oui ni non.", en=f'"{shown(text)}" is neither yes nor no.'),
        Text(fr="Écrivez oui ou non.", en="Write yes or no."),
    )
