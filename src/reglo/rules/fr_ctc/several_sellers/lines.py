"""What the rules on lines that are groups, or credits of several invoices, look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from reglo.core.document import Invoice, Line
from reglo.formats.reading import Syntax
from reglo.formats.xml import clark
from reglo.rules.fr_ctc.facts import Facts
from reglo.rules.fr_ctc.facts_xml import is_dated_reference_of_cii
from reglo.rules.fr_ctc.shapes import number_of
from reglo.rules.fr_ctc.texts.places import clark_path


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """A line, with what the model does not hold: its seller, its own VAT total, its sub-invoice."""

    at: etree._Element | str  #: the element, or the place in the model
    identifier: str  #: BT-126
    parent: str | None = None  #: EXT-FR-FE-162
    kind: str | None = None  #: EXT-FR-FE-163
    nets: tuple[str, ...] = ()  #: BT-131; more than one only where a document is broken
    vat: str | None = None  #: EXT-FR-FE-181: in the currency of the invoice
    vat_accounting: str | None = None  #: EXT-FR-FE-182
    gross: str | None = None  #: EXT-FR-FE-184
    seller_name: str = ""  #: EXT-FR-FE-164
    seller_number: str = ""  #: EXT-FR-FE-167
    seller_country: str = ""  #: EXT-FR-FE-177
    exemption_reason: str = ""  #: BT-120 of the line
    sub_invoices: tuple[str, ...] = ()  #: BT-128 of scheme AFL: number of the invoice of that seller
    sub_frameworks: tuple[str, ...] = ()  #: BT-128 of scheme AVV: its billing framework
    references: tuple[tuple[str, bool], ...] = ()  #: numbers in the order of the document, and whether each is an AFL
    untyped_objects: tuple[str, ...] = ()  #: AFL or AVV for each object of these schemes whose type is not 130
    previous_number: bool = False  #: whether there is a preceding invoice (EXT-FR-FE-136)
    previous_date: bool = False  #: whether it has a date (EXT-FR-FE-138)
    refers_with_date: bool = False  #: whether one reference has both

    @property
    def is_top_group(self) -> bool:
        """Whether the line is a group that is under no other."""
        return self.kind == "GROUP" and self.parent is None

    @property
    def net(self) -> str | None:
        """The net amount of the line."""
        return self.nets[0] if self.nets else None

    @property
    def sub_invoice(self) -> str:
        """The number of the sub-invoice that the line belongs to, or ""."""
        return self.sub_invoices[0] if self.sub_invoices else ""


def lines_of(facts: Facts, root: etree._Element | None, invoice: Invoice) -> list[LineFacts]:
    """The lines of a document."""
    if root is None:
        return [_line_of_model(line, position) for position, line in enumerate(invoice.lines)]
    if facts.syntax is Syntax.CII:
        return [_line_of_cii(line, facts) for line in root.iterfind(_CII_LINE)]
    return [_line_of_ubl(line, facts) for tag in _UBL_LINES for line in root.iterfind(tag)]


def vat_by_reason(facts: Facts, root: etree._Element | None, invoice: Invoice) -> list[tuple[str, Decimal]]:
    """The exemption reason (BT-120) and the tax (BT-117) of each VAT breakdown that has both."""
    if root is None:
        pairs = [(each.exemption_reason, each.tax) for each in invoice.vat_breakdown]
    else:
        breakdown, scheme, reason, tax = _CII_BREAKDOWN if facts.syntax is Syntax.CII else _UBL_BREAKDOWN
        taxes = [each for each in root.iterfind(breakdown) if each.findtext(scheme) == "VAT"]
        pairs = [(each.findtext(reason), number_of(amount.text)) for each in taxes for amount in each.iterfind(tax)]
    return [(reason, tax) for reason, tax in pairs if reason is not None and tax is not None]


def _line_of_model(line: Line, position: int) -> LineFacts:
    """The model has no seller of a line: such documents can be read, but not made from data."""
    previous = line.preceding_invoice
    invoiced = line.invoiced_object
    return LineFacts(
        at=f"lines[{position}]",
        identifier=line.identifier or "",
        parent=line.parent,
        kind=line.kind,
        nets=() if line.net_amount is None else (format(line.net_amount, "f"),),
        exemption_reason=line.exemption_reason or "",
        sub_invoices=(invoiced.value,) if invoiced and invoiced.scheme == "AFL" else (),
        previous_number=bool(previous and previous.number),
        previous_date=bool(previous and previous.issue_date),
        refers_with_date=bool(previous and previous.number and previous.issue_date),
    )


_UBL_LINES = (clark("cac:InvoiceLine"), clark("cac:CreditNoteLine"))
_UBL_BILLING = clark("cac:BillingReference")
_UBL_REFERENCE = clark("cac:InvoiceDocumentReference")
_UBL_ID, _UBL_DATE = clark("cbc:ID"), clark("cbc:IssueDate")
_UBL_STATUS = clark_path("cac:InvoiceDocumentReference/cbc:DocumentStatusCode")
_UBL_PARENT = clark_path("cac:BillingReferenceLine/cbc:ID")
_UBL_OBJECT = clark("cac:DocumentReference")
_UBL_OBJECT_TYPE = clark("cbc:DocumentTypeCode")
_UBL_TAX = clark_path("cac:TaxTotal/cbc:TaxAmount")
_UBL_SELLER = "cac:Item/cac:ManufacturerParty"
_UBL_SELLER_NAME = clark_path(f"{_UBL_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")
_UBL_SELLER_NUMBER = clark_path(f"{_UBL_SELLER}/cac:PartyLegalEntity/cbc:CompanyID")
_UBL_SELLER_COUNTRY = clark_path(f"{_UBL_SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode")
_UBL_REASON = clark_path("cac:Item/cac:ClassifiedTaxCategory/cbc:TaxExemptionReason")
_UBL_BREAKDOWN = (
    clark_path("cac:TaxTotal/cac:TaxSubtotal"),
    clark_path("cac:TaxCategory/cac:TaxScheme/cbc:ID"),
    clark_path("cac:TaxCategory/cbc:TaxExemptionReason"),
    clark("cbc:TaxAmount"),
)
_UBL_NET, _UBL_GROSS = clark("cbc:LineExtensionAmount"), clark("cbc:TaxInclusiveLineExtensionAmount")


def _line_of_ubl(line: etree._Element, facts: Facts) -> LineFacts:
    """A reference to the very document that it stands in says where a line is among sub-lines."""
    own = [each for each in line.iterfind(_UBL_BILLING) if _refers_to(each, facts.number)]
    others = [reference for each in line.iterfind(_UBL_BILLING) for reference in _other_references(each, facts.number)]
    objects = list(_objects_of_ubl(line))
    sub_invoices = [value for scheme, value in objects if scheme == "AFL"]
    taxes = list(line.iterfind(_UBL_TAX))
    return LineFacts(
        at=line,
        identifier=line.findtext(_UBL_ID) or "",
        parent=next((parent for each in own if (parent := each.findtext(_UBL_PARENT)) is not None), None),
        kind=next((kind for each in own if (kind := each.findtext(_UBL_STATUS)) is not None), None),
        nets=tuple(each.text or "" for each in line.iterfind(_UBL_NET)),
        vat=_in_currency(taxes, facts.currency),
        vat_accounting=_in_currency(taxes, facts.vat_currency),
        gross=line.findtext(_UBL_GROSS),
        seller_name=_spaced(line.findtext(_UBL_SELLER_NAME)),
        seller_number=_spaced(line.findtext(_UBL_SELLER_NUMBER)),
        seller_country=_spaced(line.findtext(_UBL_SELLER_COUNTRY)),
        exemption_reason=line.findtext(_UBL_REASON) or "",
        sub_invoices=tuple(map(_spaced, sub_invoices)),
        sub_frameworks=tuple(value for scheme, value in objects if scheme == "AVV"),
        references=tuple((value, True) for value in sub_invoices),
        previous_number=any(each.find(_UBL_ID) is not None for each in others),
        previous_date=any(each.find(_UBL_DATE) is not None for each in others),
        refers_with_date=any(each.find(_UBL_DATE) is not None for each in others),
    )


def _refers_to(billing: etree._Element, number: str | None) -> bool:
    return any(reference.findtext(_UBL_ID) == number for reference in billing.iterfind(_UBL_REFERENCE))


def _other_references(billing: etree._Element, number: str | None) -> Iterator[etree._Element]:
    for reference in billing.iterfind(_UBL_REFERENCE):
        if reference.findtext(_UBL_ID) not in (None, number):
            yield reference


def _objects_of_ubl(line: etree._Element) -> Iterator[tuple[str | None, str]]:
    for reference in line.iterfind(_UBL_OBJECT):
        if reference.findtext(_UBL_OBJECT_TYPE) == "130":
            for identifier in reference.iterfind(_UBL_ID):
                yield identifier.get("schemeID"), identifier.text or ""


_CII_LINE = clark_path("rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem")
_CII_DOCUMENT = clark("ram:AssociatedDocumentLineDocument")
_CII_LINE_ID, _CII_PARENT = clark("ram:LineID"), clark("ram:ParentLineID")
_CII_KIND = clark("ram:LineStatusReasonCode")
_CII_SUMMATION = clark_path("ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation")
_CII_NET, _CII_GROSS = f"{_CII_SUMMATION}/{clark('ram:LineTotalAmount')}", clark("ram:GrandTotalAmount")
_CII_TAX = clark("ram:TaxTotalAmount")
_CII_SELLER = "ram:SpecifiedLineTradeAgreement/ram:ItemSellerTradeParty"
_CII_SELLER_NAME = clark_path(f"{_CII_SELLER}/ram:Name")
_CII_SELLER_NUMBER = clark_path(f"{_CII_SELLER}/ram:SpecifiedLegalOrganization/ram:ID")
_CII_SELLER_COUNTRY = clark_path(f"{_CII_SELLER}/ram:PostalTradeAddress/ram:CountryID")
_CII_REASON = clark_path("ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:ExemptionReason")
_CII_OBJECT = clark_path("ram:SpecifiedLineTradeSettlement/ram:AdditionalReferencedDocument")
_CII_SCHEME, _CII_TYPE, _CII_NUMBER = (
    clark("ram:ReferenceTypeCode"),
    clark("ram:TypeCode"),
    clark("ram:IssuerAssignedID"),
)
_CII_PREVIOUS = clark_path("ram:SpecifiedLineTradeSettlement/ram:InvoiceReferencedDocument")
_CII_PREVIOUS_DATE = clark_path("ram:FormattedIssueDateTime/qdt:DateTimeString")

_CII_BREAKDOWN = (
    clark_path("rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"),
    clark("ram:TypeCode"),
    clark("ram:ExemptionReason"),
    clark("ram:CalculatedAmount"),
)

_NOWHERE = etree.Element("nowhere")


def _line_of_cii(line: etree._Element, facts: Facts) -> LineFacts:
    place = line.find(_CII_DOCUMENT)
    place = _NOWHERE if place is None else place
    totals = line.find(_CII_SUMMATION)
    totals = _NOWHERE if totals is None else totals
    objects = list(line.iterfind(_CII_OBJECT))
    typed = [(each.findtext(_CII_SCHEME), each.findtext(_CII_NUMBER)) for each in objects if _is_object(each)]
    previous = list(line.iterfind(_CII_PREVIOUS))
    taxes = list(totals.iterfind(_CII_TAX))
    return LineFacts(
        at=line,
        identifier=place.findtext(_CII_LINE_ID) or "",
        parent=place.findtext(_CII_PARENT),
        kind=place.findtext(_CII_KIND),
        nets=tuple(each.text or "" for each in line.iterfind(_CII_NET)),
        vat=_in_currency(taxes, facts.currency),
        vat_accounting=_in_currency(taxes, facts.vat_currency),
        gross=totals.findtext(_CII_GROSS),
        seller_name=_spaced(line.findtext(_CII_SELLER_NAME)),
        seller_number=_spaced(line.findtext(_CII_SELLER_NUMBER)),
        seller_country=_spaced(line.findtext(_CII_SELLER_COUNTRY)),
        exemption_reason=line.findtext(_CII_REASON) or "",
        sub_invoices=tuple(_spaced(value) for scheme, value in typed if scheme == "AFL"),
        sub_frameworks=tuple(value or "" for scheme, value in typed if scheme == "AVV"),
        references=tuple(_references_of_cii(line)),
        untyped_objects=tuple(each.findtext(_CII_SCHEME) or "" for each in objects if not _is_object(each)),
        previous_number=any(each.find(_CII_NUMBER) is not None for each in previous),
        previous_date=any(each.find(_CII_PREVIOUS_DATE) is not None for each in previous),
        refers_with_date=any(is_dated_reference_of_cii(each) for each in previous),
    )


def _is_object(document: etree._Element) -> bool:
    return document.findtext(_CII_TYPE) == "130"


def _references_of_cii(line: etree._Element) -> Iterator[tuple[str, bool]]:
    for number in line.iter(_CII_NUMBER):
        holder = number.getparent()
        assert holder is not None
        yield number.text or "", _is_object(holder) and holder.findtext(_CII_SCHEME) == "AFL"


def _in_currency(amounts: list[etree._Element], currency: str | None) -> str | None:
    if currency is None:
        return None
    return next((amount.text or "" for amount in amounts if amount.get("currencyID") == currency), None)


def _spaced(text: str | None) -> str:
    return " ".join((text or "").split())
