"""Totals in the extended profiles: a cent is allowed for each amount that goes into them, since each was rounded."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931 import sums
from reglo.rules.en16931.extended.dialects import Dialect, identifier
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.rounding import ZERO, to_cents
from reglo.rules.en16931.table import Check, Group, rule

_CENT = Decimal("0.01")
_TOLERANCE = Text(
    fr="À un centime près pour chaque ligne, remise ou frais qui entre dans la somme.",
    en="To within a cent for each line, allowance or charge that goes into the sum.",
)

_Breached = Callable[[Facts], bool]


def _is_beyond(stated: Decimal | None, expected: Decimal, number: int) -> bool:
    return stated is None or abs(stated - expected) > _CENT * number


def _lines_disagree_in_cii(facts: Facts) -> bool:
    """Lines that do not count widen the tolerance here."""
    return _is_beyond(facts.totals.lines, to_cents(facts.extended_sums.lines), len(facts.invoice.lines))


def _lines_disagree_in_ubl(facts: Facts) -> bool:
    return _is_beyond(facts.totals.lines, to_cents(facts.extended_sums.lines), facts.extended_sums.number_of_lines)


def _allowances_disagree(facts: Facts) -> bool:
    stated, parts = facts.totals.allowances, len(facts.invoice.allowances)
    return (stated is not None or parts > 0) and _is_beyond(stated, to_cents(facts.allowances.total), parts)


def _charges_disagree(facts: Facts) -> bool:
    """Charges for logistics count; alone they ask for no total."""
    stated, parts = facts.totals.charges, len(facts.invoice.charges)
    number = parts + facts.extended_sums.number_of_services
    return (stated is not None or parts > 0) and _is_beyond(stated, _charges(facts), number)


def _charges(facts: Facts) -> Decimal:
    return to_cents(facts.charges.total) + to_cents(facts.extended_sums.services)


def _net(facts: Facts) -> Decimal:
    """Σ BT-131 − Σ BT-92 + Σ BT-99, from the parts themselves."""
    return to_cents(facts.extended_sums.lines) - to_cents(facts.allowances.total) + _charges(facts)


def _net_disagrees(facts: Facts) -> bool:
    return _is_beyond(facts.totals.net, _net(facts), facts.extended_sums.number)


def _gross_disagrees_in_cii(facts: Facts) -> bool:
    """Without one total VAT in its currency an invoice may bear none: its two totals are then equal."""
    totals = facts.totals
    if facts.invoice.currency is None or totals.net is None or totals.vat is None or totals.gross is None:
        return True
    if facts.own_vat_totals != 1:
        return totals.net != totals.gross
    return _is_beyond(totals.gross, totals.net + totals.vat, facts.extended_sums.number)


def _gross_disagrees_in_ubl(facts: Facts) -> bool:
    """An invoice without total VAT is not judged."""
    totals = facts.totals
    if totals.vat is None or facts.own_vat_totals == 0:
        return False
    return totals.net is None or _is_beyond(totals.gross, totals.net + totals.vat, facts.extended_sums.number)


def _due_disagrees(facts: Facts) -> bool:
    """Factur-X EXTENDED lets even a missing total count as nothing."""
    totals = facts.totals
    return totals.due != (totals.gross or ZERO) - (totals.paid or ZERO) + (totals.rounding or ZERO)


def _does_not_say_when_to_pay(facts: Facts) -> bool:
    invoice, due = facts.invoice, facts.totals.due
    return due is not None and due > 0 and invoice.due_date is None and invoice.payment_terms is None


#: Key of the rule in the sheets, the rule of EN 16931 that it softens, and how it is broken in CII and in UBL.
_SOFTENED: tuple[tuple[str, str, _Breached, _Breached], ...] = (
    ("CO-10", "BR-CO-10", _lines_disagree_in_cii, _lines_disagree_in_ubl),
    ("CO-11", "BR-CO-11", _allowances_disagree, _allowances_disagree),
    ("CO-12", "BR-CO-12", _charges_disagree, _charges_disagree),
    ("CO-13", "BR-CO-13", _net_disagrees, _net_disagrees),
    ("CO-15", "BR-CO-15", _gross_disagrees_in_cii, _gross_disagrees_in_ubl),
)


def _softened(dialect: Dialect, key: str, strict: Rule) -> Rule:
    name = identifier(dialect, key)
    statement = Text(fr=f"{strict.statement.fr} {_TOLERANCE.fr}", en=f"{strict.statement.en} {_TOLERANCE.en}")
    return replace(strict, identifier=name, statement=statement, source=f"{name} ({dialect.value})")


def _when_to_pay(dialect: Dialect) -> Rule:
    made = rule(
        "BR-CO-25",
        "BT-9",
        statement=Text(
            fr="Une facture où il reste à payer (BT-115 > 0) doit donner une échéance (BT-9) ou des conditions "
            "(BT-20).",
            en="An invoice with something to pay (BT-115 > 0) must give a due date (BT-9) or payment terms (BT-20).",
        ),
        fix=Text(fr="Ajoutez la date d'échéance.", en="Add the due date."),
        example=Text(
            fr="Bon : 120.00 à payer le 2026-10-15. Mauvais : 120.00 à payer, sans date ni conditions.",
            en="Good: 120.00 to pay by 2026-10-15. Bad: 120.00 to pay, with neither date nor terms.",
        ),
    )
    return replace(made, source=f"EN 16931-1, BR-CO-25 ({dialect.value})")


def checks(dialect: Dialect) -> Iterator[Check[Any]]:
    """What a sheet asks of the totals."""
    strict = {check.rule.identifier: check.rule for check in sums.CHECKS}
    for key, known, in_cii, in_ubl in _SOFTENED:
        breached = in_ubl if dialect is Dialect.FRENCH_UBL else in_cii
        yield Check(rule=_softened(dialect, key, strict[known]), group=Group.TOTALS, breached=breached)
    if dialect is Dialect.FACTUR_X:
        renamed = replace(strict["BR-CO-16"], identifier=identifier(dialect, "CO-16"))
        yield Check(rule=renamed, group=Group.TOTALS, breached=_due_disagrees)
    yield Check(rule=_when_to_pay(dialect), group=Group.DOCUMENT, breached=_does_not_say_when_to_pay)
