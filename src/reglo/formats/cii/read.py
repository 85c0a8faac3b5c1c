"""Read a Cross Industry Invoice into the model, and say what was not understood.

The tree of `grammar` is made once into nested dictionaries from tag to a small reading function; a document is then
read in one walk. Each function puts what it reads into the dictionary of the object that it belongs to; the objects
are built from their dictionaries when their element ends.
"""

from functools import cache

from lxml import etree

from reglo.core.document import Invoice
from reglo.formats.cii.build import CLASSES, MARKS, Build, Values, builder
from reglo.formats.cii.grammar import STRUCTURES, Kind, Node, expand, grammar
from reglo.formats.cii.leaves import LEAVES, number_reader
from reglo.formats.cii.state import Reader, State, check_attributes
from reglo.formats.reading import Reading, Syntax


def read_cii(root: etree._Element) -> Reading:
    """Read a CrossIndustryInvoice (D16B or D22B), of whatever profile.

    What is missing is None. What is no number or no date, or stands twice where once is allowed (the first counts),
    is a problem. Elements and attributes that no term carries are listed, but for xsi:* and for a currency that
    repeats that of the document.
    """
    state = State(root)
    table, build = _compiled()
    check_attributes(root, (), state)
    _read_inside(root, table, state.invoice, state)
    for element, currency in state.currencies:
        if currency != state.invoice.get("currency"):
            state.is_unknown(element, "currencyID")
    return Reading(
        invoice=build(state.invoice),
        syntax=Syntax.CII,
        root=root,
        problems=tuple(state.problems),
        unknown=tuple(state.unknown),
    )


#: Tag to its reading function, whether it may stand once only, and the term to name if it stands twice.
_Table = dict[str, tuple[Reader, bool, str | None]]


@cache
def _compiled() -> tuple[_Table, Build]:
    nodes = grammar().children
    return _table(nodes), builder(Invoice, nodes)


def _read_inside(element: etree._Element, table: _Table, values: Values, state: State) -> None:
    """Read all elements inside `element`."""
    seen = set()
    for child in element:
        tag = child.tag
        entry = table.get(tag)
        if entry is None:
            if isinstance(tag, str):  # a comment or processing instruction has a function for a tag
                state.is_unknown(child)
            continue
        read, single, term = entry
        if single:
            if tag in seen:
                state.problem("repeated", child, term)
                continue
            seen.add(tag)
        read(child, values, state)


# From grammar to functions.


def _table(nodes: tuple[Node, ...]) -> _Table:
    by_tag: dict[str, list[Node]] = {}
    for node in nodes:
        by_tag.setdefault(node.tag, []).append(node)
    return {tag: _entry(group) for tag, group in by_tag.items()}


def _entry(group: list[Node]) -> tuple[Reader, bool, str | None]:
    node = group[0]
    if node.test is not None:
        return _variants(group), False, None
    single = not node.repeats and node.kind is not Kind.FIRST
    return _reader(node), single, node.term


def _reader(node: Node) -> Reader:
    if node.kind in STRUCTURES:
        return _structure(node)
    reader = LEAVES[node.kind](node)
    return _into_invoice(reader, node) if node.outer else reader


def _variants(group: list[Node]) -> Reader:
    """Elements of one name, told apart by what stands inside."""
    test = group[0].test
    assert test is not None
    if test.path == ("@currencyID",):
        return _vat_totals(group)
    readers = {node.test.value: _once(node) for node in group if node.test is not None}
    steps = tuple(name if name.startswith("@") else expand(name) for name in test.path)
    is_boolean = "true" in readers or "false" in readers

    def read(element: etree._Element, values: Values, state: State) -> None:
        found = _value_at(element, steps)
        if is_boolean:
            found = _BOOLEANS.get(found or "", found)
            if found not in ("true", "false", None):
                state.problem("not-a-boolean", element, None)
        reader = readers.get(found or "")
        if reader is None:
            state.is_unknown(element)
        else:
            reader(element, values, state)

    return read


_BOOLEANS = {"1": "true", "0": "false"}


def _value_at(element: etree._Element, steps: tuple[str, ...]) -> str | None:
    """The text or attribute at a path inside `element`, if it is there."""
    for step in steps:
        if step.startswith("@"):
            value = element.get(step[1:])
            return None if value is None else value.strip()
        child = next(element.iterchildren(step), None)
        if child is None:
            return None
        element = child
    return (element.text or "").strip()


def _once(node: Node) -> Reader:
    """Read a variant, of which there may be one only unless it repeats."""
    reader = _structure(node)
    if node.repeats:
        return reader
    mark = f"{node.name} {node.test}"

    def read(element: etree._Element, values: Values, state: State) -> None:
        marks = values.setdefault(MARKS, set())
        if mark in marks:
            state.problem("repeated", element, node.term)
            return
        marks.add(mark)
        reader(element, values, state)

    return read


def _vat_totals(group: list[Node]) -> Reader:
    """BT-110 and BT-111, told apart by their currency."""
    readers = [(node.test.value, number_reader(node), node) for node in group if node.test is not None]

    def read(element: etree._Element, values: Values, state: State) -> None:
        currency = element.get("currencyID")
        for name, reader, node in readers:
            if currency is not None and currency == state.currency(name):
                if node.target[0] in values:
                    state.problem("repeated", element, node.term)
                else:
                    reader(element, values, state)
                return
        state.is_unknown(element)

    return read


def _structure(node: Node) -> Reader:
    """Elements that hold others, and perhaps are an object of the model."""
    if node.repeats:
        return _repeated(node)
    if node.kind is Kind.FIRST:
        return _first(node)
    table = _table(node.children)
    target = node.target

    def read(element: etree._Element, values: Values, state: State) -> None:
        for name in target:
            values = values.setdefault(name, {})
        if element.keys():
            check_attributes(element, (), state)
        _read_inside(element, table, values, state)

    return read


def _first(node: Node) -> Reader:
    """A structure of which the model holds the first."""
    table = _table(node.children)

    def read(element: etree._Element, values: Values, state: State) -> None:
        if next(element.itersiblings(element.tag, preceding=True), None) is not None:
            state.is_unknown(element)
        else:
            _read_inside(element, table, values, state)

    return read


def _repeated(node: Node) -> Reader:
    *above, name = node.target
    table = _table(node.children)
    build = builder(CLASSES[name], node.children)

    def read(element: etree._Element, values: Values, state: State) -> None:
        inside: Values = {}
        if element.keys():
            check_attributes(element, (), state)
        _read_inside(element, table, inside, state)
        for step in above:
            values = values.setdefault(step, {})
        values.setdefault(name, []).append(build(inside))

    return read


def _into_invoice(reader: Reader, node: Node) -> Reader:
    """A term of the invoice that CII repeats in each VAT breakdown: the same everywhere, or a problem."""
    name = node.target[0]

    def read(element: etree._Element, _: Values, state: State) -> None:
        if name not in state.invoice:
            reader(element, state.invoice, state)
            return
        again: Values = {}
        reader(element, again, state)
        if again.get(name) != state.invoice[name]:
            state.problem("repeated", element, node.term)

    return read
