"""The French VAT return (form 3310-CA3): on which line each sale stands, in whole euros as the form asks.

Lines and their names are those of the form since 2022 (cases A1 to F9, lines 08 to T6), as forms 10963*30 (2025) and
10963*31 (2026) print them; the table was compared with two published copies of it, not with the form itself. Only what
is sold: purchases, imports and deductible VAT are in the books of whoever keeps them. Documents do not say what would
tell these apart: oil products (P1, P2), distance sales taxed in another state (E3), sales of gas or power (F3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.core.money import round_half_up


class Territory(StrEnum):
    """Where the seller is, which decides the line of some rates (CGI 294, 296, 297)."""

    MAINLAND = "mainland"
    CORSICA = "corsica"
    OVERSEAS = "overseas"  #: Guadeloupe, Martinique, Réunion


@dataclass(frozen=True, slots=True)
class VatReturnLine:
    """A line of the form."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSale:
    """What was sold under one category and rate, and its tax; signed, credit notes deducted."""

    category: str  #: UNTDID 5305
    rate: Decimal  #: in percent
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLine:
    """A line with its amounts, to the cent; `tax` is None on lines that have no tax."""

    line: VatReturnLine
    base: Decimal
    tax: Decimal | None = None

    @property
    def whole_base(self) -> Decimal:
        """As it is written on the form: whole euros, half up (CGI 1724)."""
        return round_half_up(self.base, 0)

    @property
    def whole_tax(self) -> Decimal | None:
        """As it is written on the form."""
        return None if self.tax is None else round_half_up(self.tax, 0)


def _line(code: str, fr: str, en: str) -> VatReturnLine:
    return VatReturnLine(code, Text(fr=fr, en=en))


SALES = _line("A1", "Ventes, prestations de services (HT)", "Sales and services, without tax")
_EXPORTS = _line("E1", "Exportations hors UE", "Exports outside the EU")
_OTHERS = _line("E2", "Autres opérations non imposables", "Other untaxed sales")
_INTRA_EU = _line("F2", "Livraisons intracommunautaires (B to B)", "Intra-EU supplies to businesses")
_OLD = _line("13", "Anciens taux", "Former rates")
_STANDARD: Mapping[Decimal, VatReturnLine] = {
    Decimal("20"): _line("08", "Taux normal 20 %", "Standard rate 20%"),
    Decimal("5.5"): _line("09", "Taux réduit 5,5 %", "Reduced rate 5.5%"),
    Decimal("10"): _line("9B", "Taux réduit 10 %", "Reduced rate 10%"),
    Decimal("8.5"): _line("10", "DOM : taux normal 8,5 %", "Overseas: standard rate 8.5%"),
    Decimal("1.75"): _line("T1", "DOM : taux 1,75 %", "Overseas: rate 1.75%"),
    Decimal("1.05"): _line("T2", "DOM : taux 1,05 %", "Overseas: rate 1.05%"),
    Decimal("0.9"): _line("T5", "Corse : taux 0,9 %", "Corsica: rate 0.9%"),
    Decimal("2.1"): _line("T6", "France continentale : taux 2,1 %", "Mainland: rate 2.1%"),
}
#: The newest form that the lines are those of: n° 10963, and its year.
FORM = ("10963*31", 2026)
_OF_TERRITORY: Mapping[tuple[Territory, Decimal], VatReturnLine] = {
    (Territory.OVERSEAS, Decimal("2.1")): _line("11", "DOM : taux réduit 2,1 %", "Overseas: reduced rate 2.1%"),
    (Territory.CORSICA, Decimal("13")): _line("TC", "Corse : taux 13 %", "Corsica: rate 13%"),
    (Territory.CORSICA, Decimal("10")): _line("T3", "Corse : taux 10 %", "Corsica: rate 10%"),
    (Territory.CORSICA, Decimal("2.1")): _line("T4", "Corse : taux 2,1 %", "Corsica: rate 2.1%"),
}
_ORDER = ("A1", "E1", "E2", "F2", "08", "09", "9B", "10", "11", "T1", "T2", "TC", "T3", "T4", "T5", "T6", "13")
_UNTAXED: Mapping[str, VatReturnLine] = {"G": _EXPORTS, "K": _INTRA_EU}


def line_of(category: str, rate: Decimal, territory: Territory = Territory.MAINLAND) -> VatReturnLine:
    """The line on which a sale stands, beside A1 if it is taxed.

    Exports of goods are E1, intra-EU supplies of goods F2; reverse charge, exempt sales and services that are taxed in
    another country E2. A rate that the form has no line for any more is one of the former rates.
    """
    if category != "S" or not rate:
        return _UNTAXED.get(category, _OTHERS)
    plain = rate.normalize()
    return _OF_TERRITORY.get((territory, plain)) or _STANDARD.get(plain, _OLD)


def is_taxed(sale: VatSale) -> bool:
    """Whether French VAT is charged on it."""
    return sale.category == "S" and bool(sale.rate)


def fill_return(sales: Iterable[VatSale], territory: Territory = Territory.MAINLAND) -> tuple[FilledLine, ...]:
    """The lines of the form that these sales fill, in its order; A1 is the sum of what is taxed."""
    known = list(sales)
    taxed = [each for each in known if is_taxed(each)]
    filled = [FilledLine(line=SALES, base=sum((each.base for each in taxed), Decimal(0)))] if taxed else []
    by_line: dict[VatReturnLine, list[VatSale]] = {}
    for sale in known:
        by_line.setdefault(line_of(sale.category, sale.rate, territory), []).append(sale)
    for line, group in by_line.items():
        tax = sum((each.tax for each in group), Decimal(0)) if any(map(is_taxed, group)) else None
        filled.append(FilledLine(line=line, base=sum((each.base for each in group), Decimal(0)), tax=tax))
    return tuple(sorted(filled, key=lambda each: _ORDER.index(each.line.code)))


def territory_of(post_code: str) -> Territory:
    """Where a French post code is: 20 is Corsica, 971, 972 and 974 are overseas departments with VAT of their own."""
    if post_code.startswith("20"):
        return Territory.CORSICA
    return Territory.OVERSEAS if post_code[:3] in ("971", "972", "974") else Territory.MAINLAND
