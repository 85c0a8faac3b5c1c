"""A line of a FEC as values, as far as they can be read."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO, NamedTuple

from reglo.formats.fec.layout import AMOUNT_COLUMNS, DATE_COLUMNS, AmountStyle
from reglo.formats.fec.problems import Problem, ProblemKind
from reglo.formats.fec.read import FecReader, LineBlock
from reglo.formats.fec.rows import FecRow
from reglo.formats.fec.values import CREDIT_SIGNS, read_amount, read_day


class FecLine(NamedTuple):
    """One line read as values."""

    row: int  #: line of the file, from 1
    values: FecRow | None  #: None where a day or an amount of it cannot be read
    problems: tuple[Problem, ...] = ()


def read_fec(stream: BinaryIO) -> Iterator[FecLine]:
    """Every line of a FEC as values, with what is wrong with it; first, those of the file as a whole, as its line 1.

    Raises UnreadableDocument where it is no FEC. Memory does not grow with the file.
    """
    reader = FecReader(stream)
    if reader.problems:
        yield FecLine(1, None, reader.problems)
    for block in reader.blocks():
        yield from _lines_of(block, reader.header.style)


def _lines_of(block: LineBlock, style: AmountStyle) -> Iterator[FecLine]:
    """Good lines and bad ones in the order of the file."""
    of_row: dict[int, list[Problem]] = {}
    for problem in block.problems:
        of_row.setdefault(problem.row, []).append(problem)
    names = tuple(block.columns)
    cells = zip(*block.columns.values(), strict=True)
    read = {
        row: _line(row, dict(zip(names, each, strict=True)), style) for row, each in zip(block.rows, cells, strict=True)
    }
    for row in sorted({*of_row, *read}):
        line = read.get(row, FecLine(row, None))
        yield line._replace(problems=(*of_row.get(row, ()), *line.problems))


def _line(row: int, cells: Mapping[str, str], style: AmountStyle) -> FecLine:
    problems = (*_of_days(row, cells), *_of_amounts(row, cells))
    is_lost = not (cells["EcritureDate"] and cells["PieceDate"]) or any(map(_is_lost, problems))
    return FecLine(row, None if is_lost else _values(cells, style), problems)


def _of_days(row: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    for column in DATE_COLUMNS:
        if cells[column] and read_day(cells[column]) is None:
            yield Problem(ProblemKind.NOT_A_DAY, row, column, cells[column])


def _of_amounts(row: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    for column in AMOUNT_COLUMNS:
        if not read_amount(cells[column]).is_as_asked:
            yield Problem(ProblemKind.NOT_AN_AMOUNT, row, column, cells[column])


def _is_lost(problem: Problem) -> bool:
    """Whether nobody can say what the value is."""
    return problem.kind is ProblemKind.NOT_A_DAY or read_amount(problem.value).value is None


def _values(cells: Mapping[str, str], style: AmountStyle) -> FecRow:
    booked_on, reference_date = read_day(cells["EcritureDate"]), read_day(cells["PieceDate"])
    assert booked_on is not None
    assert reference_date is not None
    debit, credit = _sides(cells, style)
    return FecRow(
        journal=cells["JournalCode"],
        journal_label=cells["JournalLib"],
        number=cells["EcritureNum"],
        booked_on=booked_on,
        account=cells["CompteNum"],
        account_label=cells["CompteLib"],
        auxiliary=cells["CompAuxNum"],
        auxiliary_label=cells["CompAuxLib"],
        reference=cells["PieceRef"],
        reference_date=reference_date,
        label=cells["EcritureLib"],
        debit=debit,
        credit=credit,
        allocation=cells["EcritureLet"],
        allocated_on=read_day(cells["DateLet"]),
        validated_on=read_day(cells["ValidDate"]),
        currency_amount=read_amount(cells["Montantdevise"]).value if cells["Montantdevise"] else None,
        currency=cells["Idevise"],
        paid_on=read_day(cells["DateRglt"]),
        paid_by=cells["ModeRglt"],
        operation=cells["NatOp"],
        client=cells["IdClient"],
    )


def _sides(cells: Mapping[str, str], style: AmountStyle) -> tuple[Decimal, Decimal]:
    """Debit and credit."""
    if style is AmountStyle.DEBIT_CREDIT:
        return _amount(cells["Debit"]), _amount(cells["Credit"])
    amount = _amount(cells["Montant"])
    return (Decimal(0), amount) if cells["Sens"].upper() in CREDIT_SIGNS else (amount, Decimal(0))


def _amount(text: str) -> Decimal:
    return read_amount(text).value or Decimal(0)
