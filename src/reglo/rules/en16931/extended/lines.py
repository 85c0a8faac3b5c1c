"""Lines in the extended profiles: groups of lines, lines that only inform, and what a counted line must state."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from reglo.core.document import Attribute, Line, LineKind, Note
from reglo.core.findings import Severity
from reglo.core.totals import counts
from reglo.formats.profiles import Profile
from reglo.formats.xml import RAM
from reglo.rules.codes import CodeList
from reglo.rules.en16931 import allowances, lines
from reglo.rules.en16931.extended.dialects import Dialect, identifier
from reglo.rules.en16931.extended.wording import new_rule
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.lines import counted_line_bears_another_tax
from reglo.rules.en16931.rounding import ZERO, to_cents
from reglo.rules.en16931.table import Check, Group

_TAX_REGISTRATION, _ID, _SELLER = (
    f"{{{RAM}}}{name}" for name in ("SpecifiedTaxRegistration", "ID", "SellerTradeParty")
)
_ATTRIBUTE_TYPES = CodeList("attribute_types")

#: Rules of EN 16931 that hold for counted lines alone, and for charges, under a name of their own.
_RENAMED = {"BR-22": "22", "BR-23": "23", "BR-24": "24", "BR-26": "26", "BR-CO-04": "CO-04"}
_RENAMED_IN_CII = {"BR-38": "38", "BR-44": "44"}


def _renamed_checks(dialect: Dialect) -> Iterator[Check[Any]]:
    for known in lines.CHECKS:
        if known.rule.identifier in _RENAMED:
            on_line = known.group is Group.LINE
            breached = _where_counted(known.breached) if on_line else counted_line_bears_another_tax
            yield replace(_named(known, dialect, _RENAMED[known.rule.identifier]), breached=breached)
    for known in allowances.CHECKS:
        if known.rule.identifier in _RENAMED_IN_CII and dialect is not Dialect.FRENCH_UBL:
            yield _named(known, dialect, _RENAMED_IN_CII[known.rule.identifier])


def _named(known: Check[Any], dialect: Dialect, key: str) -> Check[Any]:
    name = identifier(dialect, key)
    return replace(known, rule=replace(known.rule, identifier=name, source=f"{name} ({dialect.value})"))


def _where_counted(breached: Callable[[Line], bool]) -> Callable[[Line], bool]:
    return lambda line: counts(line) and breached(line)


def _has_no_name(attribute: Attribute) -> bool:
    return attribute.name is None and attribute.code is None


def _has_no_value(attribute: Attribute) -> bool:
    return attribute.value is None


def _has_unknown_type(attribute: Attribute) -> bool:
    return attribute.code is not None and attribute.code not in _ATTRIBUTE_TYPES


def _is_of_unknown_kind(line: Line) -> bool:
    return line.kind is not None and line.kind not in tuple(LineKind)


def _has_a_parent_but_no_kind(line: Line) -> bool:
    return bool(line.parent) and not line.kind


def _has_a_parent_but_no_kind_in_ubl(line: Line) -> bool:
    return line.parent is not None and line.kind is None


def _children(facts: Facts) -> dict[str, list[Line]]:
    """The lines right below each line. To Factur-X, what is below none is below a line without a number."""
    children: dict[str, list[Line]] = {}
    for line in facts.invoice.lines:
        if line.parent or facts.profile is Profile.EXTENDED:
            children.setdefault(line.parent or "", []).append(line)
    return children


def _groups(facts: Facts) -> Iterator[tuple[Line, list[Line]]]:
    """The groups that state an amount, each with the lines right below it."""
    if not any(line.kind == LineKind.GROUP for line in facts.invoice.lines):
        return
    children = _children(facts)
    for line in facts.invoice.lines:
        if line.kind == LineKind.GROUP and line.net_amount is not None:
            yield line, children.get(line.identifier or "", [])


def _a_group_is_not_the_sum_below(facts: Facts) -> bool:
    return any(group.net_amount != _sum_below(below) for group, below in _groups(facts))


def _sum_below(below: list[Line]) -> object:
    counted = [line for line in below if line.kind in (LineKind.DETAIL, LineKind.GROUP)]
    return to_cents(sum((line.net_amount or ZERO for line in counted), ZERO))


def _a_group_lacks_amounts_below(facts: Facts) -> bool:
    return any(line.kind == LineKind.GROUP and line.net_amount is None for _, below in _groups(facts) for line in below)


def _a_group_lacks_amounts_or_its_number(facts: Facts) -> bool:
    return _a_group_lacks_amounts_below(facts) or any(group.identifier is None for group, _ in _groups(facts))


def _a_parent_is_missing(facts: Facts) -> bool:
    known = {line.identifier for line in facts.invoice.lines}
    return any(line.parent and line.parent not in known for line in facts.invoice.lines)


def _a_parent_is_missing_or_itself(facts: Facts) -> bool:
    """The French sheets compare the two numbers, and so want that the line has one itself."""
    return _a_parent_is_missing(facts) or any(
        line.parent and line.identifier in (None, line.parent) for line in facts.invoice.lines
    )


def _has_no_text(note: Note) -> bool:
    return note.subject is not None and note.text is None


def _a_line_note_has_no_text(line: Line) -> bool:
    return any(_has_no_text(note) for note in line.notes)


def _another_party_has_a_tax_number(facts: Facts) -> bool:
    if facts.root is not None:
        return any(_is_no_vat_number(each) for each in facts.root.iter(_TAX_REGISTRATION))
    invoice = facts.invoice
    others = (invoice.buyer, invoice.tax_representative, invoice.payee)
    return any(party is not None and party.tax_registration is not None for party in others)


def _is_no_vat_number(registration: etree._Element) -> bool:
    """Whether a registration says that it is of another tax; that of a seller may."""
    number = registration.find(_ID)
    if number is None or number.get("schemeID") == "VA":
        return False
    return next(registration.iterancestors(_SELLER), None) is None


def _attribute_checks(dialect: Dialect) -> Iterator[Check[Attribute]]:
    yield Check(rule=new_rule(dialect, "54-1"), group=Group.ATTRIBUTE, breached=_has_no_name)
    yield Check(rule=new_rule(dialect, "54-2"), group=Group.ATTRIBUTE, breached=_has_no_value)
    if dialect is not Dialect.FRENCH_CII:
        severity = Severity.FATAL if dialect is Dialect.FRENCH_UBL else Severity.WARNING
        typed = replace(new_rule(dialect, "04"), severity=severity)
        yield Check(rule=typed, group=Group.ATTRIBUTE, breached=_has_unknown_type, severity=severity)


def _sub_line_checks(dialect: Dialect) -> Iterator[Check[Any]]:
    in_factur_x = dialect is Dialect.FACTUR_X
    lacking = _a_group_lacks_amounts_or_its_number if in_factur_x else _a_group_lacks_amounts_below
    missing = _a_parent_is_missing if in_factur_x else _a_parent_is_missing_or_itself
    orphan = _has_a_parent_but_no_kind_in_ubl if dialect is Dialect.FRENCH_UBL else _has_a_parent_but_no_kind
    yield Check[Line](rule=new_rule(dialect, "06"), group=Group.LINE, breached=orphan)
    yield Check[Facts](rule=new_rule(dialect, "08"), group=Group.DOCUMENT, breached=_a_group_is_not_the_sum_below)
    yield Check[Facts](rule=new_rule(dialect, "11"), group=Group.DOCUMENT, breached=missing)
    yield Check[Facts](rule=new_rule(dialect, "12"), group=Group.DOCUMENT, breached=lacking)


def _factur_x_checks(dialect: Dialect) -> Iterator[Check[Any]]:
    yield Check[Note](rule=new_rule(dialect, "01"), group=Group.NOTE, breached=_has_no_text)
    yield Check[Line](rule=new_rule(dialect, "02"), group=Group.LINE, breached=_a_line_note_has_no_text)
    yield Check[Facts](rule=new_rule(dialect, "03"), group=Group.DOCUMENT, breached=_another_party_has_a_tax_number)


def checks(dialect: Dialect) -> Iterator[Check[Any]]:
    """What a sheet asks of lines and notes."""
    yield from _renamed_checks(dialect)
    yield from _attribute_checks(dialect)
    yield from _sub_line_checks(dialect)
    if dialect is Dialect.FACTUR_X:
        yield from _factur_x_checks(dialect)
    else:
        yield Check[Line](rule=new_rule(dialect, "05"), group=Group.LINE, breached=_is_of_unknown_kind)
