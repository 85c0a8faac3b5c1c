"""The business rules of EN 16931 over the semantic invoice: BR-01 to BR-65, BR-CO, BR-DEC, BR-CL, VAT categories.

Each rule is a row of a table, a `Check`. Search for its identifier, or go by its subject:

    header, parties, payment, lines, allowances   what must be there and fit together (BR-01 to BR-65, some BR-CO)
    sums, vat_breakdown                           what must add up (BR-CO-10 to BR-CO-18)
    vat_categories/                               what each VAT category asks (BR-S-01 to BR-S-10, BR-AE-…, BR-O-…)
    decimals, code_lists                          how amounts and codes are written (BR-DEC, BR-CL)
    unread, unread_rules, foreign_taxes           what the UBL sheets ask of what is no business term
    extended/                                     what the extended profiles ask instead (BR-FXEXT, BR-FREXT)

and what they share: `table` (what a row is), `presence` (rows that ask that something be there), `facts` (sums, made
once, and `extended_sums`), `plan` (which rows concern a syntax and profile), `rounding`.

How BR-CO-15 runs: `sums` has the rule in words, the function `_gross_disagrees` and, in `CHECKS`, the row that joins
them: in the group TOTALS, with `_GROSS_FIGURES` to say which figures disagree. `check` asks each row of the plan once
for what its group names; where `breached` is true, the rule becomes a finding at the path of its term.

How BR-S-08 runs: the last number is the demand, the letters are the category. `vat_categories.demands` makes the rows
of demand 08 in `_taxable_checks`, once for each category of `families`; `wording.taxable` says them.

The rules judge as the official artefacts do, down to what those let pass in one syntax and not in the other.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from reglo.core.findings import Finding
from reglo.core.rule import Rule
from reglo.formats.profiles import profile_of
from reglo.formats.reading import Reading
from reglo.rules.en16931 import plan
from reglo.rules.en16931.facts import Entry, Facts
from reglo.rules.en16931.plan import ALL_CHECKS, all_rules, plan_for
from reglo.rules.en16931.table import Check, Group, place
from reglo.rules.en16931.unread_rules import breaches_of_unread

__all__ = ["RULES", "check", "reads", "rules_for"]


RULES: Mapping[str, Rule]  #: all of them, extensions included; made when asked for, which a check never does


def __getattr__(name: str) -> Mapping[str, Rule]:
    if name == "RULES":
        return all_rules()
    raise AttributeError(name)


def rules_for(reading: Reading) -> Collection[str]:
    """The rules that concern a document of this syntax and profile."""
    return plan.rules_for(reading.syntax, profile_of(reading.invoice.specification))


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each breach; `where` is a path in the model: "lines[2].net_amount"."""
    facts = Facts(reading)
    checks = plan_for(facts.syntax, facts.profile)
    invoice = facts.invoice
    yield from _run(checks[Group.DOCUMENT], facts)
    if facts.has_totals:
        yield from _run(checks[Group.TOTALS], facts)
    yield from _run_each(checks[Group.NOTE], invoice.notes)
    yield from _run_each(checks[Group.PRECEDING], invoice.preceding_invoices)
    yield from _run_each(checks[Group.SUPPORTING], invoice.supporting_documents)
    yield from _run_each(checks[Group.MEANS], invoice.payment.means if invoice.payment else ())
    yield from _run_each(checks[Group.ALLOWANCE], invoice.allowances)
    yield from _run_each(checks[Group.CHARGE], invoice.charges)
    yield from _run_each(checks[Group.BREAKDOWN], [Entry(entry, facts) for entry in invoice.vat_breakdown])
    yield from _run_lines(checks, facts)
    yield from breaches_of_unread(facts, checks, plan.rules_of(facts.syntax, facts.profile))


def _run_lines(checks: Mapping[Group, tuple[Check[Any], ...]], facts: Facts) -> Iterator[Finding]:
    on_lines = checks[Group.LINE]
    for index, line in enumerate(facts.invoice.lines):
        for each in on_lines:
            if each.breached(line):
                yield _finding(each, line, index)
        if line.allowances:
            yield from _run_each(checks[Group.LINE_ALLOWANCE], line.allowances, index)
        if line.charges:
            yield from _run_each(checks[Group.LINE_CHARGE], line.charges, index)
        if line.item is not None:
            yield from _run_each(checks[Group.CLASSIFICATION], line.item.classifications, index)
            yield from _run_each(checks[Group.ATTRIBUTE], line.item.attributes, index)


def _run_each(checks: tuple[Check[Any], ...], subjects: Sequence[object], *indices: int) -> Iterator[Finding]:
    for index, subject in enumerate(subjects):
        yield from _run(checks, subject, *indices, index)


def _run(checks: tuple[Check[Any], ...], subject: object, *indices: int) -> Iterator[Finding]:
    for each in checks:
        if each.breached(subject):
            yield _finding(each, subject, *indices)


def _finding(broken: Check[Any], subject: object, *indices: int) -> Finding:
    detail = None if broken.detail is None else broken.detail(subject)
    finding = broken.rule.finding(place(broken, indices), detail)
    return finding if finding.severity is broken.severity else replace(finding, severity=broken.severity)


def reads(identifier: str) -> frozenset[str]:
    """The business terms that a rule needs in order to judge; none for a rule of another set."""
    return _reads().get(identifier, frozenset())


@cache
def _reads() -> Mapping[str, frozenset[str]]:
    terms: dict[str, frozenset[str]] = {}
    for each in ALL_CHECKS:
        known = terms.get(each.rule.identifier, frozenset({each.rule.term or ""}))
        terms[each.rule.identifier] = known | each.reads
    return terms
