"""Values: entries of the binding that carry one field in one element."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from lxml import etree

from reglo.core.document import Identifier
from reglo.formats.numbers import format_number, parse_number
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.output import Output
from reglo.formats.ubl.values import date_of

#: Values read so far, by field. Any: each field has its own type, which the dataclass at the end declares.
Values = dict[str, Any]


class Leaf:
    """A value: one field, read from the text of one element. Texts are kept as they stand."""

    __slots__ = ("field", "term")
    attributes: ClassVar[list[str]] = []  #: those that are read, in the order in which all the world writes them

    def __init__(self, field: str, term: str | None = None) -> None:
        self.field = field
        self.term = term

    @property
    def fills(self) -> tuple[str, ...]:
        """The fields of the model that the element gives."""
        return (self.field,)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field in values:
            context.repeated(element, self.term)
            return
        values[self.field] = self.value(element, context)
        attributes = element.keys()
        if (attributes and attributes != self.attributes) or len(element):
            context.leftovers(element, self.attributes)

    def value(self, element: etree._Element, _context: Context) -> object:
        """The value of `element`, or None and a problem where it has none."""
        return element.text or ""

    def write(self, name: str, values: Values, out: Output) -> None:
        value = values.get(self.field)
        if value is not None:
            self.write_value(name, value, out)

    def write_value(self, name: str, value: Any, out: Output) -> None:  # Any: the type that the kind of leaf reads
        """Write one value that is not None."""
        out.value(name, value)


class Text(Leaf):
    """A text, kept as it stands."""

    __slots__ = ()


class Code(Leaf):
    """A code: blanks around it say nothing."""

    __slots__ = ()

    def value(self, element: etree._Element, _context: Context) -> object:
        return (element.text or "").strip()


class Number(Leaf):
    """A number without unit: a percentage, a quantity."""

    __slots__ = ()

    def value(self, element: etree._Element, context: Context) -> object:
        number = parse_number(element.text or "")
        if number is None:
            context.report("not-a-number", element, self.term)
        return number

    def write_value(self, name: str, value: Decimal, out: Output) -> None:
        out.value(name, format_number(value))


class Amount(Number):
    """An amount in the currency of the document (BT-5). Another currency is reported as unknown."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["currencyID"]

    def value(self, element: etree._Element, context: Context) -> object:
        currency = element.get("currencyID")
        if currency != context.currency and currency is not None and _differ(currency, context.currency):
            context.unread_attribute(element, "currencyID")
        return super().value(element, context)

    def write_value(self, name: str, value: Decimal, out: Output) -> None:
        out.value(name, format_number(value), {"currencyID": out.currency})


class Quantity(Number):
    """A number and its unit, in two fields."""

    __slots__ = ("unit",)
    attributes: ClassVar[list[str]] = ["unitCode"]

    def __init__(self, field: str, term: str, unit: str) -> None:
        super().__init__(field, term)
        self.unit = unit

    @property
    def fills(self) -> tuple[str, ...]:
        return (self.field, self.unit)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field not in values:
            values[self.unit] = _stripped(element.get("unitCode"))
        super().read(element, values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        number = values.get(self.field)
        if number is not None:
            out.value(name, format_number(number), {"unitCode": values.get(self.unit)})


class Day(Leaf):
    """A date."""

    __slots__ = ()

    def value(self, element: etree._Element, context: Context) -> object:
        day = date_of(element.text or "")
        if day is None:
            context.report("not-a-date", element, self.term)
        return day

    def write_value(self, name: str, value: date, out: Output) -> None:
        out.value(name, value.isoformat())


class Identified(Leaf):
    """An identifier and the scheme it is from."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["schemeID"]

    def value(self, element: etree._Element, _context: Context) -> object:
        return Identifier(value=element.text or "", scheme=_stripped(element.get("schemeID")))

    def write_value(self, name: str, value: Identifier, out: Output) -> None:
        out.value(name, value.value, {"schemeID": value.scheme})


class Classified(Leaf):
    """An identifier from a list of codes that has a version."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["listID", "listVersionID"]

    def value(self, element: etree._Element, _context: Context) -> object:
        return Identifier(
            value=(element.text or "").strip(),
            scheme=_stripped(element.get("listID")),
            scheme_version=element.get("listVersionID"),
        )

    def write_value(self, name: str, value: Identifier, out: Output) -> None:
        out.value(name, value.value, {"listID": value.scheme, "listVersionID": value.scheme_version})


def _differ(currency: str, of_document: str | None) -> bool:
    return of_document is not None and currency.strip() != of_document


def _stripped(text: str | None) -> str | None:
    return None if text is None else text.strip()
