"""The conditions that tell elements of one name apart: `[ram:TypeCode="130"]`, `[not(@listID)]`.

Most are comparisons with a constant, which a few lines of Python decide faster than calling an XPath engine does; what
is anything else is given to that.
"""

import re
from collections.abc import Callable

from lxml import etree

from reglo.formats.xml import NAMESPACES, clark_steps

Predicate = Callable[[etree._Element], bool]

_EQUALS = re.compile(r"((?:\w+:\w+/)*(?:@\w+|\w+:\w+)) ?= ?[\"']([^\"']*)[\"']")
_HAS_ATTRIBUTE = re.compile(r"@(\w+)")


def predicate(expression: str) -> Predicate:
    """What decides whether an element meets `expression` (an XPath 1.0 condition)."""
    expression = expression.strip()
    parts = _split(expression)
    if len(parts) > 1:
        return _all([predicate(part) for part in parts])
    if expression.startswith("not") and expression.removeprefix("not").lstrip().startswith("("):
        return _not(predicate(expression.removeprefix("not").strip()[1:-1]))
    equals = _EQUALS.fullmatch(expression)
    if equals:
        return _equals(clark_steps(equals[1]), equals[2])
    attribute = _HAS_ATTRIBUTE.fullmatch(expression)
    if attribute:
        return lambda element: element.get(attribute[1]) is not None
    return xpath_condition(expression)


def xpath_condition(expression: str) -> Predicate:
    """A condition decided by the XPath engine."""
    compiled = etree.XPath(f"boolean({expression})", namespaces=NAMESPACES)
    return lambda element: bool(compiled(element))


def _split(expression: str) -> list[str]:
    """The parts of a conjunction; a disjunction, or a part in parentheses, is left whole."""
    depth, start, parts = 0, 0, []
    for position, character in enumerate(expression):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and expression.startswith(" or ", position):
            return [expression]
        if depth == 0 and expression.startswith(" and ", position):
            parts.append(expression[start:position])
            start = position + len(" and ")
    return [*parts, expression[start:]]


def _all(predicates: list[Predicate]) -> Predicate:
    return lambda element: all(each(element) for each in predicates)


def _not(condition: Predicate) -> Predicate:
    return lambda element: not condition(element)


def _equals(path: tuple[str, ...], value: str) -> Predicate:
    """Whether any value at `path` is `value`, as XPath compares sets."""
    first, *rest = path
    if first.startswith("@"):
        name = first[1:]
        return lambda element: element.get(name) == value
    if rest:
        inside = _equals(tuple(rest), value)
        return lambda element: any(inside(child) for child in element.iterchildren(first))
    return lambda element: any(text_of(child) == value for child in element.iterchildren(first))


def text_of(element: etree._Element) -> str:
    """The whole text of an element, that of elements inside it too, as XPath sees it."""
    return element.text or "" if len(element) == 0 else "".join(map(str, element.itertext()))
