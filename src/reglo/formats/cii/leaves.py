"""Read the elements that hold a value: one function a kind."""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from reglo.core.document import Identifier
from reglo.formats.cii.build import Values
from reglo.formats.cii.grammar import Kind, Node, expand
from reglo.formats.cii.state import Reader, State, attributes_of, check_attributes
from reglo.formats.cii.values import TAX_POINT_CODES, parse_binary, parse_date, parse_number


def _place(node: Node) -> Callable[[Values, Any], None]:
    *above, name = node.target
    if not above:
        return lambda values, value: values.__setitem__(name, value)

    def put(values: Values, value: object) -> None:
        for step in above:
            values = values.setdefault(step, {})
        values[name] = value

    return put


def _attributes(node: Node) -> Reader:
    """Read the attributes of a leaf, and list what else it has that a leaf should not have."""
    targets = {each.name[1:]: each for each in node.attributes}

    def read(element: etree._Element, values: Values, state: State) -> None:
        for name, value in attributes_of(element):
            known = targets.get(name)
            if known is not None and known.constant is None and not known.outer:
                values[known.target[0]] = value.strip()
        check_attributes(element, tuple(targets), state)
        for child in element:
            if isinstance(child.tag, str):
                state.is_unknown(child)

    return read


def _text(node: Node) -> Reader:
    put, extra = _place(node), _attributes(node)

    def read(element: etree._Element, values: Values, state: State) -> None:
        put(values, element.text or "")
        if element.keys() or len(element):
            extra(element, values, state)

    return read


def _code(node: Node) -> Reader:
    put, extra = _place(node), _attributes(node)

    def read(element: etree._Element, values: Values, state: State) -> None:
        text = element.text
        put(values, text.strip() if text else "")
        if element.keys() or len(element):
            extra(element, values, state)

    return read


def number_reader(node: Node) -> Reader:
    """Read a number, or say that it is none."""
    name, term, extra = node.target[-1], node.term, _attributes(node)

    def read(element: etree._Element, values: Values, state: State) -> None:
        number = values[name] = parse_number(element.text or "")
        if number is None:
            state.problem("not-a-number", element, term)
        if element.keys() or len(element):
            extra(element, values, state)

    return read


def _date(node: Node) -> Reader:
    put = _place(node)

    def read(element: etree._Element, values: Values, state: State) -> None:
        day = parse_date(element.text or "") if element.get("format") == "102" else None
        put(values, day)
        if day is None:
            state.problem("not-a-date", element, node.term)
        check_attributes(element, ("format",), state)

    return read


def _binary(node: Node) -> Reader:
    put = _place(node)

    def read(element: etree._Element, values: Values, state: State) -> None:
        attachment = parse_binary(element.text or "", element.get("mimeCode"), element.get("filename"))
        put(values, attachment)
        if attachment is None:
            state.problem("not-base64", element, node.term)
        check_attributes(element, ("mimeCode", "filename"), state)

    return read


def _constant(node: Node) -> Reader:
    expected = {node.constant, "1" if node.constant == "true" else "0" if node.constant == "false" else node.constant}

    def read(element: etree._Element, _: Values, state: State) -> None:
        if (element.text or "").strip() not in expected:
            state.is_unknown(element)
        if element.keys():
            check_attributes(element, (), state)

    return read


def _identifier(node: Node) -> Reader:
    name = node.target[-1]

    def read(element: etree._Element, values: Values, state: State) -> None:
        scheme = element.get("schemeID")
        identifier = Identifier(value=(element.text or "").strip(), scheme=None if scheme is None else scheme.strip())
        if node.repeats:
            values.setdefault(name, []).append(identifier)
        elif name in values:  # by an element of another name
            state.is_unknown(element)
        else:
            values[name] = identifier
        check_attributes(element, ("schemeID",), state)

    return read


def _account_number(node: Node) -> Reader:
    is_iban = node.kind is Kind.IBAN

    def read(element: etree._Element, values: Values, state: State) -> None:
        if "identifier" in values:
            state.is_unknown(element)
            return
        values["identifier"] = (element.text or "").strip()
        values["is_iban"] = is_iban
        check_attributes(element, (), state)

    return read


def _tax_point(node: Node) -> Reader:
    reader, name = _code(node), node.target[0]

    def read(element: etree._Element, values: Values, state: State) -> None:
        reader(element, values, state)
        values[name] = TAX_POINT_CODES.get(values[name], values[name])

    return read


def _other_name(node: Node) -> Reader:
    reader, name = _text(node), node.target[0]

    def read(element: etree._Element, values: Values, state: State) -> None:
        if name in values:
            state.is_unknown(element)
        else:
            reader(element, values, state)

    return read


def _gross_base(_: Node) -> Reader:
    """BT-149 on the gross price: that of the net price counts, and should be the same."""
    path = tuple(expand(name) for name in ("ram:NetPriceProductTradePrice", "ram:BasisQuantity"))

    def read(element: etree._Element, values: Values, state: State) -> None:
        net: etree._Element | None = element.getparent().getparent()  # type: ignore[union-attr]  # read from above
        for step in path:
            net = None if net is None else next(net.iterchildren(step), None)
        if net is None:
            _gross_base_alone(element, values, state)
        elif not _same_quantity(element, net):
            state.is_unknown(element)

    return read


def _same_quantity(gross: etree._Element, net: etree._Element) -> bool:
    """Whether the gross base says nothing that the net base does not."""
    same_number = parse_number(gross.text or "") == parse_number(net.text or "")
    return same_number and gross.get("unitCode") in (None, net.get("unitCode"))


def _gross_base_alone(element: etree._Element, values: Values, state: State) -> None:
    number = values["base_quantity"] = parse_number(element.text or "")
    if number is None:
        state.problem("not-a-number", element, "BT-149")
    unit = element.get("unitCode")
    if unit is not None:
        values["base_unit"] = unit.strip()
    check_attributes(element, ("unitCode",), state)


#: How to make the reading function of a leaf, by its kind.
LEAVES: Mapping[Kind, Callable[[Node], Reader]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.NUMBER: number_reader,
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
