"""A rule on a document as a whole: how it is judged, how it is said, what it is called in each sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.fr_ctc.facts import Facts
from reglo.rules.fr_ctc.wording import rule_of

Holds = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A rule under its names in both sheets."""

    ubl: str
    cii: str
    where: str  #: the place in the model that a finding points to
    term: str
    holds: Holds  #: whether a document is as the rule asks
    statement: Text
    fix: Text
    example: Text
    shows: Callable[[Facts], str | None] = lambda _: None  #: the value that a finding repeats, where one stands there

    def called(self, identifier: str) -> Rule:
        """The rule by one of its names."""
        return rule_of(identifier, term=self.term, statement=self.statement, fix=self.fix, example=self.example)
