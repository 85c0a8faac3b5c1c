"""Which numbers were seen, kept as spans: 1 to 118,000 without a gap is one span, whatever their order."""

from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum

_MOST_DIGITS = 18  #: more is no count


class Seen(Enum):
    """How a number came."""

    NEXT = "next"  #: larger than all before
    LATE = "late"  #: new, but a larger one came before
    AGAIN = "again"


class Spans:
    """A set of whole numbers."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []

    def __len__(self) -> int:
        return len(self._firsts)

    def add(self, number: int) -> Seen:
        """Note a number."""
        if not self._lasts or number > self._lasts[-1]:
            self._append(number)
            return Seen.NEXT
        place = bisect_right(self._firsts, number) - 1
        if place >= 0 and number <= self._lasts[place]:
            return Seen.AGAIN
        self._insert(place, number)
        return Seen.LATE

    def _append(self, number: int) -> None:
        if self._lasts and self._lasts[-1] == number - 1:
            self._lasts[-1] = number
        else:
            self._firsts.append(number)
            self._lasts.append(number)

    def _insert(self, place: int, number: int) -> None:
        """Put a number between the spans at `place` and after it, joining what it touches."""
        joins_before = place >= 0 and self._lasts[place] == number - 1
        joins_after = self._firsts[place + 1] == number + 1
        if joins_before and joins_after:
            self._lasts[place] = self._lasts.pop(place + 1)
            del self._firsts[place + 1]
        elif joins_before:
            self._lasts[place] = number
        elif joins_after:
            self._firsts[place + 1] = number
        else:
            self._firsts.insert(place + 1, number)
            self._lasts.insert(place + 1, number)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """First and last missing number of each gap."""
        for last, first in zip(self._lasts, self._firsts[1:], strict=False):
            yield last + 1, first - 1


def split_number(number: str) -> tuple[str, int | None]:
    """What stands before the count, and the count: VE-0012 is VE- and 12. None where there is no count."""
    before = number.rstrip("0123456789")
    digits = number[len(before) :]
    return before, int(digits) if digits and len(digits) <= _MOST_DIGITS else None
