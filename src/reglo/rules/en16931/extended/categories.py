"""VAT categories in the extended profiles: several entries of a category, apart for each reason for an exemption."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.rules.en16931 import decimals, header, vat_breakdown
from reglo.rules.en16931.extended.dialects import SHADOWED, Dialect, identifier
from reglo.rules.en16931.extended_sums import Bearing
from reglo.rules.en16931.facts import Entry, Facts
from reglo.rules.en16931.rounding import to_cents
from reglo.rules.en16931.table import UBL, Check, Group
from reglo.rules.en16931.vat_categories import wording
from reglo.rules.en16931.vat_categories.families import FAMILIES, Entries, Family

_WITH_TOLERANCE = Text(
    fr="À un centime près pour chaque ligne, remise ou frais qui entre dans la somme.",
    en="To within a cent for each line, allowance or charge that goes into the sum.",
)
_FOR_ANY_REASON = Text(
    fr="La somme est ici celle de tous les motifs d'exonération.", en="The sum is here that of all exemption reasons."
)
_FOR_ITS_REASON = Text(
    fr="La somme est ici celle du motif d'exonération de l'entrée.",
    en="The sum is here that of the exemption reason of the entry.",
)

_CODES = frozenset(family.code for family in FAMILIES)

_OfBearing = Callable[[Entry], Bearing]


def _for_any_reason(subject: Entry) -> Bearing:
    return subject.facts.extended_sums.bearing(subject.entry)


def _for_its_reason(subject: Entry) -> Bearing:
    return subject.facts.extended_sums.bearing_for_its_reason(subject.entry)


def _differs(subject: Entry, bearing: _OfBearing) -> bool:
    entry = subject.entry
    if entry.taxable is None or (entry.rate is None and entry.category != "O"):
        return True
    found = bearing(subject)
    if subject.facts.syntax in UBL:
        return _differs_in_doubles(entry.taxable, found)
    return abs(entry.taxable - found.taxable) > found.tolerance


def _differs_in_doubles(taxable: Decimal, found: Bearing) -> bool:
    """The UBL sheet reckons here in doubles, so that a difference of exactly a cent may be beyond a cent."""
    lines, allowances, charges = (float(to_cents(each)) for each in (found.lines, found.allowances, found.charges))
    return abs(float(taxable) - lines + allowances - charges) > float(found.tolerance)


def _tax_differs(subject: Entry, bearing: _OfBearing) -> bool:
    entry = subject.entry
    if entry.taxable is None or entry.rate is None or entry.tax is None:
        return True
    return abs(entry.tax - to_cents(entry.taxable * entry.rate / 100)) > bearing(subject).tolerance


def _renamed(known: Rule, dialect: Dialect, key: str, *more: Text, severity: Severity = Severity.FATAL) -> Rule:
    name = identifier(dialect, key)
    statement = Text(
        fr=" ".join((known.statement.fr, *(each.fr for each in more))),
        en=" ".join((known.statement.en, *(each.en for each in more))),
    )
    return replace(known, identifier=name, statement=statement, source=f"{name} ({dialect.value})", severity=severity)


def _presence_check(dialect: Dialect, family: Family) -> Check[Facts]:
    """01: at least one entry, if and only if something that counts bears the category.

    To the sheet of Factur-X a charge for logistics is such a thing, to the French one it is not.
    """
    services_count = dialect is Dialect.FACTUR_X

    def breached(facts: Facts) -> bool:
        foreign = any(each.kind == "entry" and each.code == family.code for each in facts.foreign)
        sums = facts.extended_sums
        is_used = sums.uses(family.code) or (services_count and sums.services_use(family.code))
        return (family.code in facts.breakdown or foreign) != is_used

    several = replace(family, entries=Entries.ONE_A_RATE)
    demand = _renamed(wording.presence(several), dialect, f"{family.key}-01")
    return Check(rule=demand, group=Group.DOCUMENT, breached=breached)


def _taxable_checks(dialect: Dialect, family: Family) -> Iterator[Check[Entry]]:
    """08: the sum for the reason of the entry, or else for all reasons; one of them alone is a warning."""
    strict = wording.taxable(replace(family, entries=Entries.ONE_A_RATE))

    def by_either(subject: Entry) -> bool:
        return _is_of(subject) and _differs(subject, _for_any_reason) and _differs(subject, _for_its_reason)

    def by_any(subject: Entry) -> bool:
        return _is_of(subject) and _differs(subject, _for_any_reason)

    def by_its_own(subject: Entry) -> bool:
        return _is_of(subject) and _differs(subject, _for_its_reason)

    def _is_of(subject: Entry) -> bool:
        return subject.entry.category == family.code

    for suffix, breached, note in (("ini", by_any, _FOR_ANY_REASON), ("rev", by_its_own, _FOR_ITS_REASON)):
        warning = Severity.WARNING
        demand = _renamed(strict, dialect, f"{family.key}-08{suffix}", _WITH_TOLERANCE, note, severity=warning)
        yield Check(rule=demand, group=Group.BREAKDOWN, breached=breached, severity=warning)
    demand = _renamed(strict, dialect, f"{family.key}-08", _WITH_TOLERANCE)
    yield Check(rule=demand, group=Group.BREAKDOWN, breached=by_either)


def _tax_check(dialect: Dialect, family: Family) -> Check[Entry]:
    """09, for the standard rate alone: the tax to within a cent for each amount."""

    def breached(subject: Entry) -> bool:
        if subject.entry.category != family.code or not _tax_differs(subject, _for_its_reason):
            return False
        return dialect is Dialect.FRENCH_UBL or _tax_differs(subject, _for_any_reason)

    demand = _renamed(wording.tax(family), dialect, f"{family.key}-09", _WITH_TOLERANCE)
    return Check(rule=demand, group=Group.BREAKDOWN, breached=breached)


def _is_out_of_sight(subject: Entry) -> bool:
    return subject.entry.category in _CODES


def _no_entry_is_in_sight(facts: Facts) -> bool:
    return all(category in _CODES for category in facts.breakdown) and not _an_entry_is_of_another_tax(facts)


def _an_entry_is_of_another_tax(facts: Facts) -> bool:
    return any(each.kind == "entry" for each in facts.foreign)


def _shadowed_checks() -> Iterator[Check[Any]]:
    """What the French CII sheet still says of entries of the breakdown: see `SHADOWED`."""
    for check in (*header.CHECKS, *vat_breakdown.CHECKS, *decimals.CHECKS):
        if check.rule.identifier in SHADOWED:
            hidden = _is_out_of_sight if check.group is Group.BREAKDOWN else _no_entry_is_in_sight
            yield replace(check, breached=_unless(hidden, check.breached))
            if check.rule.identifier in ("BR-47", "BR-48"):
                yield replace(check, group=Group.DOCUMENT, breached=_an_entry_is_of_another_tax, detail=None)


def _unless(hidden: Callable[[Any], bool], breached: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda subject: not hidden(subject) and breached(subject)


def checks(dialect: Dialect) -> Iterator[Check[Any]]:
    """What a sheet asks of each VAT category."""
    for family in FAMILIES:
        yield _presence_check(dialect, family)
        yield from _taxable_checks(dialect, family)
        if family.key == "S":
            yield _tax_check(dialect, family)
    if dialect is Dialect.FRENCH_CII:
        yield from _shadowed_checks()
