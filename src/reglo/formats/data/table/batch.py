"""From rows to invoices: one row a line, the rows of an invoice one after the other, a result for each invoice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reglo.core.findings import Text
from reglo.formats.data.faults import MOST_FAULTS, Fault, InvalidData, shown
from reglo.formats.data.invoices import invoice_from_tree
from reglo.formats.data.scalars import BadValue, read_text
from reglo.formats.data.shape import Kind
from reglo.formats.data.table.cells import (
    Cell,
    Habits,
    as_discount,
    as_rate,
    date_in,
    habits_of_all,
    is_word,
    number_in,
    text_in,
)
from reglo.formats.data.table.columns import NUMBER, Column, Header
from reglo.formats.data.table.places import Origin, column_place, named_columns, row_place
from reglo.formats.data.tree import Tree
from reglo.formats.reading import Reading, Syntax

MAX_ROWS = 50_000  #: of one invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What the rows of one invoice gave: a reading, or the faults that prevented it."""

    number: str | None  #: of the invoice, as it stands
    row: int  #: its first row, as the spreadsheet counts
    reading: Reading | None = None
    origin: Origin | None = None  #: the rows and columns behind the invoice of `reading`
    error: InvalidData | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Each with row, column, reason and mend."""
        return self.error.faults if self.error is not None else ()


@dataclass(slots=True)
class _Group:
    """The rows of one invoice."""

    number: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


class Batch:
    """The invoices of a table. Each walk through it reads the table again, so that memory stays flat."""

    def __init__(
        self, rows: Callable[[], Iterator[list[Cell]]], header: Header, defaults: Mapping[str, object] | None
    ) -> None:
        self._rows = rows
        self._header = header
        self._defaults = defaults
        self._column_names = named_columns(header)
        self._habits, self._file_habits, self._length = self._survey()

    def __len__(self) -> int:
        """How many invoices the table holds."""
        return self._length

    def __iter__(self) -> Iterator[RowResult]:
        first_rows: dict[str, int] = {}
        for group in self._groups():
            row = group.rows[0][0]
            if group.number in first_rows:
                yield _failed(group, [_repeated(self._place(row, NUMBER), group.number, first_rows[group.number])])
                continue
            first_rows[group.number] = row
            yield self._result(group)

    def _body(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the header that hold anything, with their numbers."""
        for number, row in enumerate(self._rows(), start=1):
            if number > self._header.row and any(cell != "" and str(cell).strip() for cell in row):
                yield number, row

    def _survey(self) -> tuple[dict[int, Habits], Habits, int]:
        """How each column writes its numbers and dates, and how many invoices there are."""
        columns = self._header.columns
        wanted = [index for index, column in columns.items() if column.kind is not Kind.TEXT]
        habits = {index: Habits() for index in wanted}
        length, last = 0, None  # rows before the first number are an invoice without one
        for _, row in self._body():
            for index in wanted:
                if index < len(row):
                    learn = Habits.after_date if columns[index].kind is Kind.DATE else Habits.after_number
                    habits[index] = learn(habits[index], row[index])
            number = self._number(row)
            length += last is None or number not in ("", last)
            last = number or last or ""
        return habits, habits_of_all(habits.values()), length

    def _number(self, row: list[Cell]) -> str:
        index = self._header.index_of[NUMBER]
        return text_in(row[index]) if index < len(row) else ""

    def _groups(self) -> Iterator[_Group]:
        group = _Group("")
        for row_number, row in self._body():
            number = self._number(row)
            if number not in ("", group.number):
                if group.rows:
                    yield group
                group = _Group(number)
            if len(group.rows) <= MAX_ROWS:
                group.rows.append((row_number, row))
        if group.rows:
            yield group

    def _result(self, group: _Group) -> RowResult:
        first_row = group.rows[0][0]
        if faults := self._faults_of_group(group):
            return _failed(group, faults)
        tree, line_rows = self._tree(group, faults)
        if faults:
            return _failed(group, faults)
        origin = Origin(first_row, tuple(line_rows), self._column_names)
        try:
            invoice = invoice_from_tree(tree, self._defaults)
        except InvalidData as error:
            return _failed(group, [replace(each, where=origin.place(each.where.en)) for each in error.faults])
        reading = Reading(invoice=invoice, syntax=Syntax.DATA)
        return RowResult(number=group.number, row=first_row, reading=reading, origin=origin.of_invoice(invoice))

    def _faults_of_group(self, group: _Group) -> list[Fault]:
        row = group.rows[0][0]
        if not group.number:
            return [_no_number(self._place(row, NUMBER))]
        if len(group.rows) > MAX_ROWS:
            return [_too_many_rows(self._place(row, NUMBER))]
        return []

    def _tree(self, group: _Group, faults: list[Fault]) -> tuple[Tree, list[int]]:
        """The draft that the rows describe, and the row of each of its lines."""
        tree: Tree = {}
        lines: list[Tree] = []
        line_rows: list[int] = []
        stated: dict[str, tuple[int, object]] = {}
        for row_number, row in group.rows:
            if len(faults) >= MOST_FAULTS:
                break
            line: Tree = {}
            for column, value in self._values(row_number, row, faults):
                if column.of_line:
                    _put(line, column.key.removeprefix("lines[]."), value)
                elif column.key not in stated:
                    stated[column.key] = (row_number, value)
                    _put(tree, column.key, value)
                elif stated[column.key][1] != value:
                    faults.append(_contradiction(self._place(row_number, column.key), value, *stated[column.key]))
            if line:
                lines.append(line)
                line_rows.append(row_number)
        return ({**tree, "lines": lines} if lines else tree), line_rows

    def _values(self, row_number: int, row: list[Cell], faults: list[Fault]) -> Iterator[tuple[Column, object]]:
        """The cells of a row that hold something, converted."""
        for index, cell in enumerate(row):
            if cell == "" or (isinstance(cell, str) and not cell.strip()):
                continue
            column = self._header.columns.get(index)
            if column is None:
                if index in self._header.ignored:
                    continue
                faults.append(_beyond_header(row_place(row_number, column_place(index)), cell))
                return  # its other cells have moved too
            try:
                yield column, self._converted(column, index, cell)
            except BadValue as bad:
                faults.append(Fault(where=self._place(row_number, column.key), reason=bad.reason, fix=bad.fix))

    def _converted(self, column: Column, index: int, cell: Cell) -> object:
        if column.kind is Kind.DATE:
            return date_in(cell, self._habits[index])
        if column.kind is Kind.TEXT or (column.kind is Kind.NUMBER_OR_CHOICE and is_word(cell)):
            return read_text(text_in(cell))
        number = number_in(cell, self._habits[index], self._file_habits)
        if column.is_discount:
            return as_discount(number, cell, self._habits[index])
        return as_rate(number, cell) if column.kind is Kind.NUMBER_OR_CHOICE else number

    def _place(self, row: int, key: str) -> Text:
        return row_place(row, self._column_names.get(key))


def _put(tree: Tree, key: str, value: object) -> None:
    """Set a key path; "deposits[].amount" is in the one table of a list, "notes[]" the one item of a list."""
    *groups, last = key.split(".")
    for group in groups:
        name = group.removesuffix("[]")
        tree = tree.setdefault(name, {}) if name == group else tree.setdefault(name, [{}])[0]
    tree[last.removesuffix("[]")] = [value] if last.endswith("[]") else value


def _failed(group: _Group, faults: list[Fault]) -> RowResult:
    return RowResult(number=group.number or None, row=group.rows[0][0], error=InvalidData(faults))


def _no_number(place: Text) -> Fault:
    return Fault(
        where=place,
        reason=Text(fr="la ligne n'a pas de numéro de facture.", en="the row has no invoice number."),
        fix=Text(fr="Donnez un numéro à sa première ligne.", en="Give its first row a number."),
    )


def _too_many_rows(place: Text) -> Fault:
    return Fault(
        where=place,
        reason=Text(fr=f"la facture a plus de {MAX_ROWS} lignes.", en=f"the invoice has more than {MAX_ROWS} rows."),
        fix=Text(fr="Répartissez-la.", en="Split it."),
    )


def _repeated(place: Text, number: str, first_row: int) -> Fault:
    return Fault(
        where=place,
        reason=Text(
            fr=f"le numéro « {shown(number)} » est déjà celui de la ligne {first_row}.",
            en=f'the number "{shown(number)}" is already that of row {first_row}.',
        ),
        fix=Text(
            fr="Donnez un autre numéro, ou placez les lignes d'une même facture à la suite.",
            en="Give another number, or put the rows of one invoice one after the other.",
        ),
    )


def _contradiction(place: Text, value: object, first_row: int, first: object) -> Fault:
    return Fault(
        where=place,
        reason=Text(
            fr=f"« {shown(value)} » contredit « {shown(first)} » de la ligne {first_row}, pour la même facture.",
            en=f'"{shown(value)}" contradicts "{shown(first)}" of row {first_row}, for the same invoice.',
        ),
        fix=Text(fr="Répétez la même valeur ou laissez vide.", en="Repeat the same value or leave it empty."),
    )


def _beyond_header(place: Text, cell: Cell) -> Fault:
    return Fault(
        where=place,
        reason=Text(fr=f"« {shown(cell)} » n'a pas d'en-tête.", en=f'"{shown(cell)}" has no header.'),
        fix=Text(
            fr="Donnez un en-tête à la colonne, ou mettez entre guillemets le texte qui contient le séparateur.",
            en="Give the column a header, or quote the text that contains the separator.",
        ),
    )
