"""One breach of a rule by one line of a FEC, and how many of them are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule, value_read

MOST_KEPT = 20  #: faults of one rule; the others are counted

_ORDER = (Severity.FATAL, Severity.WARNING, Severity.INFORMATION)


class Fault(NamedTuple):
    """What is wrong where. A tuple: a damaged file has millions."""

    rule: Rule
    row: int | None = None  #: line of the file, from 1; None is the file as a whole
    column: str = ""
    value: str | None = None  #: what stands there
    said: Text | None = None  #: the figures that disagree

    @property
    def detail(self) -> Text | None:
        """The figures that disagree, or what stands there."""
        return self.said if self.said is not None or self.value is None else value_read(self.value)


@dataclass(frozen=True, slots=True)
class Breach:
    """All faults by one rule."""

    rule: Rule
    count: int
    faults: tuple[Fault, ...]  #: the first of them


class Tally:
    """Counts faults by rule, and keeps the first of each."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._kept: dict[str, list[Fault]] = {}

    def add(self, faults: Iterable[Fault]) -> None:
        """Count these."""
        for fault in faults:
            identifier = fault.rule.identifier
            count = self._counts.get(identifier, 0) + 1
            self._counts[identifier] = count
            if count <= MOST_KEPT:
                self._kept.setdefault(identifier, []).append(fault)

    def breaches(self) -> tuple[Breach, ...]:
        """One for each rule that was broken, the worst first."""
        all_of = [Breach(kept[0].rule, self._counts[name], tuple(kept)) for name, kept in self._kept.items()]
        return tuple(sorted(all_of, key=lambda each: _ORDER.index(each.rule.severity)))
