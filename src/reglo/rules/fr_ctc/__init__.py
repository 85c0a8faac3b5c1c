"""The rules of the French platforms (BR-FR): what XP Z12-012 asks beyond EN 16931.

Their official form is two Schematron sheets, one for UBL and one for CII, that share most rules but not all their
names; the names here are those of the sheet for the syntax of the document. A document of our own data is held to the
CII sheet, as it would be written.

How it is done: rules on a single text are rows of a table (`families`), laid out over the syntaxes (`places`,
`layout`) and judged by name and place (`scan`); rules on parties are in `roles`; rules on the document as a whole are
functions over its facts (`judgements`, `document_rules`); rules on invoices of several sellers are in `groups`.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from reglo.core.findings import Finding
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import PathFinder
from reglo.rules.fr_ctc import elements, groups, numbers
from reglo.rules.fr_ctc.data import check_values
from reglo.rules.fr_ctc.document_rules import CII_RULES, UBL_RULES, DocumentRule, check_facts
from reglo.rules.fr_ctc.facts import Facts, facts_of_invoice
from reglo.rules.fr_ctc.facts_xml import facts_of_xml
from reglo.rules.fr_ctc.group_rules import CII_GROUP_RULES, CREDIT_REFERENCES, UBL_GROUP_RULES
from reglo.rules.fr_ctc.layout import CII_TEXT_RULES, UBL_TEXT_RULES, cii_layout, ubl_layout
from reglo.rules.fr_ctc.lines import LineFacts, lines_of, vat_by_reason
from reglo.rules.fr_ctc.roles import PARTY_RULES
from reglo.rules.rule import Rule

__all__ = ["RULES", "check", "rules_for"]


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each breach."""
    root = reading.root if reading.syntax is not Syntax.DATA else None
    if root is None:
        facts = facts_of_invoice(reading.invoice)
        yield from check_values(reading.invoice, signed_prices=_has_signed_prices(facts))
        for rule, where, detail in numbers.breaches_in_invoice(reading.invoice):
            yield rule.finding(where, detail)
    else:
        facts = facts_of_xml(root, reading.syntax)
        yield from _check_xml(root, facts)
    yield from check_facts(facts)
    yield from _check_lines(facts, root, reading)


def rules_for(reading: Reading) -> Mapping[str, Rule]:
    """The rules that concern a document of this syntax."""
    return _UBL if reading.syntax in (Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE) else _CII


def _has_signed_prices(facts: Facts) -> bool:
    return groups.framework_of(facts) in groups.TWO_SELLERS


def _check_xml(root: etree._Element, facts: Facts) -> Iterator[Finding]:
    layout = ubl_layout if facts.is_ubl else cii_layout
    breaches = layout(signed_prices=_has_signed_prices(facts)).breaches(root)
    breaches.extend(numbers.breaches_in_xml(root, facts.syntax))
    paths = PathFinder()
    for rule, element, detail in breaches:
        yield rule.finding(paths.path_of(element), detail)


def _check_lines(facts: Facts, root: etree._Element | None, reading: Reading) -> Iterator[Finding]:
    """The rules that look at lines as a whole. They concern few documents, and only those pay for them."""

    def lines() -> list[LineFacts]:
        return lines_of(facts, root, reading.invoice)

    breaches = list(groups.credit_refers_to_invoices(facts, lines))
    if groups.framework_of(facts) in groups.TWO_SELLERS | groups.SEVERAL_SELLERS:
        breaches.extend(groups.check_groups(facts, lines(), vat_by_reason(facts, root, reading.invoice)))
    paths = PathFinder()
    for rule, at, detail in breaches:
        yield rule.finding(at if isinstance(at, str) else paths.path_of(at), detail)


def _rules(
    texts: Mapping[str, Rule], documents: tuple[DocumentRule, ...], sellers: Mapping[str, Rule], *others: Rule
) -> Mapping[str, Rule]:
    found = dict(texts)
    everywhere = [rule for each in PARTY_RULES.values() for rule in each.rules()]
    objects = [rule for each in (elements.DOCUMENT_OBJECTS, elements.LINE_OBJECTS) for rule in each.rules()]
    attributes = (elements.ATTRIBUTE_HAS_NAME, elements.ATTRIBUTE_HAS_VALUE)
    judged = [each.rule for each in documents]
    for rule in (*judged, *everywhere, *objects, *attributes, *others, CREDIT_REFERENCES, *sellers.values()):
        found[rule.identifier] = rule
    return found


_UBL = _rules(UBL_TEXT_RULES, UBL_RULES, UBL_GROUP_RULES, numbers.LEGAL_NUMBER, numbers.UBL_IDENTIFIER)
_CII = _rules(CII_TEXT_RULES, CII_RULES, CII_GROUP_RULES, numbers.LEGAL_NUMBER, numbers.CII_IDENTIFIER)

#: Every rule of both sheets, by its identifier.
RULES: Mapping[str, Rule] = {**_UBL, **_CII}
