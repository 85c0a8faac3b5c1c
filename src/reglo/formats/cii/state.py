"""What is gathered about a document while it is read."""

from dataclasses import dataclass, field

from lxml import etree

from reglo.formats.cii.build import Values
from reglo.formats.cii.grammar import Kind, Node
from reglo.formats.reading import Problem
from reglo.formats.xml import PathFinder, clark


def stated_currency(root: etree._Element, name: str) -> str | None:
    """BT-5 (`currency`) or BT-6 (`vat_currency`) of the document of `root`."""
    tag = clark("ram:InvoiceCurrencyCode" if name == "currency" else "ram:TaxCurrencyCode")
    return next((element.text for element in root.iter(tag)), None)


@dataclass(slots=True)
class State:
    """What is gathered about the document as a whole."""

    root: etree._Element
    invoice: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    attributes: int = 0  #: how many attributes were read
    currencies: dict[str, str | None] = field(default_factory=dict)  #: looked up before their element was read
    paths: PathFinder = field(default_factory=PathFinder)

    def problem(self, kind: str, element: etree._Element, term: str | None) -> None:
        """Note that the content of `element` is not what it should be."""
        value = "".join(map(str, element.itertext())).strip()[:80]
        self.problems.append(Problem(kind=kind, value=value, where=self.paths.path_of(element), term=term))

    def again(self, element: etree._Element, node: Node) -> None:
        """Note a second element where the model holds one: against the standard, or beyond the model."""
        if node.kind is Kind.FIRST:
            self.is_unknown(element)
        else:
            self.problem("repeated", element, node.term)

    def is_unknown(self, element: etree._Element, attribute: str | None = None) -> None:
        """Note that nothing in the model holds `element`, or one of its attributes."""
        if isinstance(element.tag, str):  # a comment or an instruction has a function for a tag
            self.unknown.append(self.paths.path_of(element, attribute))

    def currency(self, name: str) -> str | None:
        """BT-5 (`currency`) or BT-6 (`vat_currency`), even where it stands further down."""
        if name in self.invoice:
            code: str | None = self.invoice[name]
            return code
        if name not in self.currencies:
            self.currencies[name] = stated_currency(self.root, name)
        return self.currencies[name]
