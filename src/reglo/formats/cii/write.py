"""Write the model as a Cross Industry Invoice: canonical, and the same bytes for the same invoice.

UTF-8 with an XML declaration; namespaces declared once, at the root, with their usual prefixes; elements in the order
of the schema, indented by two spaces; amounts as plain decimals with the digits that they have; dates in format 102;
a line feed at the end. The table of `mapping` is made once into nested lists of small writing functions.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from reglo.core.document import Invoice
from reglo.formats.cii.grammar import NAMESPACES, STRUCTURES, UNWRITTEN, Kind, Node, getter, grammar
from reglo.formats.cii.profile import refuse_what_is_lacking
from reglo.formats.cii.texts import TEXTS, attribute_writer

_Out = list[str]
#: Writes what an object says at one place, and tells whether it said anything.
_Write = Callable[[Any, Invoice, _Out], bool]  # Any: whichever class of the model

_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rsm:CrossIndustryInvoice'
    + "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    + ">\n"
)
#: Objects of the model that CII has in several places.
_SPREAD = frozenset({"account", "delivery", "price"})

_END = "</rsm:CrossIndustryInvoice>\n"


def write_cii(invoice: Invoice) -> bytes:
    """The invoice as XML, in the profile that it claims (BT-24).

    Raises ProfileTooSmall, naming the terms, if the invoice uses terms that this profile lacks, and
    UnwritableCharacter for what XML 1.0 cannot say.
    """
    refuse_what_is_lacking(invoice)
    out: _Out = [_START]
    for write in _compiled():
        write(invoice, invoice, out)
    out.append(_END)
    return "".join(out).encode()


@cache
def _compiled() -> tuple[_Write, ...]:
    return _writers(grammar().children, "  ")


def _writers(nodes: Sequence[Node], indent: str) -> tuple[_Write, ...]:
    return tuple(_writer(node, indent) for node in nodes if node.kind not in UNWRITTEN)


def _writer(node: Node, indent: str) -> _Write:
    if node.kind is Kind.CONSTANT:
        return _constant(node, indent)
    write = _structure(node, indent) if node.kind in STRUCTURES else _leaf(node, indent)
    if node.kind is Kind.DATE and node.outer:
        return _in_first_breakdown(write)
    if node.repeats:
        return _each(node, write)
    return _object(node, write) if node.kind in STRUCTURES and node.target else write


def _structure(node: Node, indent: str) -> _Write:
    """An element with those inside.

    Where those say nothing, an empty element stands for an object that is there but empty, and for what the schema
    asks for anyway; nothing stands for one of the places of an object that is spread over several.
    """
    start, end, empty = f"{indent}<{node.name}>\n", f"{indent}</{node.name}>\n", f"{indent}<{node.name}/>\n"
    inside = _writers(node.children, indent + "  ")
    always = node.kind is Kind.ALWAYS
    is_object = bool(node.target) and node.target[-1] not in _SPREAD
    is_constant = all(each.kind is Kind.CONSTANT for each in node.children)

    def write(value: object, invoice: Invoice, out: _Out) -> bool:
        begin = len(out)
        out.append(start)
        said = False
        for each in inside:
            if each(value, invoice, out):
                said = True
        if said or is_constant or (is_object and len(out) > begin + 1):
            out.append(end)
        elif always or is_object:
            out[begin] = empty
        else:
            del out[begin:]
        return said or is_object

    return write


def _object(node: Node, write: _Write) -> _Write:
    """What is written of an object of the model, if that is there."""
    get = getter(node.target)

    def write_object(value: object, invoice: Invoice, out: _Out) -> bool:
        inside = get(value)
        return inside is not None and write(inside, invoice, out)

    return write_object


def _each(node: Node, write: _Write) -> _Write:
    get = getter(node.target)

    def write_each(value: object, invoice: Invoice, out: _Out) -> bool:
        said = False
        for inside in get(value) or ():
            if write(inside, invoice, out):
                said = True
        return said

    return write_each


def _in_first_breakdown(write: _Write) -> _Write:
    """BT-7 stands once in the document (CII-SR-461); BT-8 stands in each VAT breakdown."""

    def write_first(value: object, invoice: Invoice, out: _Out) -> bool:
        return value is invoice.vat_breakdown[0] and write(value, invoice, out)

    return write_first


def _constant(node: Node, indent: str) -> _Write:
    line = f"{indent}<{node.name}>{node.constant}</{node.name}>\n"

    def write(_: object, __: Invoice, out: _Out) -> bool:
        out.append(line)
        return False  # alone it says nothing

    return write


def _leaf(node: Node, indent: str) -> _Write:
    if node.attributes:
        return _leaf_with_attributes(node, indent)
    text_of, end = TEXTS[node.kind](node), f"</{node.name}>\n"
    start = f"{indent}<{node.name}"

    def write(value: object, invoice: Invoice, out: _Out) -> bool:
        text = text_of(invoice if node.outer else value)
        if text is None:
            return False
        out.append(f"{start}{text}{end}")
        return True

    return write


def _leaf_with_attributes(node: Node, indent: str) -> _Write:
    text_of, start, end = TEXTS[node.kind](node), f"{indent}<{node.name}", f"</{node.name}>\n"
    attributes = [attribute_writer(each) for each in node.attributes]
    said_by_attributes = any(each.target and not each.outer for each in node.attributes)

    def write(value: object, invoice: Invoice, out: _Out) -> bool:
        text = text_of(value)
        names = "".join([each(value, invoice) for each in attributes])
        if text is None and not (said_by_attributes and names):
            return False
        out.append(f"{start}{names}{text or '>'}{end}")
        return True

    return write
