"""Where findings are in the XML: from the path in the model that a rule knows to an XPath in the document."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from reglo.core.findings import Finding
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import CAC, RAM, RSM, xpath_of

_Locate = Callable[[etree._Element, str], str]

#: "lines[2].price.net": the number of a line, from zero, and what is meant in it.
_IN_A_LINE = re.compile(r"lines\[(\d+)\](.*)")
#: From how many findings on lines it pays to look at each line by itself.
_MANY = 20


def placed(findings: list[Finding], reading: Reading) -> list[Finding]:
    """The findings with an XPath for a place; those of a document that is no XML stay as they are."""
    root = reading.root
    if root is None:
        return findings
    locate = _locator(reading.syntax)
    on_lines = sum(1 for each in findings if each.where is not None and each.where.startswith("lines["))
    if on_lines > _MANY:
        locate = _LineByLine(root, locate)
    return [each if _is_xpath(each.where) else replace(each, where=locate(root, each.where or "")) for each in findings]


def _is_xpath(where: str | None) -> bool:
    return where is not None and where.startswith("/")


def _locator(syntax: Syntax) -> _Locate:
    if syntax is Syntax.CII:
        from reglo.formats.cii import locate_cii

        return locate_cii
    from reglo.formats.ubl import locate_ubl

    return locate_ubl


class _LineByLine:
    """Locates in a copy of the document that holds one line at a time, so that a thousand cost a thousand times one."""

    def __init__(self, root: etree._Element, locate: _Locate) -> None:
        self._locate = locate
        self._lines = list(_lines(root))
        self._copy, self._around = _without_lines(root)

    def __call__(self, root: etree._Element, where: str) -> str:
        found = _IN_A_LINE.fullmatch(where)
        if found is None or int(found[1]) >= len(self._lines):
            return self._locate(root, where)
        line = deepcopy(self._lines[int(found[1])])
        self._around.append(line)
        path, of_line = self._locate(self._copy, f"lines[0]{found[2]}"), xpath_of(line)
        self._around.remove(line)
        if len(self._lines) == 1 or not path.startswith(of_line):
            return path
        return f"{of_line}[{int(found[1]) + 1}]{path.removeprefix(of_line)}"


_CII_LINE = f"{{{RAM}}}IncludedSupplyChainTradeLineItem"
_CII_TRANSACTION = f"{{{RSM}}}SupplyChainTradeTransaction"
_LINES = (_CII_LINE, f"{{{CAC}}}InvoiceLine", f"{{{CAC}}}CreditNoteLine")


def _lines(root: etree._Element) -> Iterator[etree._Element]:
    around = root.find(_CII_TRANSACTION)
    yield from (child for child in (root if around is None else around) if child.tag in _LINES)


def _without_lines(root: etree._Element) -> tuple[etree._Element, etree._Element]:
    """A copy of the document but for its lines, and the element in it that holds them."""
    copy = etree.Element(root.tag, nsmap=root.nsmap)  # type: ignore[arg-type]  # the stubs know no default namespace
    around = copy
    for child in root:
        if child.tag == _CII_TRANSACTION:
            around = etree.SubElement(copy, child.tag)
            around.extend(deepcopy(each) for each in child if each.tag not in _LINES)
        elif child.tag not in _LINES:
            copy.append(deepcopy(child))
    return copy, around
