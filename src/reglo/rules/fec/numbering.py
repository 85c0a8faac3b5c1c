"""Which numbers were seen: a bit each, so that a million entries in any order take a few hundred kilobytes."""

from collections.abc import Iterator
from enum import Enum

_MOST_DIGITS = 18  #: more is no count
_CHUNK = 1024  #: numbers that stand in one integer, a bit each


class Seen(Enum):
    """How a number came."""

    NEXT = "next"  #: larger than all before
    LATE = "late"  #: new, but a larger one came before
    AGAIN = "again"


class NumberSet:
    """A set of whole numbers, most of which follow each other. Its length is that of its memory, in some 250 bytes."""

    def __init__(self) -> None:
        self._chunks: dict[int, int] = {}
        self._largest = -1

    def __len__(self) -> int:
        return len(self._chunks)

    def add(self, number: int) -> Seen:
        """Note a number."""
        place, bit = divmod(number, _CHUNK)
        chunk, mask = self._chunks.get(place, 0), 1 << bit
        if chunk & mask:
            return Seen.AGAIN
        self._chunks[place] = chunk | mask
        if number < self._largest:
            return Seen.LATE
        self._largest = number
        return Seen.NEXT

    def gaps(self) -> Iterator[tuple[int, int]]:
        """First and last missing number of each gap."""
        before: int | None = None
        for first, last in self._spans():
            if before is not None and first > before + 1:
                yield before + 1, first - 1
            before = last

    def _spans(self) -> Iterator[tuple[int, int]]:
        """First and last of numbers that follow each other within a chunk."""
        for place in sorted(self._chunks):
            base = place * _CHUNK
            for first, last in _ones(self._chunks[place]):
                yield base + first, base + last


def _ones(bits: int) -> Iterator[tuple[int, int]]:
    """First and last place of each run of ones, from the right."""
    place = 0
    while bits:
        zeros = (bits & -bits).bit_length() - 1
        bits >>= zeros
        ones = (~bits & (bits + 1)).bit_length() - 1
        bits >>= ones
        yield place + zeros, place + zeros + ones - 1
        place += zeros + ones


def split_number(number: str) -> tuple[str, int | None]:
    """What stands before the count, and the count: VE-0012 is VE- and 12. None where there is no count."""
    before = number.rstrip("0123456789")
    digits = number[len(before) :]
    return before, int(digits) if digits and len(digits) <= _MOST_DIGITS else None
