"""Amounts have two decimals at most, whatever the currency: BR-DEC."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.rounding import to_cents
from reglo.rules.en16931.table import CII, DATA, Check, Group, Subject, name_of, rule

_Amount = Callable[[Subject], Decimal | None]


def has_more_than_two_decimals(amount: Decimal | None) -> bool:
    """Whether an amount is written with more than two decimals, zeros at the end included: 10.000."""
    if amount is None:
        return False
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -2


def _is_finer_than_cents(amount: Decimal) -> bool:
    return amount != to_cents(amount)


def _vat_is_finer_than_cents(facts: Facts) -> bool:
    """Factur-X looks at the value, and is content once any VAT total is in another currency than the invoice."""
    totals = facts.totals
    return totals.vat is not None and totals.vat_accounting is None and _is_finer_than_cents(totals.vat)


def _accounted_vat_is_not_in_cents(facts: Facts) -> bool:
    """Factur-X wants a VAT total in cents in the accounting currency, where it has that currency and any VAT total."""
    invoice, totals = facts.invoice, facts.totals
    if invoice.vat_currency is None or (totals.vat is None and totals.vat_accounting is None):
        return False
    is_own = invoice.vat_currency == invoice.currency
    amount = totals.vat if is_own and totals.vat_accounting is None else totals.vat_accounting
    return amount is None or _is_finer_than_cents(amount)


def _rule(identifier: str, business_term: str) -> Rule:
    name = name_of(business_term)
    return rule(
        identifier,
        business_term,
        statement=Text(
            fr=f"{name.fr} doit s'écrire avec deux décimales au plus.",
            en=f"{name.en} must be written with at most two decimals.",
        ),
        fix=Text(
            fr="Arrondissez à deux décimales, puis refaites les totaux.",
            en="Round to two decimals, then redo the totals.",
        ),
        example=Text(fr="Bon : 12.35. Mauvais : 12.345 ou 12.350.", en="Good: 12.35. Bad: 12.345 or 12.350."),
    )


def _check(identifier: str, group: Group, business_term: str, amount: "_Amount[Subject]") -> Check[Subject]:
    return Check(
        rule=_rule(identifier, business_term),
        group=group,
        breached=lambda subject: has_more_than_two_decimals(amount(subject)),
        detail=lambda subject: Text(fr=f"Montant lu : {amount(subject)}.", en=f"Amount read: {amount(subject)}."),
    )


#: In UBL these two rules look where no amount ever stands; UBL-DT-01 of the syntax rules counts the decimals there.
_BR_DEC_13, _BR_DEC_15 = _rule("BR-DEC-13", "BT-110"), _rule("BR-DEC-15", "BT-111")

CHECKS: tuple[Check[Any], ...] = (
    _check("BR-DEC-01", Group.ALLOWANCE, "BT-92", lambda each: each.amount),
    _check("BR-DEC-02", Group.ALLOWANCE, "BT-93", lambda each: each.base),
    _check("BR-DEC-05", Group.CHARGE, "BT-99", lambda each: each.amount),
    _check("BR-DEC-06", Group.CHARGE, "BT-100", lambda each: each.base),
    _check("BR-DEC-09", Group.TOTALS, "BT-106", lambda facts: facts.totals.lines),
    _check("BR-DEC-10", Group.TOTALS, "BT-107", lambda facts: facts.totals.allowances),
    _check("BR-DEC-11", Group.TOTALS, "BT-108", lambda facts: facts.totals.charges),
    _check("BR-DEC-12", Group.TOTALS, "BT-109", lambda facts: facts.totals.net),
    Check[Facts](rule=_BR_DEC_13, group=Group.TOTALS, breached=_vat_is_finer_than_cents, syntaxes=CII),
    Check[Facts](
        rule=_BR_DEC_13,
        group=Group.TOTALS,
        breached=lambda facts: has_more_than_two_decimals(facts.totals.vat),
        syntaxes=DATA,
    ),
    _check("BR-DEC-14", Group.TOTALS, "BT-112", lambda facts: facts.totals.gross),
    Check[Facts](rule=_BR_DEC_15, group=Group.TOTALS, breached=_accounted_vat_is_not_in_cents, syntaxes=CII),
    Check[Facts](
        rule=_BR_DEC_15,
        group=Group.TOTALS,
        breached=lambda facts: has_more_than_two_decimals(facts.totals.vat_accounting),
        syntaxes=DATA,
    ),
    _check("BR-DEC-16", Group.TOTALS, "BT-113", lambda facts: facts.totals.paid),
    _check("BR-DEC-17", Group.TOTALS, "BT-114", lambda facts: facts.totals.rounding),
    _check("BR-DEC-18", Group.TOTALS, "BT-115", lambda facts: facts.totals.due),
    _check("BR-DEC-19", Group.BREAKDOWN, "BT-116", lambda of: of.entry.taxable),
    _check("BR-DEC-20", Group.BREAKDOWN, "BT-117", lambda of: of.entry.tax),
    _check("BR-DEC-23", Group.LINE, "BT-131", lambda line: line.net_amount),
    _check("BR-DEC-24", Group.LINE_ALLOWANCE, "BT-136", lambda each: each.amount),
    _check("BR-DEC-25", Group.LINE_ALLOWANCE, "BT-137", lambda each: each.base),
    _check("BR-DEC-27", Group.LINE_CHARGE, "BT-141", lambda each: each.amount),
    _check("BR-DEC-28", Group.LINE_CHARGE, "BT-142", lambda each: each.base),
)
