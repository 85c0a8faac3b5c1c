"""Allowances and charges, on the document and on a line: amount, VAT category, reason."""

from collections.abc import Callable
from typing import Any

from reglo.core.document import Allowance
from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.table import CII, NOWHERE, Check, Group, name_of, rule

#: Group, the business terms of its reason and of the code of its reason, the group's own term, the rules that ask for a
#: reason, and the rule by which the two agree.
_REASONS = (
    (Group.ALLOWANCE, "BT-97", "BT-98", "BG-20", ("BR-33", "BR-CO-21"), "BR-CO-05"),
    (Group.CHARGE, "BT-104", "BT-105", "BG-21", ("BR-38", "BR-CO-22"), "BR-CO-06"),
    (Group.LINE_ALLOWANCE, "BT-139", "BT-140", "BG-27", ("BR-42", "BR-CO-23"), "BR-CO-07"),
    (Group.LINE_CHARGE, "BT-144", "BT-145", "BG-28", ("BR-44", "BR-CO-24"), "BR-CO-08"),
)

#: A reason in words, its code, and the code of another: for charges (UNTDID 7161) and for allowances (UNTDID 5189).
_SAMPLES = (
    (Text(fr="Frais de port", en="Freight"), "FC", "ABL"),
    (Text(fr="Rabais", en="Discount"), "95", "41"),
)


def _category(each: Allowance) -> str | None:
    return each.vat_category


def _bears_another_tax(kind: str) -> Callable[[Facts], bool]:
    return lambda facts: any(each.kind == kind for each in facts.foreign)


def _has_no_reason(each: Allowance) -> bool:
    return each.reason is None and each.reason_code is None


def _only_a_reader_can_tell(_: Allowance) -> bool:
    return False


def _reason_checks(
    group: Group, reason: str, code: str, subject: str, identifiers: tuple[str, ...], agreement: str
) -> tuple[Check[Allowance], ...]:
    """The standard asks twice for a reason (BR-33 and BR-CO-21), and once that text and code agree."""
    asked = tuple(
        Check(rule=_reason_rule(identifier, reason, code, subject, group), group=group, breached=_has_no_reason)
        for identifier in identifiers
    )
    return (
        *asked,
        Check(
            rule=_agreement_rule(agreement, reason, code, group),
            group=group,
            breached=_only_a_reader_can_tell,
            syntaxes=NOWHERE,
        ),
    )


def _reason_rule(identifier: str, reason: str, code: str, subject: str, group: Group) -> Rule:
    name, (words, _, _) = name_of(subject), _SAMPLES[group in (Group.ALLOWANCE, Group.LINE_ALLOWANCE)]
    return rule(
        identifier,
        reason,
        statement=Text(
            fr=f"Chaque {name.fr} doit avoir un motif : en toutes lettres ({reason}), par un code ({code}), ou les "
            "deux.",
            en=f"Each {name.en} must have a reason: in words ({reason}), as a code ({code}), or both.",
        ),
        fix=Text(fr="Donnez le motif en toutes lettres.", en="Give the reason in words."),
        example=Text(
            fr=f"Bon : {reason} = {words.fr}. Mauvais : un montant sans motif.",
            en=f"Good: {reason} = {words.en}. Bad: an amount without a reason.",
        ),
    )


def _agreement_rule(identifier: str, reason: str, code: str, group: Group) -> Rule:
    words, known, other = _SAMPLES[group in (Group.ALLOWANCE, Group.LINE_ALLOWANCE)]
    return rule(
        identifier,
        code,
        statement=Text(
            fr=f"Le motif écrit ({reason}) et son code ({code}) doivent dire la même chose ; seul un lecteur le voit.",
            en=f"The reason in words ({reason}) and its code ({code}) must say the same; only a reader can tell.",
        ),
        fix=Text(fr="Gardez celui des deux qui est juste.", en="Keep the one of the two that is right."),
        example=Text(
            fr=f"Bon : {reason} = {words.fr}, {code} = {known}. Mauvais : {reason} = {words.fr}, {code} = {other}.",
            en=f"Good: {reason} = {words.en}, {code} = {known}. Bad: {reason} = {words.en}, {code} = {other}.",
        ),
    )


_BR_32 = need("BR-32", Group.ALLOWANCE, "BT-95", _category, good="S", empty=Empty.ADMITTED)
_BR_37 = need("BR-37", Group.CHARGE, "BT-102", _category, good="S", empty=Empty.ADMITTED)

CHECKS: tuple[Check[Any], ...] = (
    *need("BR-31", Group.ALLOWANCE, "BT-92", lambda each: each.amount, good="10.00"),
    *_BR_32,
    Check[Facts](rule=_BR_32[0].rule, group=Group.DOCUMENT, breached=_bears_another_tax("allowance"), syntaxes=CII),
    *need("BR-36", Group.CHARGE, "BT-99", lambda each: each.amount, good="10.00"),
    *_BR_37,
    Check[Facts](rule=_BR_37[0].rule, group=Group.DOCUMENT, breached=_bears_another_tax("charge"), syntaxes=CII),
    *need("BR-41", Group.LINE_ALLOWANCE, "BT-136", lambda each: each.amount, good="10.00"),
    *need("BR-43", Group.LINE_CHARGE, "BT-141", lambda each: each.amount, good="10.00"),
    *(check for row in _REASONS for check in _reason_checks(*row)),
)
