"""What is gathered about a document while it is read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from reglo.formats.cii.build import Values
from reglo.formats.cii.grammar import expand
from reglo.formats.reading import Problem
from reglo.formats.xml import PathFinder

#: What the schema instance attributes say is not about the invoice.
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(slots=True)
class State:
    """What is gathered about the document as a whole."""

    root: etree._Element
    invoice: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    currencies: list[tuple[etree._Element, str]] = field(default_factory=list)
    paths: PathFinder = field(default_factory=PathFinder)

    def problem(self, kind: str, element: etree._Element, term: str | None) -> None:
        """Note that the content of `element` is not what it should be."""
        value = "".join(map(str, element.itertext())).strip()[:80]
        self.problems.append(Problem(kind=kind, value=value, where=self.paths.path_of(element), term=term))

    def is_unknown(self, element: etree._Element, attribute: str | None = None) -> None:
        """Note that nothing in the model holds `element`, or one of its attributes."""
        self.unknown.append(self.paths.path_of(element, attribute))

    def currency(self, name: str) -> str | None:
        """BT-5 (`currency`) or BT-6 (`vat_currency`), even where it stands further down."""
        if name not in self.invoice:
            tag = "ram:InvoiceCurrencyCode" if name == "currency" else "ram:TaxCurrencyCode"
            return next((element.text for element in self.root.iter(expand(tag))), None)
        code: str | None = self.invoice[name]
        return code


Reader = Callable[[etree._Element, Values, State], None]


def attributes_of(element: etree._Element) -> list[tuple[str, str]]:
    """Names and values of all attributes."""
    return cast("list[tuple[str, str]]", element.items())  # the stubs allow for bytes, which Python 3 never gives


def check_attributes(element: etree._Element, known: tuple[str, ...], state: State) -> None:
    """Note the attributes of `element` that are not `known`; of currencies, decide when that of the document is."""
    for name, value in attributes_of(element):
        if name in known or name.startswith(_SCHEMA_INSTANCE):
            continue
        if name == "currencyID":
            state.currencies.append((element, value))
        else:
            state.is_unknown(element, name)
