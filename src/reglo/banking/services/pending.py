"""Which open items bank lines may pay on which nobody decided yet, while matching runs."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from reglo.banking.models import Candidate, LineState
from reglo.banking.stored import read_match
from reglo.core.matching import Certainty, Decision
from reglo.organisations.models import Organisation


class PendingItems:
    """Begins with what runs before proposed, also for lines that this run comes to last; each line replaces its own."""

    def __init__(self, organisation: Organisation) -> None:
        self._of_line: dict[int, set[int]] = {}
        self._lines = Counter[int]()
        waiting = Candidate.objects.of(organisation).filter(
            line__state__in=(LineState.WAITING, LineState.PROPOSED), certainty__gte=Certainty.LIKELY
        )
        for line, match in waiting.values_list("line_id", "match").iterator(chunk_size=2000):
            self._add(line, read_match(match).items)

    @property
    def items(self) -> AbstractSet[int]:
        """Ids of the open items."""
        return self._lines.keys()

    def forget(self, line: int) -> None:
        """A line is looked at anew: what it may pay is not pending for itself."""
        for item in self._of_line.pop(line, ()):
            self._lines[item] -= 1
            if not self._lines[item]:
                del self._lines[item]

    def add(self, line: int, decision: Decision) -> None:
        """A line is left to people with what it may pay; also with what is certain and was not posted."""
        for match in decision.matches:
            if match.certainty >= Certainty.LIKELY:
                self._add(line, match.items)

    def _add(self, line: int, items: Iterable[int]) -> None:
        known = self._of_line.setdefault(line, set())
        for item in items:
            if item not in known:
                known.add(item)
                self._lines[item] += 1
