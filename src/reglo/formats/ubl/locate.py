"""From a place in the model to the place in a UBL document.

The binding is asked the other way round: of the elements at hand, the one that is read into the field wanted.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from reglo.formats.ubl.binding import Entry, Inside, Many, One, ReadOnly, Table
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Leaf, Values
from reglo.formats.ubl.tables import CREDIT_NOTE, INVOICE
from reglo.formats.xml import CBC, UBL_CREDIT_NOTE, PathFinder

_step = re.compile(r"(\w+)(?:\[(\d+)\])?")
_Steps = list[tuple[str, int]]  #: fields and, where one repeats, which of them

#: Fields that have another name in the table of the element that carries them.
_NAMES_INSIDE = {
    "vat_identifier": "company",
    "tax_registration": "company",
    "invoiced_object": "identifier",
    "project": "identifier",
    "vat_breakdown": "breakdown",
    "vat": "amount",
    "vat_accounting": "amount",
    "parent": "line",
}


def locate_ubl(root: etree._Element, where: str) -> str:
    """The XPath, in this document, of a path in the model: "seller.address.country", "lines[2].price.net".

    Positions count from 0, as in Python. Where the element is missing, the path is that of the nearest one above it
    that is there; where `where` is no path in the model, that of the root.
    """
    return UblLocator(root).locate(where)


class _Carrier(NamedTuple):
    """An element that carries a value of a field."""

    element: etree._Element
    entry: Entry
    position: int  #: of the value among those that the element carries


class UblLocator:
    """`locate_ubl` for many places in one document: what carries a field is looked for once."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._table = CREDIT_NOTE if root.tag == f"{{{UBL_CREDIT_NOTE}}}CreditNote" else INVOICE
        self._context = Context(
            number=root.findtext(f"{{{CBC}}}ID"),
            currency=root.findtext(f"{{{CBC}}}DocumentCurrencyCode"),
            vat_currency=root.findtext(f"{{{CBC}}}TaxCurrencyCode"),
        )
        self._in_totals = False
        self._known: dict[tuple[etree._Element, str, bool], list[_Carrier]] = {}
        self._paths = PathFinder()

    def locate(self, where: str) -> str:
        """The same path that `locate_ubl` gives."""
        steps = [(name, int(position or 0)) for name, position in _step.findall(where)]
        return self._paths.path_of(self._in_document(steps))

    def _in_document(self, steps: _Steps) -> etree._Element:
        """The same as `_below`, with the two groups that UBL scatters: their fields are those of the document."""
        group = steps[0][0] if len(steps) > 1 else ""
        self._in_totals = group == "totals"
        return self._below(self._root, self._table, steps[1:] if group in ("payment", "totals") else steps)

    def _below(self, element: etree._Element, table: Table, steps: _Steps) -> etree._Element:
        """The element in `element` that carries the last of `steps`, or the deepest one on the way that exists."""
        if not steps:
            return element
        (field, position), *rest = steps
        carriers = self._carriers(element, table, field)
        if position >= len(carriers):
            return element
        found = carriers[position]
        return self._inside(found.element, found.entry, [(field, found.position), *rest])

    def _carriers(self, element: etree._Element, table: Table, field: str) -> list[_Carrier]:
        """What carries the values of `field` in `element`, in their order."""
        key = (element, field, self._in_totals)
        if key not in self._known:
            self._known[key] = list(self._find_carriers(element, table, field))
        return self._known[key]

    def _find_carriers(self, element: etree._Element, table: Table, field: str) -> Iterator[_Carrier]:
        repeated = () if self._in_totals else _tags_of_group(table, field)
        for child in element.iterchildren(*repeated):
            entry = table.entries.get(child.tag)
            if entry is None or not may_fill(entry := _readable(entry), field):
                continue
            for position in range(self._filled(child, entry, field)):
                yield _Carrier(child, entry, position)

    def _filled(self, element: etree._Element, entry: Entry, field: str) -> int:
        """How many values of `field` the element gives."""
        if isinstance(entry, One | Many) and entry.field == field:
            return 1
        values: Values = {}
        entry.read(element, values, self._context)
        found = values.get("totals", {}).get(field) if self._in_totals else values.get(field)
        return len(found) if isinstance(found, list | tuple) else int(found is not None)

    def _inside(self, element: etree._Element, entry: Entry, steps: _Steps) -> etree._Element:
        """The element in `element`, which fills the first of `steps`, that carries the last."""
        table: Table | None = getattr(entry, "table", None)
        self._in_totals = False
        if table is None:
            return element
        (field, position), *rest = steps
        if field in getattr(entry, "groups", ()):
            renamed = [("identifier" if name == "reference" else name, index) for name, index in rest]
            return self._below(element, table, renamed)
        return self._below(element, table, [(_name_inside(entry, field), position), *rest])


def _tags_of_group(table: Table, field: str) -> list[str]:
    """The elements that each are one of a repeated group: they need not be read to be counted."""
    entries = {tag: _readable(entry) for tag, entry in table.entries.items()}
    return [tag for tag, entry in entries.items() if isinstance(entry, Many) and entry.field == field]


def _readable(entry: Entry) -> Entry:
    return entry.entry if isinstance(entry, ReadOnly) else entry


def may_fill(entry: Entry, field: str) -> bool:
    """Whether it is worth asking an entry for a field: spares reading a thousand lines to find a number."""
    if isinstance(entry, One | Many):
        return field == entry.field or field in entry.lift.values()
    if isinstance(entry, Leaf):
        return field in entry.fills
    return True


def _name_inside(entry: Entry, field: str) -> str:
    if isinstance(entry, Inside):
        return field
    lifted = entry.lift if isinstance(entry, One | Many) else {}
    for inside, outside in lifted.items():
        if outside == field:
            return inside
    return _NAMES_INSIDE.get(field, field)
