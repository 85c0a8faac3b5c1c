"""The rules on a document as a whole: its notes, parties, references and totals among each other.

What they ask is judged by functions (`judgements`) over the facts of the document, and said in `sentences`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reglo.core.findings import Finding
from reglo.rules.fr_ctc.facts import Facts
from reglo.rules.fr_ctc.judgements import Holds, Shows
from reglo.rules.fr_ctc.sentences import ENTRIES, Entry
from reglo.rules.fr_ctc.wording import rule_of
from reglo.rules.rule import Rule, value_read


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """A rule and the function that judges it. `where` is the place in the model that a finding points to."""

    rule: Rule
    where: str
    holds: Holds
    shows: Shows


def _document_rule(entry: Entry, identifier: str) -> DocumentRule:
    rule = rule_of(identifier, term=entry.term, statement=entry.statement, fix=entry.fix, example=entry.example)
    return DocumentRule(rule=rule, where=entry.where, holds=entry.holds, shows=entry.shows)


UBL_RULES = tuple(_document_rule(entry, entry.ubl) for entry in ENTRIES)
CII_RULES = tuple(_document_rule(entry, entry.cii) for entry in ENTRIES)


def check_facts(facts: Facts) -> Iterator[Finding]:
    """A finding for each rule on the whole document that is broken."""
    for each in UBL_RULES if facts.is_ubl else CII_RULES:
        if not each.holds(facts):
            shown = each.shows(facts)
            yield each.rule.finding(each.where, value_read(shown) if shown else None)
