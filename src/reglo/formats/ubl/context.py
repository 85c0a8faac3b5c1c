"""What is remembered while a document is read: what was not understood, and where it stood."""

from collections.abc import Collection

from lxml import etree

from reglo.formats.reading import Problem
from reglo.formats.xml import SCHEMA_INSTANCE, PathFinder

_SHOWN = 80  #: characters of a wrong value that a problem repeats


class Context:
    """Facts about the whole document that its parts need, and the problems found so far.

    number: BT-1; currency: BT-5; vat_currency: BT-6; they are looked up before the walk, since parts refer to them.
    """

    __slots__ = ("_paths", "currency", "number", "problems", "unknown", "vat_currency")

    def __init__(self, *, number: str | None, currency: str | None, vat_currency: str | None) -> None:
        self.number = number
        self.currency = currency
        self.vat_currency = vat_currency
        self.problems: list[Problem] = []
        self.unknown: list[str] = []
        self._paths = PathFinder()

    def report(self, kind: str, element: etree._Element, term: str | None, value: str | None = None) -> None:
        """Note a value that is not what it should be."""
        shown = (element.text or "") if value is None else value
        self.problems.append(Problem(kind=kind, value=shown[:_SHOWN], where=self.path_of(element), term=term))

    def repeated(self, element: etree._Element, term: str | None) -> None:
        """Note a second element where the model has room for one."""
        self.report("repeated", element, term, value=(element.text or "").strip())

    def unread(self, element: etree._Element) -> None:
        """Note an element that no term carries, with all that is in it."""
        if isinstance(element.tag, str):
            self.unknown.append(self.path_of(element))

    def unread_attribute(self, element: etree._Element, name: str) -> None:
        """Note an attribute that no term carries."""
        self.unknown.append(f"{self.path_of(element)}/@{_local(name)}")

    def leftovers(self, element: etree._Element, read: Collection[str]) -> None:
        """Note every attribute of a value but those `read`, and every element inside it."""
        self.leftover_attributes(element, read)
        for child in element:
            self.unread(child)

    def leftover_attributes(self, element: etree._Element, read: Collection[str] = ()) -> None:
        """Note every attribute but those `read`. Where its schema lies (xsi:…) is no part of a document."""
        for name in map(str, element.keys()):
            if name not in read and not name.startswith(SCHEMA_INSTANCE):
                self.unread_attribute(element, name)

    def path_of(self, element: etree._Element) -> str:
        """The XPath of `element`."""
        return self._paths.path_of(element)


def _local(attribute: str) -> str:
    return attribute.rsplit("}", 1)[-1]
