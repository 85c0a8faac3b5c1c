"""What LPF A47 A-1 and double entry ask of a *fichier des écritures comptables*, whatever software wrote it.

Fatal is what the article demands of each line and what makes the books wrong; a warning is what the article demands but
doctrine lets one explain (gaps, order), or what likely is a slip. Where the administration's own tool says something
else, `docs/decisions/0052-fec.md` tells.
"""

from collections.abc import Mapping

from reglo.core.rule import Rule
from reglo.rules.fec.allocation_rules import ALLOCATION_RULES
from reglo.rules.fec.check import FecReport, check_fec
from reglo.rules.fec.day_rules import DAY_RULES
from reglo.rules.fec.entry_rules import ENTRY_RULES
from reglo.rules.fec.fault import Breach, Fault
from reglo.rules.fec.file_rules import FILE_RULES, NO_ENTRY
from reglo.rules.fec.name_rules import NAME_RULES
from reglo.rules.fec.pair_rules import PAIR_RULES
from reglo.rules.fec.summary import FecSummary, JournalSum
from reglo.rules.fec.unjudged import UNJUDGED
from reglo.rules.fec.value_rules import VALUE_RULES

__all__ = ["RULES", "Breach", "Fault", "FecReport", "FecSummary", "JournalSum", "check_fec"]

RULES: Mapping[str, Rule] = {
    rule.identifier: rule
    for rules in (
        NAME_RULES,
        FILE_RULES.values(),
        (NO_ENTRY,),
        VALUE_RULES,
        PAIR_RULES,
        DAY_RULES,
        ENTRY_RULES,
        ALLOCATION_RULES,
        (UNJUDGED,),
    )
    for rule in rules
}
