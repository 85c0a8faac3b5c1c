"""What the UBL schema demands or has, and the invoice may not."""

from typing import Any

from lxml import etree

from reglo.core.document import Attribute
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Code, Text, Values
from reglo.formats.ubl.output import Output

NOT_AVAILABLE = "NA"  #: stands for a value that the UBL schema demands and the invoice has not (Peppol)


def without_filler(values: Values, field: str, *, beside: str) -> Values:
    """`values` less a `field` that only stands for nothing, as it may where there is the one `beside` it."""
    if values.get(field) == NOT_AVAILABLE and beside in values:
        del values[field]
    return values


class Silent(Code):
    """An element that no term carries: kept out, and reported as unknown where it tells something.

    usual: what it says when it tells nothing.
    """

    __slots__ = ("usual",)

    def __init__(self, usual: str) -> None:
        super().__init__("silent")
        self.usual = usual

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        super().read(element, values, context)
        if values.pop(self.field) not in ("", self.usual):
            context.unread(element)

    def write(self, name: str, values: Values, out: Output) -> None:
        """Write nothing."""


class AttributeName(Text):
    """The name of an attribute of an item (BT-160), which the UBL schema demands beside its code too."""

    __slots__ = ()

    def write(self, name: str, values: Values, out: Output) -> None:
        super().write(name, {self.field: NOT_AVAILABLE, **values} if "code" in values else values, out)


# Any: the fields of an attribute, checked by the dataclass.
def attribute_of(**fields: Any) -> Attribute:
    """An attribute of an item (BG-32)."""
    return Attribute(**without_filler(fields, "name", beside="code"))
