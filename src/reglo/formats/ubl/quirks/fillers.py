"""What the UBL schema demands and the invoice may not have."""

from typing import Any

from reglo.core.document import Attribute
from reglo.formats.ubl.leaves import Text, Values
from reglo.formats.ubl.output import Output

NOT_AVAILABLE = "NA"  #: stands for a value that the UBL schema demands and the invoice has not (Peppol)


def without_filler(values: Values, field: str, *, beside: str) -> Values:
    if values.get(field) == NOT_AVAILABLE and beside in values:
        del values[field]
    return values


class AttributeName(Text):
    """The name of an attribute of an item (BT-160), which the UBL schema demands beside its code too."""

    __slots__ = ()

    def write(self, name: str, values: Values, out: Output) -> None:
        super().write(name, {self.field: NOT_AVAILABLE, **values} if "code" in values else values, out)


# Any: the fields of an attribute, checked by the dataclass.
def attribute_of(**fields: Any) -> Attribute:
    """An attribute of an item (BG-32)."""
    return Attribute(**without_filler(fields, "name", beside="code"))
