"""The totals of the document add up: BG-22 against lines, allowances, charges and VAT.

The sheets round a sum to two decimals before they compare, whatever the currency. What is missing counts as nothing
where it may be missing (allowances, charges, what was paid) and breaks the rule where it may not.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.formats.reading import Syntax
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.rounding import ZERO, to_cents
from reglo.rules.en16931.table import CII, DATA, EVERYWHERE, UBL, Check, Group, figure_stated, name_of, rule


def _lines_disagree(facts: Facts) -> bool:
    return facts.totals.lines != to_cents(facts.lines.total)


def _allowances_disagree(facts: Facts) -> bool:
    return _sum_disagrees(facts.totals.allowances, bool(facts.invoice.allowances), facts.allowances.total)


def _charges_disagree(facts: Facts) -> bool:
    return _sum_disagrees(facts.totals.charges, bool(facts.invoice.charges), facts.charges.total)


def _charges_disagree_in_cents(facts: Facts) -> bool:
    """Factur-X rounds the stated total too."""
    stated = facts.totals.charges
    rounded = None if stated is None else to_cents(stated)
    return _sum_disagrees(rounded, bool(facts.invoice.charges), facts.charges.total)


def _sum_disagrees(stated: Decimal | None, has_parts: bool, total: Decimal) -> bool:
    return (stated is not None or has_parts) and stated != to_cents(total)


def _net(facts: Facts) -> Decimal | None:
    """BT-106 − BT-107 + BT-108."""
    totals = facts.totals
    if totals.lines is None:
        return None
    return totals.lines - (totals.allowances or ZERO) + (totals.charges or ZERO)


def _net_disagrees(facts: Facts) -> bool:
    expected = _net(facts)
    return expected is None or facts.totals.net != to_cents(expected)


def _net_disagrees_in_ubl(facts: Facts) -> bool:
    """UBL does not round where there is nothing to add or take away."""
    totals = facts.totals
    if totals.allowances is None and totals.charges is None:
        return totals.lines is None or totals.net != totals.lines
    return _net_disagrees(facts)


def _vat(facts: Facts) -> Decimal:
    """Σ BT-117."""
    return sum((entry.tax or ZERO for entry in facts.invoice.vat_breakdown), ZERO)


def _vat_disagrees(facts: Facts) -> bool:
    return facts.totals.vat is not None and facts.totals.vat != to_cents(_vat(facts))


def _vat_disagrees_in_ubl(facts: Facts) -> bool:
    """UBL compares only where there is a breakdown, and each of several totals with its own."""
    if not facts.invoice.vat_breakdown or "BT-110" in facts.repeated:
        return False
    if facts.totals.vat is None:
        return facts.lacks_a_vat_total
    return facts.totals.vat != to_cents(_vat(facts))


def _gross(facts: Facts) -> Decimal | None:
    """BT-109 + BT-110."""
    totals = facts.totals
    return None if totals.net is None or totals.vat is None else totals.net + totals.vat


def _gross_disagrees(facts: Facts) -> bool:
    """An invoice without currency cannot say which VAT total is its own: it is not judged. Two totals are too many."""
    if facts.invoice.currency is None:
        return False
    expected = _gross(facts)
    return expected is None or facts.totals.gross != to_cents(expected) or facts.own_vat_totals != 1


def _gross_disagrees_in_cii(facts: Facts) -> bool:
    """Factur-X admits a total with VAT that equals the total without it."""
    totals = facts.totals
    bears_no_vat = totals.gross is not None and totals.gross == totals.net
    return not bears_no_vat and _gross_disagrees(facts)


def _due(facts: Facts) -> Decimal | None:
    """BT-112 − BT-113 + BT-114."""
    totals = facts.totals
    if totals.gross is None:
        return None
    return totals.gross - (totals.paid or ZERO) + (totals.rounding or ZERO)


def _due_disagrees(facts: Facts) -> bool:
    expected = _due(facts)
    return expected is None or facts.totals.due != expected


def _due_disagrees_in_ubl(facts: Facts) -> bool:
    """UBL rounds both sides, each where there is something to take away."""
    totals = facts.totals
    if totals.gross is None or totals.due is None:
        return True
    owed = totals.gross if totals.paid is None else to_cents(totals.gross - totals.paid)
    asked = totals.due if totals.rounding is None else to_cents(totals.due - totals.rounding)
    return owed != asked


def _lacks_vat_in_accounting_currency(facts: Facts) -> bool:
    invoice, totals = facts.invoice, facts.totals
    if invoice.vat_currency is None or totals.vat_accounting is not None:
        return False
    return invoice.vat_currency != invoice.currency or totals.vat is None


def _accounts_in_its_own_currency(facts: Facts) -> bool:
    """Factur-X also refuses an accounting currency (BT-6) that is the currency of the invoice."""
    invoice = facts.invoice
    return invoice.vat_currency is not None and (
        invoice.vat_currency == invoice.currency or _lacks_vat_in_accounting_currency(facts)
    )


def _figures(
    business_term: str, stated: Callable[[Facts], Decimal | None], expected: Callable[[Facts], Decimal | None]
) -> Callable[[Facts], Text]:
    """The two figures that disagree."""

    def detail(facts: Facts) -> Text:
        here = figure_stated(business_term, stated(facts))
        there = expected(facts)
        if there is None:
            return Text(
                fr=f"{here.fr}, et il manque un montant pour refaire le calcul.",
                en=f"{here.en}, and an amount is missing to work it out.",
            )
        return Text(fr=f"{here.fr}, le calcul donne {there:f}.", en=f"{here.en}, the sum is {there:f}.")

    return detail


def _equation(identifier: str, business_term: str, fr: str, en: str, good: str, bad: str) -> Rule:
    """A rule by which a total equals a calculation."""
    name = name_of(business_term)
    return rule(
        identifier,
        business_term,
        statement=Text(fr=f"{name.fr} doit être {fr}.", en=f"{name.en} must be {en}."),
        fix=Text(
            fr="Refaites le calcul avec les montants qui figurent dans la facture, arrondis à deux décimales.",
            en="Do the sum again with the amounts that stand in the invoice, rounded to two decimals.",
        ),
        example=Text(fr=f"Bon : {good}. Mauvais : {bad}.", en=f"Good: {good}. Bad: {bad}."),
    )


_BR_CO_10 = _equation(
    "BR-CO-10",
    "BT-106",
    "la somme des montants HT des lignes (BT-131)",
    "the sum of the line net amounts (BT-131)",
    "60.00 + 40.00 = 100.00",
    "60.00 + 40.00 = 99.99",
)
_BR_CO_11 = _equation(
    "BR-CO-11",
    "BT-107",
    "la somme des remises sur la facture (BT-92), et n'y figurer que s'il y en a",
    "the sum of the allowances on the invoice (BT-92), and stand there only if there are any",
    "5.00 + 2.50 = 7.50",
    "5.00 + 2.50 = 7.00",
)
_BR_CO_12 = _equation(
    "BR-CO-12",
    "BT-108",
    "la somme des frais sur la facture (BT-99), et n'y figurer que s'il y en a",
    "the sum of the charges on the invoice (BT-99), and stand there only if there are any",
    "12.00 + 3.00 = 15.00",
    "12.00 + 3.00 = 12.00",
)
_BR_CO_13 = _equation(
    "BR-CO-13",
    "BT-109",
    "le total des lignes moins les remises plus les frais (BT-106 − BT-107 + BT-108)",
    "the sum of lines less allowances plus charges (BT-106 − BT-107 + BT-108)",
    "100.00 − 7.50 + 15.00 = 107.50",
    "100.00 − 7.50 + 15.00 = 100.00",
)
_BR_CO_14 = _equation(
    "BR-CO-14",
    "BT-110",
    "la somme des montants de TVA de la ventilation (BT-117)",
    "the sum of the VAT amounts of the breakdown (BT-117)",
    "20.00 + 5.50 = 25.50",
    "20.00 + 5.50 = 25.51",
)
_BR_CO_15 = _equation(
    "BR-CO-15",
    "BT-112",
    "le total HT plus le total de la TVA (BT-109 + BT-110)",
    "the total without VAT plus the total VAT (BT-109 + BT-110)",
    "100.00 + 20.00 = 120.00",
    "100.00 + 20.00 = 119.60",
)
_BR_CO_16 = _equation(
    "BR-CO-16",
    "BT-115",
    "le total TTC moins ce qui est déjà payé plus l'arrondi (BT-112 − BT-113 + BT-114)",
    "the total with VAT less what is paid plus the rounding (BT-112 − BT-113 + BT-114)",
    "120.00 − 36.00 + 0.00 = 84.00",
    "120.00 − 36.00 + 0.00 = 120.00",
)
_BR_53 = rule(
    "BR-53",
    "BT-111",
    statement=Text(
        fr="Une facture qui a une devise de comptabilisation de la TVA (BT-6) doit donner le total de TVA dans "
        "cette devise (BT-111).",
        en="An invoice with a VAT accounting currency (BT-6) must give the total VAT in that currency (BT-111).",
    ),
    fix=Text(
        fr="Ajoutez le total de TVA dans la devise BT-6, ou retirez BT-6 si c'est la devise de la facture.",
        en="Add the total VAT in the currency BT-6, or remove BT-6 where it is the currency of the invoice.",
    ),
    example=Text(
        fr="Bon : BT-5 = USD, BT-6 = EUR, BT-111 = 18.40 EUR. Mauvais : BT-6 = EUR sans BT-111.",
        en="Good: BT-5 = USD, BT-6 = EUR, BT-111 = 18.40 EUR. Bad: BT-6 = EUR without BT-111.",
    ),
)


def _sum_check(
    equation: Rule,
    breached: Callable[[Facts], bool],
    detail: Callable[[Facts], Text],
    reads: tuple[str, ...],
    in_ubl: Callable[[Facts], bool] | None = None,
    in_cii: Callable[[Facts], bool] | None = None,
    of: frozenset[Syntax] = EVERYWHERE,
) -> list[Check[Facts]]:
    """The checks of an equation: one a syntax, where they compare in different ways."""
    by_syntax = ((UBL, in_ubl or breached), (CII, in_cii or breached), (DATA, breached))
    return [
        Check(
            rule=equation, group=Group.TOTALS, breached=test, detail=detail, syntaxes=syntaxes, reads=frozenset(reads)
        )
        for syntaxes, test in by_syntax
        if syntaxes <= of
    ]


_VAT_FIGURES = _figures("BT-110", lambda facts: facts.totals.vat, lambda facts: to_cents(_vat(facts)))
_GROSS_FIGURES = _figures("BT-112", lambda facts: facts.totals.gross, _gross)


CHECKS: tuple[Check[Any], ...] = (
    *need("BR-12", Group.TOTALS, "BT-106", lambda facts: facts.totals.lines, good="100.00", empty=Empty.ADMITTED),
    *need("BR-13", Group.TOTALS, "BT-109", lambda facts: facts.totals.net, good="107.50", empty=Empty.ADMITTED),
    *need("BR-14", Group.TOTALS, "BT-112", lambda facts: facts.totals.gross, good="129.00", empty=Empty.ADMITTED),
    *need("BR-15", Group.TOTALS, "BT-115", lambda facts: facts.totals.due, good="129.00", empty=Empty.ADMITTED),
    *_sum_check(
        _BR_CO_10,
        _lines_disagree,
        _figures("BT-106", lambda facts: facts.totals.lines, lambda facts: to_cents(facts.lines.total)),
        ("BT-131",),
    ),
    *_sum_check(
        _BR_CO_11,
        _allowances_disagree,
        _figures("BT-107", lambda facts: facts.totals.allowances, lambda facts: to_cents(facts.allowances.total)),
        ("BT-92",),
    ),
    *_sum_check(
        _BR_CO_12,
        _charges_disagree,
        _figures("BT-108", lambda facts: facts.totals.charges, lambda facts: to_cents(facts.charges.total)),
        ("BT-99",),
        in_cii=_charges_disagree_in_cents,
    ),
    *_sum_check(
        _BR_CO_13,
        _net_disagrees,
        _figures("BT-109", lambda facts: facts.totals.net, _net),
        ("BT-106", "BT-107", "BT-108"),
        in_ubl=_net_disagrees_in_ubl,
    ),
    *_sum_check(_BR_CO_14, _vat_disagrees, _VAT_FIGURES, ("BT-117",), of=CII | DATA),
    # In UBL the total VAT and the total with it need no group of totals around them.
    Check[Facts](
        rule=_BR_CO_14,
        group=Group.DOCUMENT,
        breached=_vat_disagrees_in_ubl,
        detail=_VAT_FIGURES,
        syntaxes=UBL,
        reads=frozenset({"BT-117"}),
    ),
    *_sum_check(
        _BR_CO_15, _gross_disagrees, _GROSS_FIGURES, ("BT-109", "BT-110"), in_cii=_gross_disagrees_in_cii, of=CII | DATA
    ),
    Check[Facts](
        rule=_BR_CO_15,
        group=Group.DOCUMENT,
        breached=_gross_disagrees,
        detail=_GROSS_FIGURES,
        syntaxes=UBL,
        reads=frozenset({"BT-109", "BT-110"}),
    ),
    *_sum_check(
        _BR_CO_16,
        _due_disagrees,
        _figures("BT-115", lambda facts: facts.totals.due, _due),
        ("BT-112", "BT-113", "BT-114"),
        in_ubl=_due_disagrees_in_ubl,
    ),
    Check[Facts](
        rule=_BR_53, group=Group.DOCUMENT, breached=_lacks_vat_in_accounting_currency, syntaxes=UBL, at="vat_currency"
    ),
    Check[Facts](
        rule=_BR_53, group=Group.TOTALS, breached=_accounts_in_its_own_currency, syntaxes=CII | DATA, at="vat_currency"
    ),
)
