"""The VAT breakdown (BG-23): each entry is complete, and its tax is its taxable amount times its rate."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

from reglo.core.document import VatBreakdown
from reglo.core.findings import Text
from reglo.rules.en16931.facts import Entry, Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.rounding import to_cents
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, figure_stated, rule

_ONE = Decimal(1)
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


def tax_at_rate(entry: VatBreakdown) -> Decimal | None:
    """|BT-116| × BT-119, rounded to cents; None where one of them is missing."""
    if entry.taxable is None or entry.rate is None:
        return None
    return to_cents(abs(entry.taxable) * entry.rate / _HUNDRED)


def is_off_by_one_or_more(entry: VatBreakdown) -> bool:
    """Whether the tax is a whole unit of currency or more from what the rate gives, signs apart."""
    expected = tax_at_rate(entry)
    return expected is None or entry.tax is None or abs(abs(entry.tax) - expected) >= _ONE


def _is_off_by_more_than_one(entry: VatBreakdown) -> bool:
    expected = tax_at_rate(entry)
    return expected is None or entry.tax is None or abs(abs(entry.tax) - expected) > _ONE


def _is_about_zero(amount: Decimal | None) -> bool:
    """Whether an amount rounds to zero units."""
    return amount is not None and (amount + _HALF).to_integral_value(ROUND_FLOOR) == 0


def _tax_disagrees_in_ubl(subject: Entry) -> bool:
    entry = subject.entry
    if entry.rate is None or _is_about_zero(entry.rate):
        return not _is_about_zero(entry.tax)
    return is_off_by_one_or_more(entry)


def _tax_disagrees_in_cii(subject: Entry) -> bool:
    """Factur-X lets the tax be off by exactly one unit."""
    entry = subject.entry
    if entry.rate is None or _is_about_zero(entry.rate):
        return not _is_about_zero(entry.tax)
    return _is_off_by_more_than_one(entry)


def _taxes_otherwise(facts: Facts) -> bool:
    """An entry of another tax has no rate that Factur-X sees, and so may bear nothing."""
    return any(each.kind == "entry" and not _is_about_zero(each.amount) for each in facts.foreign)


def tax_figures(subject: Entry) -> Text:
    """The tax as stated and as the rate gives it."""
    entry, expected = subject.entry, tax_at_rate(subject.entry)
    stated = figure_stated("BT-117", entry.tax)
    if expected is None:
        lacking = "BT-116" if entry.taxable is None else "BT-119"
        return Text(fr=f"{stated.fr}, et {lacking} manque.", en=f"{stated.en}, and {lacking} is missing.")
    if expected == entry.tax:
        return Text(
            fr=f"{stated.fr}, ce que donne le calcul, mais le taux de {entry.rate:f} % n'en est pas un : "
            "il s'écrit en pour cent, 20 et non 0.2, sans signe.",
            en=f"{stated.en}, as computed, but {entry.rate:f} % is no rate: "
            "it is written in percent, 20 and not 0.2, without a sign.",
        )
    return Text(
        fr=f"{stated.fr}, alors que {entry.taxable:f} à {entry.rate:f} % donne {expected:f}.",
        en=f"{stated.en}, while {entry.taxable:f} at {entry.rate:f} % gives {expected:f}.",
    )


def _has_no_rate(subject: Entry) -> bool:
    return subject.entry.rate is None and subject.entry.category != "O"


_BR_48 = rule(
    "BR-48",
    "BT-119",
    statement=Text(
        fr="Chaque entrée de la ventilation de TVA doit indiquer un taux (BT-119), sauf hors du champ de la TVA "
        "(code O).",
        en="Each entry of the VAT breakdown must state a rate (BT-119), unless out of scope of VAT (code O).",
    ),
    fix=Text(fr="Indiquez le taux : 0 pour une exonération.", en="State the rate: 0 for an exemption."),
    example=Text(fr="Bon : S à 20. Mauvais : S sans taux.", en="Good: S at 20. Bad: S without a rate."),
)
_BR_CO_17 = rule(
    "BR-CO-17",
    "BT-117",
    statement=Text(
        fr="La TVA d'une entrée de la ventilation (BT-117) doit être sa base (BT-116) multipliée par son taux "
        "(BT-119), arrondie à deux décimales.",
        en="The VAT of an entry of the breakdown (BT-117) must be its taxable amount (BT-116) times its rate "
        "(BT-119), rounded to two decimals.",
    ),
    fix=Text(
        fr="Calculez la TVA sur la base de l'entrée, et non ligne par ligne.",
        en="Compute the VAT on the taxable amount of the entry, and not line by line.",
    ),
    example=Text(
        fr="Bon : 30.03 à 20 % donne 6.01. Mauvais : 7.02 (les contrôles admettent moins de 1.00 d'écart).",
        en="Good: 30.03 at 20 % gives 6.01. Bad: 7.02 (the checks admit a difference below 1.00).",
    ),
)
_READS_TAX = frozenset({"BT-116", "BT-119"})

CHECKS: tuple[Check[Any], ...] = (
    *need(
        "BR-CO-18",
        Group.DOCUMENT,
        "BG-23",
        lambda facts: facts.invoice.vat_breakdown or not facts.has_settlement or None,
        good=Text(fr="une entrée S à 20 %", en="an entry S at 20 %"),
    ),
    *need("BR-45", Group.BREAKDOWN, "BT-116", lambda of: of.entry.taxable, good="100.00", empty=Empty.ADMITTED),
    *need("BR-46", Group.BREAKDOWN, "BT-117", lambda of: of.entry.tax, good="20.00", empty=Empty.ADMITTED),
    *need("BR-47", Group.BREAKDOWN, "BT-118", lambda of: of.entry.category, good="S", empty=Empty.ADMITTED),
    Check[Facts](rule=_BR_CO_17, group=Group.DOCUMENT, breached=_taxes_otherwise, at="vat_breakdown", syntaxes=CII),
    Check[Entry](rule=_BR_48, group=Group.BREAKDOWN, breached=_has_no_rate),
    Check[Entry](
        rule=_BR_CO_17,
        group=Group.BREAKDOWN,
        breached=_tax_disagrees_in_ubl,
        detail=tax_figures,
        syntaxes=UBL | DATA,
        reads=_READS_TAX,
    ),
    Check[Entry](
        rule=_BR_CO_17,
        group=Group.BREAKDOWN,
        breached=_tax_disagrees_in_cii,
        detail=tax_figures,
        syntaxes=CII,
        reads=_READS_TAX,
    ),
)
