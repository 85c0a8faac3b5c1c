"""What a FEC holds: how many entries, which sums, which period, which journals."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reglo.formats.fec import read_day
from reglo.rules.fec.lines import Lines

MOST_JOURNALS = 1_000
MOST_ACCOUNTS = 200_000
_ZERO = Decimal(0)


@dataclass(slots=True)
class JournalSum:
    """What stands in one journal."""

    label: str
    lines: int = 0
    debit: Decimal = _ZERO
    credit: Decimal = _ZERO


@dataclass(slots=True)
class FecSummary:
    """What was counted. Of journals and accounts beyond 1,000 and 200,000 no more are listed: no firm has them."""

    entries: int = 0
    lines: int = 0
    debit: Decimal = _ZERO
    credit: Decimal = _ZERO
    first: date | None = None  #: earliest EcritureDate
    last: date | None = None  #: latest EcritureDate
    journals: dict[str, JournalSum] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)

    def add(self, lines: Lines) -> None:
        """Count a block."""
        self.lines += len(lines.rows)
        self._note_days(lines)
        if len(self.accounts) < MOST_ACCOUNTS:
            self.accounts.update(lines.columns["CompteNum"])
            self.accounts.discard("")
        labels = lines.columns["JournalLib"]
        for run in lines.runs:
            debit = sum(lines.debits[run.start : run.end], _ZERO)
            credit = sum(lines.credits[run.start : run.end], _ZERO)
            self.debit += debit
            self.credit += credit
            journal = self._journal(run.journal, labels[run.start])
            journal.lines += run.end - run.start
            journal.debit += debit
            journal.credit += credit

    def _note_days(self, lines: Lines) -> None:
        days = [day for day in map(read_day, set(lines.columns["EcritureDate"])) if day is not None]
        if days:
            self.first = min(days) if self.first is None else min(self.first, *days)
            self.last = max(days) if self.last is None else max(self.last, *days)

    def _journal(self, code: str, label: str) -> JournalSum:
        found = self.journals.get(code)
        if found is None:
            found = JournalSum(label)
            if len(self.journals) < MOST_JOURNALS:
                self.journals[code] = found
        return found
