"""From a place in the model to the place in a UBL document.

The binding is asked the other way round: of the elements at hand, the one that is read into the field wanted.
"""

import re
from itertools import islice

from lxml import etree

from reglo.formats.ubl.binding import Entry, Inside, Many, One, ReadOnly, Table
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Leaf, Values
from reglo.formats.ubl.tables import CREDIT_NOTE, INVOICE
from reglo.formats.xml import CBC, UBL_CREDIT_NOTE, xpath_of

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
    steps = [(name, int(position or 0)) for name, position in _step.findall(where)]
    table = CREDIT_NOTE if root.tag == f"{{{UBL_CREDIT_NOTE}}}CreditNote" else INVOICE
    context = Context(
        number=root.findtext(f"{{{CBC}}}ID"),
        currency=root.findtext(f"{{{CBC}}}DocumentCurrencyCode"),
        vat_currency=root.findtext(f"{{{CBC}}}TaxCurrencyCode"),
    )
    return xpath_of(_Search(context).in_document(root, table, steps))


class _Search:
    """A search in one document, with the facts about it that reading needs."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._in_totals = False

    def in_document(self, root: etree._Element, table: Table, steps: _Steps) -> etree._Element:
        """The same as `below`, with the two groups that UBL scatters: their fields are those of the document."""
        group = steps[0][0] if len(steps) > 1 else ""
        if group == "payment":
            return self.below(root, table, steps[1:])
        if group == "totals":
            self._in_totals = True
            return self.below(root, table, steps[1:])
        return self.below(root, table, steps)

    def below(self, element: etree._Element, table: Table, steps: _Steps) -> etree._Element:
        """The element in `element` that carries the last of `steps`, or the deepest one on the way that exists."""
        if not steps:
            return element
        field, position = steps[0]
        repeated = [] if self._in_totals else _tags_of_group(table, field)
        if repeated:
            child = next(islice(element.iterchildren(*repeated), position, None), None)
            return element if child is None else self._inside(child, _readable(table.entries[child.tag]), steps)
        for child in element:
            entry = table.entries.get(child.tag)
            if entry is None or not may_fill(entry := _readable(entry), field):
                continue
            there = self._filled(child, entry, field)
            if position < there:
                return self._inside(child, entry, [(field, position), *steps[1:]])
            position -= there
        return element

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
            return self.below(element, table, renamed)
        return self.below(element, table, [(_name_inside(entry, field), position), *rest])


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
