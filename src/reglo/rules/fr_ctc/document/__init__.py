"""The rules on a document as a whole: its notes, parties, references and totals among each other.

Each is an `Entry` in the module of its subject, below the function that judges it over the facts of the document.
"""

from collections.abc import Iterator

from reglo.core.findings import Finding
from reglo.core.rule import Rule, value_read
from reglo.rules.fr_ctc.document.attachments import ATTACHMENTS
from reglo.rules.fr_ctc.document.entry import Entry
from reglo.rules.fr_ctc.document.kinds import KINDS
from reglo.rules.fr_ctc.document.notes import NOTES
from reglo.rules.fr_ctc.document.parties import PARTIES
from reglo.rules.fr_ctc.document.payment import PAYMENT
from reglo.rules.fr_ctc.facts import Facts

__all__ = ["CII_RULES", "UBL_RULES", "Judged", "check_facts"]

Judged = tuple[tuple[Entry, Rule], ...]  #: how each rule is judged, and the rule

_ENTRIES = (*NOTES, *PARTIES, *ATTACHMENTS, *KINDS, *PAYMENT)
UBL_RULES: Judged = tuple((entry, entry.called(entry.ubl)) for entry in _ENTRIES)
CII_RULES: Judged = tuple((entry, entry.called(entry.cii)) for entry in _ENTRIES)


def check_facts(facts: Facts) -> Iterator[Finding]:
    """A finding for each rule on the whole document that is broken."""
    for entry, rule in UBL_RULES if facts.is_ubl else CII_RULES:
        if not entry.holds(facts):
            shown = entry.shows(facts)
            yield rule.finding(entry.where, value_read(shown) if shown else None)
