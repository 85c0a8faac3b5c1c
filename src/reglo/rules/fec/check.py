"""Checking a FEC: every rule on every line, in one reading, with memory for a block and for what is unfinished."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from reglo.core.findings import Severity, Text
from reglo.formats.fec import FecReader, Regime, read_fec_name
from reglo.formats.fec.layout import columns_of
from reglo.rules.fec.allocation_rules import Allocations
from reglo.rules.fec.day_rules import Order, year_rules
from reglo.rules.fec.entry_rules import TOTAL, Entries
from reglo.rules.fec.fault import Breach, Fault, Tally
from reglo.rules.fec.file_rules import NO_ENTRY, fault_of
from reglo.rules.fec.lines import lines_of
from reglo.rules.fec.name_rules import closing_of, look_at_name
from reglo.rules.fec.pair_rules import PairRule, pair_rules
from reglo.rules.fec.summary import FecSummary
from reglo.rules.fec.value_rules import ValueRule, value_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class FecReport:
    """What was found."""

    summary: FecSummary
    breaches: tuple[Breach, ...]  #: one for each rule that was broken, fatal ones first
    regime: Regime
    encoding: str
    separator: str

    @property
    def is_accepted(self) -> bool:
        """Whether nothing fatal was found."""
        return all(breach.rule.severity is not Severity.FATAL for breach in self.breaches)


def check_fec(
    stream: BinaryIO,
    *,
    name: str | None = None,
    siren: str | None = None,
    closing: date | None = None,
    is_liberal: bool = False,
    advance: Callable[[int], None] | None = None,
) -> FecReport:
    """Check a FEC. Raises UnreadableDocument where it is none.

    name: of the file, without its folder, None where it has none; siren, closing: what they must be, where known;
    is_liberal: the books of a BNC or BA kept as commercial ones (VIII 3°); advance: told how many bytes were read.
    """
    reader = FecReader(stream, advance)
    regime = reader.header.regime
    if is_liberal and regime is Regime.COMMERCIAL:
        regime = Regime.LIBERAL_COMMERCIAL
    tally = Tally()
    if name is not None:
        tally.add(look_at_name(name, siren=siren, closing=closing))
        closing = closing or closing_of(read_fec_name(name))
    tally.add(map(fault_of, reader.problems))
    summary = _check_lines(reader, regime, closing, tally)
    return FecReport(
        summary=summary,
        breaches=tally.breaches(),
        regime=regime,
        encoding=reader.encoding,
        separator=reader.header.separator,
    )


def _check_lines(reader: FecReader, regime: Regime, closing: date | None, tally: Tally) -> FecSummary:
    rules = _rules(reader, regime, closing)
    entries, order, allocations = Entries(must_balance=not regime.is_cash), Order(), Allocations()
    summary = FecSummary()
    for block in reader.blocks():
        tally.add(map(fault_of, block.problems))
        lines = lines_of(block, reader.header.style)
        if not lines.rows:
            continue
        for rule in rules:
            tally.add(rule.look(lines))
        tally.add(order.look(lines))
        tally.add(entries.look(lines))
        allocations.look(lines)
        summary.add(lines)
    summary.entries = entries.count
    tally.add(entries.end())
    tally.add(allocations.end())
    tally.add(_whole(summary, regime))
    return summary


def _rules(reader: FecReader, regime: Regime, closing: date | None) -> Sequence[ValueRule | PairRule]:
    """The rules that look at lines one by one, as far as the file has their columns."""
    columns = [each for each in columns_of(regime, reader.header.style) if each in reader.header.places]
    return (*value_rules(columns, regime), *year_rules(closing), *pair_rules(set(columns)))


def _whole(summary: FecSummary, regime: Regime) -> Iterator[Fault]:
    if not summary.lines:
        yield Fault(NO_ENTRY)
    if summary.debit != summary.credit and not regime.is_cash:
        debit, credit = f"{summary.debit:f}", f"{summary.credit:f}"
        yield Fault(
            TOTAL,
            said=Text(
                fr=f"Débit {debit.replace('.', ',')}, crédit {credit.replace('.', ',')}.",
                en=f"Debit {debit}, credit {credit}.",
            ),
        )
