"""Allowances and charges, VAT categories, totals: one element of UBL, several terms."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from lxml import etree

from reglo.core.document import VatBreakdown
from reglo.formats.numbers import format_number, parse_number
from reglo.formats.ubl.binding import Table, fields_of
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Leaf, Values
from reglo.formats.ubl.output import Output
from reglo.formats.ubl.quirks.parties import VAT
from reglo.formats.ubl.values import boolean_of
from reglo.formats.xml import CBC


class TaxCategory:
    """The VAT category of a line, an allowance or a breakdown. A category of another tax is no term."""

    __slots__ = ("fields", "table", "term")

    def __init__(self, table: Table, term: str) -> None:
        self.table = table
        self.term = term
        self.fields = [entry.field for entry in table.entries.values() if isinstance(entry, Leaf)]

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        if (inner.pop("scheme", None) or "").upper() != VAT:
            context.unread(element)
        elif inner.keys() & values.keys():
            context.repeated(element, self.term)
        else:
            values.update(inner)

    def write(self, name: str, values: Values, out: Output) -> None:
        found = {field: values[field] for field in self.fields if field in values}
        if found:
            self.table.write(name, {**found, "scheme": VAT}, out)


class AllowanceOrCharge:
    """An allowance or a charge, as its indicator says (BG-20 and BG-21, BG-27 and BG-28)."""

    __slots__ = ("groups", "repeatable", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups = self.repeatable = ("allowances", "charges")

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        is_charge = charge_indicator(element, context)
        if is_charge is None:
            context.unread(element)
            return
        inner = self.table.read_values(element, context)
        del inner["indicator"]
        values.setdefault("charges" if is_charge else "allowances", []).append(self.table.make(**inner))

    def write(self, name: str, values: Values, out: Output) -> None:
        for field, indicator in (("allowances", "false"), ("charges", "true")):
            for each in values.get(field, ()):
                self.table.write(name, {**fields_of(each), "indicator": indicator}, out)


def charge_indicator(element: etree._Element, context: Context) -> bool | None:
    """Whether a cac:AllowanceCharge is a charge, or None and a problem where it does not say."""
    indicator = element.find(_INDICATOR)
    if indicator is None:
        return None
    value = boolean_of(indicator.text or "")
    if value is None:
        context.report("not-a-boolean", indicator, None)
    return value


_INDICATOR = f"{{{CBC}}}ChargeIndicator"


class PriceDiscount:
    """The discount on a price (BT-147) and the price before it (BT-148). A charge on a price is no term."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if charge_indicator(element, context) is True:
            context.unread(element)
            return
        if "discount" in values or "gross" in values:
            context.repeated(element, "BT-147")
            return
        self.table.read_into(element, values, context)
        values.pop("indicator", None)

    def write(self, name: str, values: Values, out: Output) -> None:
        if "discount" in values or "gross" in values:
            self.table.write(name, {"discount": _discount(values), **values, "indicator": "false"}, out)


def _discount(price: Values) -> Decimal:
    """The discount of a price that does not say it (BT-147 = BT-148 − BT-146)."""
    gross: Decimal = price.get("gross", Decimal(0))
    net: Decimal = price.get("net", gross)
    return gross - net


class TaxTotal:
    """Total VAT: BT-110 with its breakdown (BG-23), or, in the currency of accounting, BT-111."""

    __slots__ = ("repeatable", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.repeatable = ("vat_breakdown",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        field = _total_field(element, context)
        inner = self.table.read_values(element, context)
        totals = values.setdefault("totals", {})
        if "amount" in inner:
            amount, stands_at = inner["amount"]
            if field is None:
                context.unread(stands_at)
            elif field in totals:
                context.repeated(stands_at, _TOTAL_TERMS[field])
            else:
                totals[field] = amount
        if field != "vat_accounting":
            values.setdefault("vat_breakdown", []).extend(inner.get("breakdown", ()))
        elif "breakdown" in inner:
            context.unread(element)

    def write(self, name: str, values: Values, out: Output) -> None:
        totals = values.get("totals", {})
        main: Values = {"breakdown": values.get("vat_breakdown", ())}
        if "vat" in totals or main["breakdown"]:
            main["amount"] = (totals.get("vat", _sum_of_tax(main["breakdown"])), out.currency)
        self.table.write(name, main, out)
        if "vat_accounting" in totals:
            self.table.write(name, {"amount": (totals["vat_accounting"], out.vat_currency)}, out)


def _sum_of_tax(breakdown: Iterable[VatBreakdown]) -> Decimal:
    """Total VAT where only its parts are said, which UBL cannot: a cac:TaxTotal begins with its amount (BR-CO-14)."""
    return sum((each.tax for each in breakdown if each.tax is not None), Decimal(0))


_TOTAL_TERMS = {"vat": "BT-110", "vat_accounting": "BT-111"}


def _total_field(element: etree._Element, context: Context) -> str | None:
    """Which total a cac:TaxTotal is, by the currency of its amount; None for that of a third currency."""
    amount = element.find(_TAX_AMOUNT)
    currency = None if amount is None else amount.get("currencyID")
    currency = None if currency is None else currency.strip()
    if currency is None or context.currency is None or currency == context.currency:
        only_accounting = currency is not None and currency == context.vat_currency != context.currency
        return "vat_accounting" if only_accounting else "vat"
    return "vat_accounting" if currency == context.vat_currency else None


_TAX_AMOUNT = f"{{{CBC}}}TaxAmount"


class TaxAmount(Leaf):
    """The amount of a cac:TaxTotal, with where it stands: which term it is, its currency says."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["currencyID"]

    def value(self, element: etree._Element, context: Context) -> object:
        amount = parse_number(element.text or "")
        if amount is None:
            context.report("not-a-number", element, "BT-110")
        return amount, element

    def write_value(self, name: str, value: tuple[Decimal, str | None], out: Output) -> None:
        amount, currency = value
        out.value(name, format_number(amount), {"currencyID": currency})


class MonetaryTotal:
    """BG-22, but for its VAT, which stands in cac:TaxTotal."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values.setdefault("totals", {}), context)

    def write(self, name: str, values: Values, out: Output) -> None:
        self.table.write(name, values.get("totals", {}), out)
