"""Read a Cross Industry Invoice into the model, and say what was not understood.

The tree of `grammar` is made once into nested tables from tag to a small reading function. A document is then read in
one flat walk, which is faster in lxml than to descend: a stack of frames says where the walk is. What is read goes
into a dictionary for each object; the objects are built from them at the end.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from lxml import etree

from reglo.core.document import Invoice
from reglo.formats.cii.attributes import list_unknown_attributes
from reglo.formats.cii.build import Build, Values, builder
from reglo.formats.cii.grammar import STRUCTURES, Node, Test, grammar
from reglo.formats.cii.leaves import Reader, leaf
from reglo.formats.cii.state import State
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import clark


def read_cii(root: etree._Element) -> Reading:
    """Read a CrossIndustryInvoice (D16B or D22B), of whatever profile.

    What is missing is None. What is no number or no date, or stands twice where once is allowed (the first counts),
    is a problem. Elements and attributes that no term carries are listed, but for xsi:* and for a currency that
    repeats that of the document.
    """
    state = State(root)
    table, build = _compiled()
    _walk(root, table, state)
    list_unknown_attributes(state)
    return Reading(
        invoice=build(state.invoice),
        syntax=Syntax.CII,
        root=root,
        problems=tuple(state.problems),
        unknown=tuple(state.unknown),
    )


_Table = dict[str, "_Step"]


class _Step(NamedTuple):
    """What to do with an element: a tuple, because taking it apart is fast."""

    key: str | None  #: what may stand once only (the tag, or the tag and what tells it apart); None where it repeats
    inside: _Table  #: of the elements inside
    read: Reader | None  #: for a leaf: puts its value into the dictionary
    open: Callable[[Values], Values] | None  #: for a structure: the dictionary of what is inside
    choose: "Callable[[etree._Element, State], _Step | None] | None"  #: among elements of one name
    node: Node


#: Inside a leaf every element is unknown.
_LEAF: _Table = {}
#: Inside what is unknown nothing is read and nothing more is said.
_IGNORED: _Table = {}


def _walk(root: etree._Element, table: _Table, state: State) -> None:
    """Read all elements of the document, in its order.

    A frame is opened only when an element turns out to hold another, so that leaves cost next to nothing.
    """
    top, values, seen = root, state.invoice, set[str]()
    frames: list[tuple[etree._Element, _Table, Values, set[str]]] = []
    last, inside, inside_values = root, table, values
    elements = root.iter()
    next(elements)
    for element in elements:
        parent = element.getparent()
        if parent is not top:
            if parent is last:
                frames.append((top, table, values, seen))
                top, table, values, seen = last, inside, inside_values, set()
            while parent is not top:
                top, table, values, seen = frames.pop()
        last = element
        step = table.get(element.tag)
        if step is None:
            inside = _unknown(element, table, state)
            continue
        key, inside, read, open_object, choose, node = step
        if choose is not None:
            chosen = choose(element, state)
            if chosen is None:
                inside = _unknown(element, table, state)
                continue
            key, inside, read, open_object, _, node = chosen
        if key is not None:
            if key in seen:
                inside = _IGNORED
                state.again(element, node)
                continue
            seen.add(key)
        if read is not None:
            read(element, values, state)
        elif open_object is not None:
            inside_values = open_object(values)


def _unknown(element: etree._Element, table: _Table, state: State) -> _Table:
    """Say that `element` is unknown, unless what it stands in is already."""
    if table is not _IGNORED:
        state.is_unknown(element)
    return _IGNORED


# From grammar to tables.


@cache
def _compiled() -> tuple[_Table, Build]:
    nodes = grammar().children
    return _table(nodes), builder(Invoice, nodes)


def _table(nodes: tuple[Node, ...]) -> _Table:
    by_tag: dict[str, list[Node]] = {}
    for node in nodes:
        by_tag.setdefault(node.tag, []).append(node)
    return {tag: _choice(group) if group[0].test else _step(group[0]) for tag, group in by_tag.items()}


def _step(node: Node) -> _Step:
    key = None if node.repeats else f"{node.tag}{node.test or ''}"
    if node.kind in STRUCTURES:
        return _Step(key, _table(node.children), None, _opener(node), None, node)
    reader = leaf(node)
    return _Step(key, _LEAF, _into_invoice(reader, node) if node.outer else reader, None, None, node)


def _opener(node: Node) -> Callable[[Values], Values]:
    """Find or make the dictionary of the object that an element is, or is part of."""
    if node.repeats:
        return _appender(node)
    if not node.target:
        return lambda values: values

    def open_object(values: Values) -> Values:
        for name in node.target:
            values = values.setdefault(name, {})
        return values

    return open_object


def _appender(node: Node) -> Callable[[Values], Values]:
    *above, name = node.target

    def append_object(values: Values) -> Values:
        inside: Values = {}
        for step in above:
            values = values.setdefault(step, {})
        values.setdefault(name, []).append(inside)
        return inside

    return append_object


def _into_invoice(reader: Reader, node: Node) -> Reader:
    """A term of the invoice that CII repeats in each VAT breakdown: the same everywhere, or a problem."""
    name = node.target[0]

    def read(element: etree._Element, _: Values, state: State) -> None:
        again: Values = {}
        reader(element, again, state)
        if state.invoice.setdefault(name, again[name]) != again[name]:
            state.problem("repeated", element, node.term)

    return read


# Elements of one name, told apart by what stands inside.


def _choice(group: list[Node]) -> _Step:
    steps = {node.test.value: _step(node) for node in group if node.test is not None}
    test = group[0].test
    if test is None or test.path == ("@currencyID",):
        choose = _by_currency(steps)
    elif "true" in steps or "false" in steps:
        choose = _by_indicator(steps, _clark_path(test))
    else:
        choose = _by_value(steps, _clark_path(test))
    return _Step(None, _LEAF, None, None, choose, group[0])


_Choose = Callable[[etree._Element, State], _Step | None]


def _by_value(steps: _Table, path: tuple[str, ...]) -> _Choose:
    return lambda element, _: steps.get(_value_at(element, path) or "")


def _by_indicator(steps: _Table, path: tuple[str, ...]) -> _Choose:
    booleans = {"true": "true", "false": "false", "1": "true", "0": "false"}

    def choose(element: etree._Element, state: State) -> _Step | None:
        found = _value_at(element, path)
        if found is not None and found not in booleans:
            state.problem("not-a-boolean", element, None)
        return steps.get(booleans.get(found or "", ""))

    return choose


def _by_currency(steps: _Table) -> _Choose:
    """BT-110 is in the currency of the document, BT-111 in that of VAT accounting."""

    def choose(element: etree._Element, state: State) -> _Step | None:
        currency = element.get("currencyID")
        if currency is None:
            return None
        return next((step for name, step in steps.items() if currency == state.currency(name)), None)

    return choose


def _clark_path(test: Test) -> tuple[str, ...]:
    return tuple(map(clark, test.path))


def _value_at(element: etree._Element, path: tuple[str, ...]) -> str | None:
    """The text or attribute at a path inside `element`, if it is there."""
    for step in path:
        if step.startswith("@"):
            value = element.get(step[1:])
            return None if value is None else value.strip()
        child = next(element.iterchildren(step), None)
        if child is None:
            return None
        element = child
    return (element.text or "").strip()
