"""Damages to a document are the same for the same seed, and each changes the document."""

from lxml import etree

from reglo.formats.xml import parse_xml
from tests.rules.mutations import mutations

_DOCUMENT = b"""<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>F1</cbc:ID><cbc:IssueDate>2026-09-15</cbc:IssueDate>
<cbc:PayableAmount currencyID="EUR">12.00</cbc:PayableAmount></Invoice>"""


def test_the_same_seed_gives_the_same_damages() -> None:
    assert list(mutations(_DOCUMENT, count=30, seed=4)) == list(mutations(_DOCUMENT, count=30, seed=4))
    assert list(mutations(_DOCUMENT, count=30, seed=4)) != list(mutations(_DOCUMENT, count=30, seed=5))


def test_a_damage_concerns_one_place_and_says_which() -> None:
    for mutation in mutations(_DOCUMENT, count=60, seed=1):
        assert " at /Invoice/cbc:" in mutation.description
        assert abs(len(parse_xml(mutation.data)) - 3) <= 1


def test_nearly_every_damage_changes_the_document() -> None:
    original = etree.tostring(parse_xml(_DOCUMENT), encoding="UTF-8", xml_declaration=True)
    changed = [mutation for mutation in mutations(_DOCUMENT, count=60, seed=1) if mutation.data != original]
    assert len(changed) > 55
