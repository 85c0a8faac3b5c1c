"""The few warnings that are no plain path of the table."""

from collections.abc import Iterator

from lxml import etree

from reglo.formats.xml import clark
from reglo.rules.ubl_syntax.demands import elements_at, texts_at
from reglo.rules.ubl_syntax.walk import Breach

#: The version of UBL that EN 16931 binds.
VERSION = "2.1"

_VERSION_ID = clark("cbc:UBLVersionID")
_MEANS = clark("cac:PaymentMeans")
_DUE_DATE = clark("cbc:PaymentDueDate")
_ADDITIONAL = clark("cac:AdditionalDocumentReference")
_ID = clark("cbc:ID")
_TYPE_CODE = (clark("cbc:DocumentTypeCode"),)
_DELIVERY_TERMS = clark("cac:DeliveryTerms")
_DELIVERY_LOCATION = clark("cac:DeliveryLocation")
_LINES = (clark("cac:InvoiceLine"), clark("cac:CreditNoteLine"))
_EXCHANGE_RATE = clark("cac:TaxExchangeRate")
_RATE_TERMS = {clark(f"cbc:{name}") for name in ("SourceCurrencyCode", "TargetCurrencyCode", "CalculationRate", "Date")}


def other_warnings(root: etree._Element, *, extension: bool) -> Iterator[Breach]:
    """UBL-CR-002, -412 and -665, and what EXTENDED-CTC-FR allows in part."""
    versions = list(root.iterchildren(_VERSION_ID))
    if versions and VERSION not in [each.text or "" for each in versions]:
        yield "UBL-CR-002", versions[0], None
    if not root.tag.endswith("}CreditNote"):
        for due in elements_at(root, (_MEANS, _DUE_DATE)):
            yield "UBL-CR-412", due, None
    for reference in root.iter(_ADDITIONAL):
        kinds = texts_at(reference, _TYPE_CODE)
        if not kinds or any(kind != "130" for kind in kinds):
            for identifier in reference.iterchildren(_ID):
                if identifier.get("schemeID") is not None:
                    yield "UBL-CR-665", identifier, "schemeID"
    if extension:
        yield from _of_extension(root)


def _of_extension(root: etree._Element) -> Iterator[Breach]:
    for terms in root.iterchildren(_DELIVERY_TERMS):
        yield from (("UBL-FREXT-CR-410", each, None) for each in _beyond_incoterms(terms))
    for line in root.iterchildren(*_LINES):
        for terms in line.iterchildren(_DELIVERY_TERMS):
            yield from (("UBL-FREXT-CR-645", each, None) for each in _beyond_incoterms(terms))
    for rate in root.iterchildren(_EXCHANGE_RATE):
        yield from (("CII-FREXT-CR-490", each, None) for each in rate if each.tag not in _RATE_TERMS)


def _beyond_incoterms(terms: etree._Element) -> Iterator[etree._Element]:
    """What stands in delivery terms besides the code and the name of the place."""
    for child in terms:
        if child.tag == _DELIVERY_LOCATION:
            yield from (each for each in child if each.tag != clark("cbc:Name"))
        elif child.tag != _ID:
            yield child
