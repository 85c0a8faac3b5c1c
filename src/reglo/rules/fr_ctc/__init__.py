"""The rules of the French platforms (BR-FR): what XP Z12-012 asks beyond EN 16931.

Their official form is two Schematron sheets, one for UBL and one for CII, that share most rules but not all their
names; the names here are those of the sheet for the syntax of the document. A document of our own data is held to the
CII sheet, as it would be written.

Where a rule is, by what it is about:

    texts/             one text of a field: BR-FR-01 to 04, 08, 15, 16, 27, BR-FR-DEC (a table and a walk)
    document/          the document as a whole: BR-FR-05, 06, 10 to 13, 17 to 22, BR-FR-CO (a function and a row each)
    party_rules        each party, whatever its role: BR-FR-09, 23 to 26, BR-FR-CO-10
    elements           parts that lack something, or stand twice: BR-FR-27 to 30
    siren_numbers      numbers that say to be a SIREN: BR-FR-32
    several_sellers/   invoices of several sellers, credits of several invoices: BR-FR-MV, BR-FR-BD, BR-FR-CO-05

and what they share: `facts` (a document as these rules look at it, made from XML in `facts_xml`), `shapes` (what a text
must look like) and `wording` (names of fields, and sentences that many rules share).

How BR-FR-05 runs: `check` makes the facts of the document and gives them to `document.check_facts`, which asks each
`Entry` of `document.notes`. The entry of BR-FR-05 on the note PMT says `holds=_has_note("PMT")`; where that is false,
the statement and the mend beside it become the finding. How BR-FR-03 runs: `texts.families` has a row for each date,
`texts.places` says where the date stands in CII and `texts.scan` looks there and asks `shapes.is_day`.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from reglo.core.findings import Finding
from reglo.core.rule import Rule
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import PathFinder
from reglo.rules.fr_ctc import elements, siren_numbers
from reglo.rules.fr_ctc.document import CII_RULES, UBL_RULES, Judged, check_facts
from reglo.rules.fr_ctc.facts import Facts, facts_of_invoice
from reglo.rules.fr_ctc.facts_xml import facts_of_xml
from reglo.rules.fr_ctc.party_rules import PARTY_RULES
from reglo.rules.fr_ctc.several_sellers import checks as sellers
from reglo.rules.fr_ctc.several_sellers.lines import LineFacts, lines_of, vat_by_reason
from reglo.rules.fr_ctc.several_sellers.rules import CII_GROUP_RULES, CREDIT_REFERENCES, UBL_GROUP_RULES
from reglo.rules.fr_ctc.texts.in_data import check_values
from reglo.rules.fr_ctc.texts.layout import CII_TEXT_RULES, UBL_TEXT_RULES, cii_layout, ubl_layout

__all__ = ["RULES", "check", "rules_for"]


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each breach."""
    root = reading.root if reading.syntax is not Syntax.DATA else None
    if root is None:
        facts = facts_of_invoice(reading.invoice)
        yield from check_values(reading.invoice, signed_prices=_has_signed_prices(facts))
        for rule, where, detail in siren_numbers.breaches_in_invoice(reading.invoice):
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
    return sellers.framework_of(facts) in sellers.TWO_SELLERS


def _check_xml(root: etree._Element, facts: Facts) -> Iterator[Finding]:
    layout = ubl_layout if facts.is_ubl else cii_layout
    breaches = layout(signed_prices=_has_signed_prices(facts)).breaches(root)
    breaches.extend(siren_numbers.breaches_in_xml(root, facts.syntax))
    paths = PathFinder()
    for rule, element, detail in breaches:
        yield rule.finding(paths.path_of(element), detail)


def _check_lines(facts: Facts, root: etree._Element | None, reading: Reading) -> Iterator[Finding]:
    """The rules that look at lines as a whole. They concern few documents, and only those pay for them."""

    def lines() -> list[LineFacts]:
        return lines_of(facts, root, reading.invoice)

    breaches = list(sellers.credit_refers_to_invoices(facts, lines))
    if sellers.framework_of(facts) in sellers.TWO_SELLERS | sellers.SEVERAL_SELLERS:
        breaches.extend(sellers.check_groups(facts, lines(), vat_by_reason(facts, root, reading.invoice)))
    paths = PathFinder()
    for rule, at, detail in breaches:
        yield rule.finding(at if isinstance(at, str) else paths.path_of(at), detail)


def _rules(
    texts: Mapping[str, Rule], documents: Judged, of_sellers: Mapping[str, Rule], *others: Rule
) -> Mapping[str, Rule]:
    found = dict(texts)
    everywhere = [rule for each in PARTY_RULES.values() for rule in each.rules()]
    objects = [rule for each in (elements.DOCUMENT_OBJECTS, elements.LINE_OBJECTS) for rule in each.rules()]
    attributes = (elements.ATTRIBUTE_HAS_NAME, elements.ATTRIBUTE_HAS_VALUE)
    judged = [rule for _, rule in documents]
    for rule in (*judged, *everywhere, *objects, *attributes, *others, CREDIT_REFERENCES, *of_sellers.values()):
        found[rule.identifier] = rule
    return found


_UBL = _rules(UBL_TEXT_RULES, UBL_RULES, UBL_GROUP_RULES, siren_numbers.LEGAL_NUMBER, siren_numbers.UBL_IDENTIFIER)
_CII = _rules(CII_TEXT_RULES, CII_RULES, CII_GROUP_RULES, siren_numbers.LEGAL_NUMBER, siren_numbers.CII_IDENTIFIER)

#: Every rule of both sheets, by its identifier.
RULES: Mapping[str, Rule] = {**_UBL, **_CII}
