"""Where findings are in the XML: from the path in the model that a rule knows to an XPath in the document."""

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from reglo.core.findings import Finding
from reglo.formats.reading import Reading, Syntax


def placed(findings: list[Finding], reading: Reading) -> list[Finding]:
    """The findings with an XPath for a place; those of a document that is no XML stay as they are."""
    if reading.root is None or all(_is_xpath(each.where) for each in findings):
        return findings
    locate = _locator(reading.root, reading.syntax)
    return [each if _is_xpath(each.where) else replace(each, where=locate(each.where or "")) for each in findings]


def _is_xpath(where: str | None) -> bool:
    return where is not None and where.startswith("/")


def _locator(root: etree._Element, syntax: Syntax) -> Callable[[str], str]:
    if syntax is Syntax.CII:
        from reglo.formats.cii import CiiLocator

        return CiiLocator(root).locate
    from reglo.formats.ubl import UblLocator

    return UblLocator(root).locate
