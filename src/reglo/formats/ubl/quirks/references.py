"""Orders, deliveries and other invoices that a document or a line refers to."""

from lxml import etree

from reglo.core.document import DocumentReference
from reglo.formats.ubl.binding import Table, fields_of, lowered
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Values
from reglo.formats.ubl.output import Output
from reglo.formats.ubl.quirks.fillers import NOT_AVAILABLE, without_filler


class OrderReference:
    """The purchase order (BT-13) and the sales order (BT-14). UBL has no sales order without purchase order."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)
        if values.get("purchase_order") == NOT_AVAILABLE and "sales_order" in values:
            del values["purchase_order"]

    def write(self, name: str, values: Values, out: Output) -> None:
        if "sales_order" in values:
            values = {"purchase_order": NOT_AVAILABLE, **values}
        self.table.write(name, values, out)


class LineReference:
    """A line of a despatch or receiving advice, and which advice (EXT)."""

    __slots__ = ("field", "groups", "table")

    def __init__(self, field: str, table: Table) -> None:
        self.field = field
        self.groups = (field,)
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field in values:
            context.repeated(element, None)
            return
        inner = self.table.read_values(element, context)
        values[self.field] = DocumentReference(**without_filler(inner, "line", beside="number"))

    def write(self, name: str, values: Values, out: Output) -> None:
        found = fields_of(values.get(self.field))
        if found:
            self.table.write(name, {"line": NOT_AVAILABLE, **found}, out)


class OrderLineReference:
    """The line of the order (BT-132), and, where orders differ by line, which order (EXT)."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)
        without_filler(values, "order_line", beside="order")

    def write(self, name: str, values: Values, out: Output) -> None:
        if "order" in values:
            values = {"order_line": NOT_AVAILABLE, **values}
        self.table.write(name, values, out)


class LineBillingReference:
    """Which invoice a line refers to (EXT-FR-FE-136); with the number of this very document, which line it is under.

    EXTENDED-CTC-FR says so that a line is a sub-line: EXT-FR-FE-162 is the line of the reference, EXT-FR-FE-163 its
    status.
    """

    __slots__ = ("groups", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups = ("preceding_invoice",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        if inner.get("number") is not None and inner.get("number") == context.number:
            place = {"parent": inner.pop("line", None), "kind": inner.pop("kind", None)}
            found = {field: value for field, value in place.items() if value is not None}
            _put_once(found, values, element, context)
        elif "preceding_invoice" in values:
            context.repeated(element, "EXT-FR-FE-136")
        else:
            if inner.pop("kind", None) is not None:
                context.unread(element)
            values["preceding_invoice"] = DocumentReference(**inner)

    def write(self, name: str, values: Values, out: Output) -> None:
        place = lowered(values, {"line": "parent", "kind": "kind"})
        if place and out.number is not None:
            self.table.write(name, {"number": out.number, **place}, out)
        self.table.write(name, fields_of(values.get("preceding_invoice")), out)


def _put_once(found: Values, values: Values, element: etree._Element, context: Context) -> None:
    if found.keys() & values.keys():
        context.repeated(element, "EXT-FR-FE-162")
    else:
        values.update(found)
