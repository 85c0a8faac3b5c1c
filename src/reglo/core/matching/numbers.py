"""Invoice numbers and references as payers write them.

A number is cut into runs of letters and runs of digits: "F2026-0012" is F, 2026, 0012. A text is cut the same way, so
dashes, spaces, line ends and lower case make no difference; zeros in front of a run and a prefix may be missing. A
letter O between digits is a zero on both sides.
"""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from reglo.core.folding import folded

_RUN = re.compile(r"[A-Z]+|[0-9]+")
_ZERO = re.compile(r"(?<=[0-9])O+(?![A-Z])|(?<=[0-9])O+(?=[0-9])|O+(?=[0-9])")
_ONE = re.compile(r"(?<=[0-9O])[IL]+(?=[0-9])")
_DATE = re.compile(
    r"\b[0-3]?[0-9][/.-][01]?[0-9][/.-]20[0-9]{2}\b|\b(?:DU|LE)\s+[0-3]?[0-9][/.-][01]?[0-9][/.-][0-9]{2}\b"
)
#: An R that ends a word, as in "VIR F2026", begins no reference.
_REFERENCE = re.compile(r"RF *[0-9] *[0-9]|(?<![A-Z])R +F *[0-9] *[0-9]")
_LONGEST_REFERENCE = 25
_SHORTEST_REFERENCE = 5
_WINDOW = 6  #: most runs of a number
_DISTINCT = 6  #: so many signs make a number that is not met by chance
_DISTINCT_DIGITS = 8  #: and so many, where letters in front are left out
_LIST = frozenset({"ET", "AND", "PUIS", "N", "NO", "FACT", "FACTURE", "FACTURES"})
_RANGE = frozenset({"A", "AU", "TO"})
_LONGEST_RANGE = 60
_DIGITS = "0123456789"
_CROWD = 20  #: a part that so many items share says nothing


class Strength(IntEnum):
    """How plainly a text names an item."""

    PART = 1  #: a part of the number, short, or next to a number that is named
    NUMBER = 2
    REFERENCE = 3  #: with check digits


@dataclass(frozen=True, slots=True)
class Run:
    """Letters only or digits only, and what stands before it."""

    sign: str
    before: str

    @property
    def bare(self) -> str:
        """Without zeros in front."""
        return _bare(self.sign)


def _bare(sign: str) -> str:
    return sign.lstrip("0") or "0"


def spelt(text: str) -> str:
    """`text` in capitals without accents, letters that are meant as digits made digits."""
    capitals = text.upper() if text.isascii() else folded(text).upper()
    with_ones = _ONE.sub(lambda found: "1" * len(found[0]), capitals)
    return _ZERO.sub(lambda found: "0" * len(found[0]), with_ones)


def runs_of(spelling: str) -> list[Run]:
    """The runs of a text that `spelt` gave."""
    found, end = list[Run](), 0
    for each in _RUN.finditer(spelling):
        found.append(Run(each[0], spelling[end : each.start()]))
        end = each.end()
    return found


def signs_of(text: str) -> list[str]:
    """Runs of letters and of digits in `text`."""
    return _RUN.findall(spelt(text))


@lru_cache(maxsize=100_000)
def compact(text: str) -> str:
    """Letters and digits of `text` only."""
    return "".join(signs_of(text))


def is_creditor_reference(text: str) -> bool:
    """Whether `text` is an RF reference of ISO 11649: mod 97-10 over the body, RF and the check digits gives 1."""
    whole = re.sub(r"[^A-Z0-9]", "", text.upper())
    if not re.fullmatch(r"RF[0-9]{2}[A-Z0-9]{1,21}", whole):
        return False
    return int((whole[4:] + whole[:4]).translate(_AS_DIGITS)) % 97 == 1


_AS_DIGITS = {ord(letter): str(value) for value, letter in enumerate(string.ascii_uppercase, 10)}


def is_one_slip_away(one: str, other: str) -> bool:
    """Whether one sign changed, left out or doubled, or two neighbours swapped, make `other` of `one`."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    intact = len(one) // 2 - 1  # a slip leaves the beginning or the end alone
    if intact > 0 and one[:intact] != other[:intact] and one[-intact:] != other[-intact:]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_of_other = one[start:], other[start:]
    swapped = rest[1::-1] + rest[2:]
    return rest[1:] in (rest_of_other[1:], rest_of_other) or rest == rest_of_other[1:] or swapped == rest_of_other


class NumberIndex:
    """Finds the items that a text names. Built once; what is closed later is left to the reader of its answers."""

    def __init__(self) -> None:
        self._references: dict[str, tuple[int, ...]] = {}
        self._full: dict[str, tuple[int, ...]] = {}
        self._parts: dict[str, tuple[int, ...]] = {}
        self._first: set[str] = set()
        self._stems: dict[int, tuple[str, str]] = {}

    def add(self, key: int, number: str, references: Iterable[str]) -> None:
        """Make an item known by its number and references."""
        if signs := signs_of(number):
            self._add_number(key, signs)
        for reference in references:
            if is_creditor_reference(reference):
                _append(self._references, compact(reference), key)
            elif signs := signs_of(reference):
                self._add_key(key, signs, 0)

    def _add_number(self, key: int, signs: list[str]) -> None:
        self._add_key(key, signs, 0)
        if signs[0].isalpha() and len(signs) > 1:
            self._add_key(key, signs, 1)
        if signs[-1].isdigit():
            self._stems[key] = ("".join(f"/{_bare(each)}" for each in signs[:-1]), _bare(signs[-1]))

    def _add_key(self, key: int, signs: list[str], start: int) -> None:
        """Make the runs from `start` known: as they stand, and without zeros in front of each."""
        kept = signs[start:]
        joined = "".join(kept)
        bare = "/" + "/".join([_bare(each) for each in kept])
        self._first.add(kept[0])
        distinct = len(joined) >= (_DISTINCT_DIGITS if start else _DISTINCT) and not joined.isalpha()
        _append(self._full if distinct else self._parts, joined, key)
        plain = not start and kept[0].isalpha() and len(kept) > 1 and len(bare) - len(kept) >= _DISTINCT
        _append(self._full if plain else self._parts, bare, key)

    def one_slip_from(self, number: str) -> set[int]:
        """Items whose number becomes `number` by one wrong, missing, doubled or swapped digit."""
        return {key for each in _slips_of(compact(number)) for key in self._full.get(each, ())}

    def find(self, text: str) -> dict[int, Strength]:
        """Items that `text` names, and how plainly; numbers within a reference whose check digits fail count little."""
        spelling = _DATE.sub(" | ", spelt(text))
        found = dict[int, Strength]()
        doubted = list[tuple[int, int]]()
        for reference in _REFERENCE.finditer(spelling):
            items = self._reference_at(spelling, reference.start())
            for key in items:
                found[key] = Strength.REFERENCE
            if not items:
                doubted.append((reference.start(), reference.end() + _LONGEST_REFERENCE))
        for start, key, strength in self._numbers(spelling):
            doubtful = any(low <= start < high for low, high in doubted)
            found[key] = max(found.get(key, Strength.PART), Strength.PART if doubtful else strength)
        return found

    def _reference_at(self, spelling: str, start: int) -> tuple[int, ...]:
        rest = re.sub(r"[^A-Z0-9|]", "", spelling[start : start + 2 * _LONGEST_REFERENCE])
        for length in range(min(_LONGEST_REFERENCE, len(rest)), _SHORTEST_REFERENCE - 1, -1):
            if items := self._references.get(rest[:length]):
                return items
        return ()

    def _numbers(self, spelling: str) -> Iterator[tuple[int, int, Strength]]:
        """Place in the text, item and strength of each number."""
        runs = runs_of(spelling)
        places = list[int]()
        at = 0
        for each in runs:
            at += len(each.before)
            places.append(at)
            at += len(each.sign)
        start = 0
        while start < len(runs):
            length, items, strength = self._longest(runs, start)
            for key in items:
                yield places[start], key, strength
            if strength is Strength.NUMBER and items:
                more, following = self._following(runs, start + length, items[0])
                for key in following:
                    yield places[start], key, Strength.PART
                length += more
            start += max(length, 1)

    def _longest(self, runs: list[Run], start: int) -> tuple[int, tuple[int, ...], Strength]:
        """The longest number that begins at a run: how many runs, whose, how plain."""
        if runs[start].sign.isalpha() and runs[start].sign not in self._first:
            return 0, (), Strength.PART
        best: tuple[int, tuple[int, ...], Strength] = (0, (), Strength.PART)
        joined = bare = ""
        for length, run in enumerate(runs[start : start + _WINDOW], 1):
            if length > 1 and "|" in run.before:
                break
            joined += run.sign
            bare += f"/{run.bare}"
            if items := self._full.get(joined) or self._full.get(bare):
                best = (length, items, Strength.NUMBER)
            elif best[2] is Strength.PART and (items := self._parts.get(joined) or self._parts.get(bare)):
                best = (length, items if len(items) < _CROWD else (), Strength.PART)
        return best

    def _following(self, runs: list[Run], start: int, key: int) -> tuple[int, list[int]]:
        """Numbers that go on from one that is named: "F2026-0012/13/14", "F2026-12 à 15". How many runs, and whose."""
        if key not in self._stems:
            return 0, []
        stem, last = self._stems[key]
        found, used, is_range = list[int](), 0, False
        for place, run in enumerate(runs[start:], 1):
            if "|" in run.before:
                break
            if run.sign.isalpha():
                if run.sign not in _LIST and run.sign not in _RANGE:
                    break
                is_range = run.sign in _RANGE
                continue
            items = self._named(f"{stem}/{run.bare}")
            if not items:
                break
            if is_range or run.before.strip() == "-":
                found += self._between(stem, int(last), int(run.bare))
            found += items
            used, last, is_range = place, run.bare, False
        return used, found

    def _named(self, bare: str) -> tuple[int, ...]:
        return self._full.get(bare) or self._parts.get(bare) or ()

    def _between(self, stem: str, low: int, high: int) -> list[int]:
        if not 0 < high - low <= _LONGEST_RANGE:
            return []
        return [key for last in range(low + 1, high) for key in self._named(f"{stem}/{last}")]


def _slips_of(number: str) -> Iterator[str]:
    for place, sign in enumerate(number):
        if sign.isdigit():
            before, after = number[:place], number[place + 1 :]
            yield before + after
            yield before + after[:1] + sign + after[1:]
            for digit in _DIGITS:
                yield before + digit + after
                yield before + digit + sign + after
    for digit in _DIGITS:
        yield number + digit


def _append(table: dict[str, tuple[int, ...]], word: str, key: int) -> None:
    known = table.get(word)
    if known is None:
        table[word] = (key,)
    elif known[-1] != key:
        table[word] = (*known, key)
