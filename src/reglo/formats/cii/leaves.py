"""Read the elements that hold a value: one function a kind."""

from collections.abc import Callable, Mapping

from lxml import etree

from reglo.core.document import Identifier
from reglo.formats.cii.build import Values
from reglo.formats.cii.grammar import Kind, Node
from reglo.formats.cii.state import State
from reglo.formats.cii.values import TAX_POINT_CODES, parse_binary, parse_date
from reglo.formats.numbers import parse_number
from reglo.formats.xml import clark

#: Puts the value of an element into the dictionary of the object that it belongs to.
Reader = Callable[[etree._Element, Values, State], None]


def _attribute(element: etree._Element, name: str, state: State) -> str | None:
    """An attribute, counted as read."""
    value = element.get(name)
    if value is None:
        return None
    state.attributes += 1
    return value


def _placed(reader: Reader, node: Node) -> Reader:
    """`reader`, for a term that belongs to an object inside the one at hand."""
    above = node.target[:-1]
    if not above:
        return reader

    def read(element: etree._Element, values: Values, state: State) -> None:
        for step in above:
            values = values.setdefault(step, {})
        reader(element, values, state)

    return read


def _with_attributes(reader: Reader, node: Node) -> Reader:
    """`reader`, and then the attributes that the table lists."""
    if not node.attributes:
        return reader
    targets = [(each.name[1:], each.target[0] if each.target and not each.outer else None) for each in node.attributes]

    def read(element: etree._Element, values: Values, state: State) -> None:
        reader(element, values, state)
        for name, target in targets:
            value = _attribute(element, name, state)
            if value is not None and target is not None:
                values[target] = value.strip()

    return read


def _text(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, _: State) -> None:
        values[name] = element.text or ""

    return read


def _code(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, _: State) -> None:
        text = element.text
        values[name] = text.strip() if text else ""

    return read


def _number(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, state: State) -> None:
        number = values[name] = parse_number(element.text or "")
        if number is None:
            state.problem("not-a-number", element, node.term)

    return read


def _date(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, state: State) -> None:
        is_known_format = _attribute(element, "format", state) == "102"
        day = values[name] = parse_date(element.text or "") if is_known_format else None
        if day is None:
            state.problem("not-a-date", element, node.term)

    return read


def _binary(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, state: State) -> None:
        mime_code, filename = _attribute(element, "mimeCode", state), _attribute(element, "filename", state)
        attachment = values[name] = parse_binary(element.text or "", mime_code, filename)
        if attachment is None:
            state.problem("not-base64", element, node.term)

    return read


def _constant(node: Node) -> Reader:
    expected = {"true": ("true", "1"), "false": ("false", "0")}.get(node.constant or "", (node.constant,))

    def read(element: etree._Element, _: Values, state: State) -> None:
        if (element.text or "").strip() not in expected:
            state.is_unknown(element)

    return read


def _identifier(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, state: State) -> None:
        if name in values and not node.repeats:  # by an element of another name
            state.is_unknown(element)
            return
        scheme = _attribute(element, "schemeID", state)
        identifier = Identifier(value=(element.text or "").strip(), scheme=None if scheme is None else scheme.strip())
        if node.repeats:
            values.setdefault(name, []).append(identifier)
        else:
            values[name] = identifier

    return read


def _account_number(node: Node) -> Reader:
    is_iban = node.kind is Kind.IBAN

    def read(element: etree._Element, values: Values, state: State) -> None:
        if "identifier" in values:
            state.is_unknown(element)
            return
        values["identifier"] = (element.text or "").strip()
        values["is_iban"] = is_iban

    return read


def _tax_point(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, _: State) -> None:
        code = (element.text or "").strip()
        values[name] = TAX_POINT_CODES.get(code, code)

    return read


def _other_name(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, state: State) -> None:
        if name in values:
            state.is_unknown(element)
        else:
            values[name] = element.text or ""

    return read


def _gross_base(_: Node) -> Reader:
    """BT-149 on the gross price: that of the net price counts, and should be the same."""
    path = tuple(clark(name) for name in ("ram:NetPriceProductTradePrice", "ram:BasisQuantity"))

    def read(element: etree._Element, values: Values, state: State) -> None:
        unit = _attribute(element, "unitCode", state)
        net: etree._Element | None = element.getparent().getparent()  # type: ignore[union-attr]  # read from above
        for step in path:
            net = None if net is None else next(net.iterchildren(step), None)
        if net is not None:
            if not _same_quantity(element, net):
                state.is_unknown(element)
            return
        number = values["base_quantity"] = parse_number(element.text or "")
        if number is None:
            state.problem("not-a-number", element, "BT-149")
        if unit is not None:
            values["base_unit"] = unit.strip()

    return read


def _same_quantity(gross: etree._Element, net: etree._Element) -> bool:
    """Whether the gross base says nothing that the net base does not."""
    same_number = parse_number(gross.text or "") == parse_number(net.text or "")
    return same_number and gross.get("unitCode") in (None, net.get("unitCode"))


_LEAVES: Mapping[Kind, Callable[[Node], Reader]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.BINARY: _binary,
    Kind.CONSTANT: _constant,
    Kind.ID: _identifier,
    Kind.PLAIN_ID: _identifier,
    Kind.GLOBAL_ID: _identifier,
    Kind.IBAN: _account_number,
    Kind.PROPRIETARY: _account_number,
    Kind.TAX_POINT: _tax_point,
    Kind.OTHER_NAME: _other_name,
    Kind.GROSS_BASE: _gross_base,
}


def leaf(node: Node) -> Reader:
    """The reading function of an element that holds a value."""
    return _placed(_with_attributes(_LEAVES[node.kind](node), node), node)
