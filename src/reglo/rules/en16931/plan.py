"""Which checks concern a document: those of its syntax and its profile, sorted by what they look at."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from reglo.core.rule import Rule
from reglo.formats.profiles import Profile
from reglo.formats.reading import Syntax
from reglo.rules.en16931 import (
    allowances,
    code_lists,
    decimals,
    header,
    lines,
    parties,
    payment,
    sums,
    vat_breakdown,
    vat_categories,
)
from reglo.rules.en16931.extended import REPLACED, Dialect, checks_of, dialect_of
from reglo.rules.en16931.table import Check, Group

ALL_CHECKS: tuple[Check[Any], ...] = (
    *header.CHECKS,
    *parties.CHECKS,
    *payment.CHECKS,
    *lines.CHECKS,
    *allowances.CHECKS,
    *vat_breakdown.CHECKS,
    *vat_categories.CHECKS,
    *sums.CHECKS,
    *decimals.CHECKS,
    *code_lists.CHECKS,
)


#: Profiles without lines know neither them nor what is computed from them.
_GROUPS_OF_LINES = frozenset(group for group in Group if group.value.startswith("lines"))
_RULES_OF_LINES = frozenset({"BR-16", "BR-CO-04", "BR-51", "BR-52", "BR-B-01", "BR-B-02", "BR-CO-10", "BR-O-12"})
_DEMANDS_OF_LINES = ("-01", "-02", "-05", "-08")

#: Cards and supporting documents, which BASIC has not.
_NOT_IN_BASIC = frozenset({"BR-51", "BR-52"})

#: The few terms of MINIMUM, and so the few rules.
_MINIMUM = frozenset(
    {
        *("BR-01", "BR-02", "BR-03", "BR-04", "BR-05", "BR-06", "BR-07", "BR-08", "BR-09", "BR-13", "BR-14", "BR-15"),
        *("BR-CO-09", "BR-CO-26", "BR-DEC-12", "BR-DEC-13", "BR-DEC-14", "BR-DEC-18"),
    }
)

_Plan = Mapping[Group, tuple[Check[Any], ...]]


@cache
def plan_for(syntax: Syntax, profile: Profile) -> _Plan:
    """The checks of each group that concern documents of this syntax and profile."""
    chosen: dict[Group, list[Check[Any]]] = {group: [] for group in Group}
    for check in _checks_of(syntax, profile):
        if syntax in check.syntaxes and _concerns(check, profile):
            chosen[check.group].append(check)
    return {group: tuple(checks) for group, checks in chosen.items()}


def _checks_of(syntax: Syntax, profile: Profile) -> Iterator[Check[Any]]:
    dialect = dialect_of(profile, syntax)
    if dialect is None:
        yield from ALL_CHECKS
        return
    yield from (check for check in ALL_CHECKS if check.rule.identifier not in REPLACED[dialect])
    yield from checks_of(dialect)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule of the standard and of its extensions, by identifier."""
    extensions = (check for dialect in Dialect for check in checks_of(dialect))
    return {check.rule.identifier: check.rule for check in (*extensions, *ALL_CHECKS)}


@cache
def rules_for(syntax: Syntax, profile: Profile) -> frozenset[str]:
    """The identifiers of the rules that are applied to documents of this syntax and profile."""
    return frozenset(rules_of(syntax, profile))


@cache
def rules_of(syntax: Syntax, profile: Profile) -> Mapping[str, Rule]:
    """The same rules, by identifier."""
    return {check.rule.identifier: check.rule for checks in plan_for(syntax, profile).values() for check in checks}


def _concerns(check: Check[Any], profile: Profile) -> bool:
    if profile is Profile.MINIMUM:
        return check.rule.identifier in _MINIMUM
    if profile is Profile.BASIC_WL:
        return not _is_about_lines(check)
    if profile is Profile.BASIC:
        return check.rule.identifier not in _NOT_IN_BASIC
    return True


def _is_about_lines(check: Check[Any]) -> bool:
    identifier = check.rule.identifier
    if check.group in _GROUPS_OF_LINES or identifier in _RULES_OF_LINES:
        return True
    is_of_a_category = check.rule.identifier.count("-") == 2 and not identifier.startswith(("BR-CO", "BR-DEC", "BR-CL"))
    return is_of_a_category and identifier.endswith(_DEMANDS_OF_LINES)
