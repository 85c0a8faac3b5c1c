"""A block of lines with what several rules need of it, worked out once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reglo.formats.fec import AmountStyle, LineBlock, read_amount
from reglo.formats.fec.values import CREDIT_SIGNS

_ZERO = Decimal(0)


class Run(NamedTuple):
    """Lines one after the other that bear the same journal and number: an entry, or a part of one."""

    start: int  #: place in the block
    end: int  #: place after the last
    journal: str
    number: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A block, its amounts and its entries."""

    rows: Sequence[int]  #: line of the file of each
    columns: Mapping[str, Sequence[str]]
    debits: Sequence[Decimal]  #: zero where nobody can say what it is
    credits: Sequence[Decimal]
    runs: Sequence[Run]


def lines_of(block: LineBlock, style: AmountStyle) -> Lines:
    """The block with its amounts read."""
    sides = _sides(block.columns, style)
    return Lines(block.rows, block.columns, *sides, tuple(_runs(block.columns)))


def _sides(columns: Mapping[str, Sequence[str]], style: AmountStyle) -> tuple[list[Decimal], list[Decimal]]:
    if style is AmountStyle.DEBIT_CREDIT:
        return _amounts(columns["Debit"]), _amounts(columns["Credit"])
    amounts = _amounts(columns["Montant"])
    are_credits = [sign.upper() in CREDIT_SIGNS for sign in columns["Sens"]]
    return (
        [_ZERO if is_credit else each for each, is_credit in zip(amounts, are_credits, strict=True)],
        [each if is_credit else _ZERO for each, is_credit in zip(amounts, are_credits, strict=True)],
    )


def _amounts(column: Sequence[str]) -> list[Decimal]:
    return [each.value or _ZERO for each in map(read_amount, column)]


def _runs(columns: Mapping[str, Sequence[str]]) -> Iterator[Run]:
    keys = list(zip(columns["JournalCode"], columns["EcritureNum"], strict=True))
    if not keys:
        return
    starts = [0, *(place for place in range(1, len(keys)) if keys[place] != keys[place - 1])]
    for start, end in zip(starts, [*starts[1:], len(keys)], strict=True):
        yield Run(start, end, *keys[start])
