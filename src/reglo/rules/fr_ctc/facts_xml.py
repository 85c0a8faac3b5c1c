"""The facts of a UBL or CII document, from the elements that hold them."""

from collections.abc import Iterable

from lxml import etree

from reglo.formats.reading import Syntax
from reglo.rules.fr_ctc.facts import Facts, PartyFacts
from reglo.rules.fr_ctc.places import CII_FIELDS, clark, clark_path

_Pair = tuple[str | None, str]


def facts_of_xml(root: etree._Element, syntax: Syntax) -> Facts:
    """The facts of the document `root`."""
    return _facts_of_cii(root) if syntax is Syntax.CII else _facts_of_ubl(root, syntax)


def _texts(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    return tuple(element.text or "" for element in elements)


_UBL_ID = clark("cbc:ID")
_UBL_FRAMEWORK = clark("cbc:ProfileID")
_UBL_ISSUE_DATE = clark("cbc:IssueDate")
_UBL_CURRENCY, _UBL_VAT_CURRENCY = clark("cbc:DocumentCurrencyCode"), clark("cbc:TaxCurrencyCode")
_UBL_CONTRACT = clark_path("cac:ContractDocumentReference/cbc:ID")
_UBL_START = clark_path("cac:InvoicePeriod/cbc:StartDate")
_UBL_END = clark_path("cac:InvoicePeriod/cbc:EndDate")
_UBL_REPRESENTATIVE_VAT = clark_path("cac:TaxRepresentativeParty/cac:PartyTaxScheme/cbc:CompanyID")
_UBL_PAID = clark_path("cac:LegalMonetaryTotal/cbc:PrepaidAmount")
_UBL_GROSS = clark_path("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
_UBL_DUE = clark_path("cac:LegalMonetaryTotal/cbc:PayableAmount")
_UBL_TYPES = (clark("cbc:InvoiceTypeCode"), clark("cbc:CreditNoteTypeCode"))
_UBL_NOTE = clark("cbc:Note")
_UBL_DUE_DATES = (clark("cbc:DueDate"), clark_path("cac:PaymentMeans/cbc:PaymentDueDate"))
_UBL_TAX_AMOUNT = clark_path("cac:TaxTotal/cbc:TaxAmount")
_UBL_REFERENCE = clark("cac:BillingReference")
_UBL_INVOICE_REFERENCE = clark("cac:InvoiceDocumentReference")
_UBL_DESCRIPTION = clark_path("cac:AdditionalDocumentReference/cbc:DocumentDescription")
_UBL_SELLER = clark_path("cac:AccountingSupplierParty/cac:Party")
_UBL_BUYER = clark_path("cac:AccountingCustomerParty/cac:Party")


def _facts_of_ubl(root: etree._Element, syntax: Syntax) -> Facts:
    notes = _texts(root.iterfind(_UBL_NOTE))
    references = root.findall(_UBL_REFERENCE)
    find = root.findtext
    return Facts(
        syntax=syntax,
        number=find(_UBL_ID),
        framework=find(_UBL_FRAMEWORK),
        issue_date=find(_UBL_ISSUE_DATE),
        currency=find(_UBL_CURRENCY),
        vat_currency=find(_UBL_VAT_CURRENCY),
        contract=find(_UBL_CONTRACT),
        period_start=find(_UBL_START),
        period_end=find(_UBL_END),
        tax_representative_vat=find(_UBL_REPRESENTATIVE_VAT),
        paid=find(_UBL_PAID),
        gross=find(_UBL_GROSS),
        due=find(_UBL_DUE),
        type_code=next((found for tag in _UBL_TYPES if (found := root.findtext(tag)) is not None), None),
        due_dates=tuple(date for path in _UBL_DUE_DATES for date in _texts(root.iterfind(path))),
        vat_in_euro=_amount_in_euro(root.iterfind(_UBL_TAX_AMOUNT)),
        joined_notes="#".join(notes),
        bar_notes="".join(note for note in notes if "#BAR#" in note) + "#",
        references=len(references),
        dated_references=sum(1 for each in references for inner in each if _is_dated_reference(inner)),
        attachments=_texts(root.iterfind(_UBL_DESCRIPTION)),
        seller=party_of_ubl(root.find(_UBL_SELLER)),
        buyer=party_of_ubl(root.find(_UBL_BUYER)),
    )


def _is_dated_reference(reference: etree._Element) -> bool:
    return (
        reference.tag == _UBL_INVOICE_REFERENCE
        and reference.find(_UBL_ID) is not None
        and reference.find(_UBL_ISSUE_DATE) is not None
    )


def _amount_in_euro(amounts: Iterable[etree._Element]) -> str | None:
    return next((amount.text or "" for amount in amounts if amount.get("currencyID") == "EUR"), None)


_UBL_IDENTIFICATION = clark("cac:PartyIdentification")
_UBL_LEGAL_ENTITY = clark("cac:PartyLegalEntity")
_UBL_COMPANY = clark("cbc:CompanyID")
_UBL_ENDPOINT = clark("cbc:EndpointID")


def party_of_ubl(party: etree._Element | None) -> PartyFacts:
    """The facts of a cac:Party or an element made like one."""
    identifiers: list[_Pair] = []
    legal_numbers: list[_Pair | None] = []
    endpoint: etree._Element | None = None
    for child in () if party is None else party:
        tag = child.tag
        if tag == _UBL_IDENTIFICATION:
            identifiers.extend(_pairs(child.iterfind(_UBL_ID)))
        elif tag == _UBL_LEGAL_ENTITY:
            legal_numbers.append(next(iter(_pairs(child.iterfind(_UBL_COMPANY))), None))
        elif tag == _UBL_ENDPOINT and endpoint is None:
            endpoint = child
    return _party(identifiers, legal_numbers, endpoint)


def _pairs(elements: Iterable[etree._Element]) -> list[_Pair]:
    return [(element.get("schemeID"), element.text or "") for element in elements]


def _party(identifiers: list[_Pair], legal_numbers: list[_Pair | None], endpoint: etree._Element | None) -> PartyFacts:
    return PartyFacts(
        identifiers=tuple(identifiers),
        legal_numbers=tuple(legal_numbers),
        endpoint=None if endpoint is None else endpoint.text or "",
        endpoint_scheme=None if endpoint is None else endpoint.get("schemeID"),
    )


_UBL_LOCATION = clark("cac:DeliveryLocation")
_UBL_DELIVERY_COMPANY = clark_path("cac:DeliveryParty/cac:PartyLegalEntity/cbc:CompanyID")


def delivery_of_ubl(delivery: etree._Element) -> PartyFacts:
    """The facts of a cac:Delivery."""
    location = delivery.find(_UBL_LOCATION)
    return PartyFacts(
        identifiers=() if location is None else tuple(_pairs(location.iterfind(_UBL_ID))),
        legal_numbers=tuple(_pairs(delivery.iterfind(_UBL_DELIVERY_COMPANY))),
    )


_CII_AGREEMENT = clark_path("rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement")
_CII_SETTLEMENT = clark_path("rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement")
_CII_ID, _CII_NUMBER = clark_path(CII_FIELDS["BT-1"][0]), clark("ram:IssuerAssignedID")
_CII_TYPE_CODE = clark_path(CII_FIELDS["BT-3"][0])
_CII_FRAMEWORK = clark_path(CII_FIELDS["BT-23"][0])
_CII_ISSUE_DATE = clark_path(CII_FIELDS["BT-2"][0])
_CII_CONTRACT = clark_path("ram:ContractReferencedDocument/ram:IssuerAssignedID")
_CII_CURRENCY, _CII_VAT_CURRENCY = clark("ram:InvoiceCurrencyCode"), clark("ram:TaxCurrencyCode")
_CII_START = clark_path("ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString")
_CII_END = clark_path("ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString")
_CII_PAID, _CII_GROSS = clark("ram:TotalPrepaidAmount"), clark("ram:GrandTotalAmount")
_CII_DUE = clark("ram:DuePayableAmount")
_CII_TOTAL = clark("ram:SpecifiedTradeSettlementHeaderMonetarySummation")
_CII_TAX_TOTAL = clark("ram:TaxTotalAmount")
_CII_DOCUMENT_HEADER = clark("rsm:ExchangedDocument")
_CII_NOTE = clark("ram:IncludedNote")
_CII_SUBJECT, _CII_CONTENT = clark("ram:SubjectCode"), clark("ram:Content")
_CII_DUE_DATE = clark_path(CII_FIELDS["BT-9"][0])
_CII_REFERENCE = f"{_CII_SETTLEMENT}/{clark('ram:InvoiceReferencedDocument')}"
_CII_DOCUMENT = clark("ram:AdditionalReferencedDocument")
_CII_TYPE, _CII_NAME = clark("ram:TypeCode"), clark("ram:Name")
_CII_REFERENCE_DATE = clark_path("ram:FormattedIssueDateTime/qdt:DateTimeString")
_CII_SELLER, _CII_BUYER = clark("ram:SellerTradeParty"), clark("ram:BuyerTradeParty")
_CII_REPRESENTATIVE_TAX = clark_path("ram:SellerTaxRepresentativeTradeParty/ram:SpecifiedTaxRegistration/ram:ID")

_NOWHERE = etree.Element("nowhere")


def _facts_of_cii(root: etree._Element) -> Facts:
    document = root.find(_CII_DOCUMENT_HEADER)
    agreement = _or_nothing(root.find(_CII_AGREEMENT))
    settlement = _or_nothing(root.find(_CII_SETTLEMENT))
    totals = _or_nothing(settlement.find(_CII_TOTAL))
    references = root.findall(_CII_REFERENCE)
    documents = agreement.findall(_CII_DOCUMENT)
    return Facts(
        syntax=Syntax.CII,
        number=root.findtext(_CII_ID),
        type_code=root.findtext(_CII_TYPE_CODE),
        framework=root.findtext(_CII_FRAMEWORK),
        issue_date=root.findtext(_CII_ISSUE_DATE),
        contract=agreement.findtext(_CII_CONTRACT),
        currency=settlement.findtext(_CII_CURRENCY),
        vat_currency=settlement.findtext(_CII_VAT_CURRENCY),
        period_start=settlement.findtext(_CII_START),
        period_end=settlement.findtext(_CII_END),
        paid=totals.findtext(_CII_PAID),
        gross=totals.findtext(_CII_GROSS),
        due=totals.findtext(_CII_DUE),
        due_dates=_texts(root.iterfind(_CII_DUE_DATE)),
        vat_in_euro=_amount_in_euro(totals.iterfind(_CII_TAX_TOTAL)),
        notes=() if document is None else tuple(_note_of_cii(note) for note in document.iterfind(_CII_NOTE)),
        has_place_for_notes=document is not None,
        references=len(references),
        dated_references=sum(1 for each in references if is_dated_reference_of_cii(each)),
        attachments=tuple(_attachments_of_cii(documents)),
        seller=party_of_cii(agreement.find(_CII_SELLER)),
        buyer=party_of_cii(agreement.find(_CII_BUYER)),
        tax_representative_vat=_vat_number(agreement.iterfind(_CII_REPRESENTATIVE_TAX)),
    )


def _or_nothing(element: etree._Element | None) -> etree._Element:
    return _NOWHERE if element is None else element


def _note_of_cii(note: etree._Element) -> _Pair:
    return note.findtext(_CII_SUBJECT), note.findtext(_CII_CONTENT) or ""


def is_dated_reference_of_cii(reference: etree._Element) -> bool:
    """Whether a ram:InvoiceReferencedDocument has number and date."""
    return reference.find(_CII_NUMBER) is not None and reference.find(_CII_REFERENCE_DATE) is not None


def _attachments_of_cii(documents: list[etree._Element]) -> Iterable[str]:
    """The names of the supporting documents; of other documents only that which may not come twice."""
    for document in documents:
        name = document.findtext(_CII_NAME)
        if name == "LISIBLE" or (name and document.findtext(_CII_TYPE) == "916"):
            yield name


def _vat_number(numbers: Iterable[etree._Element]) -> str | None:
    return next((number.text or "" for number in numbers if number.get("schemeID") == "VA"), None)


_CII_GLOBAL_ID = clark("ram:GlobalID")
_CII_ORGANISATION = clark("ram:SpecifiedLegalOrganization")
_CII_LEGAL_ID = clark("ram:ID")
_CII_COMMUNICATION = clark("ram:URIUniversalCommunication")
_CII_URI = clark("ram:URIID")


def party_of_cii(party: etree._Element | None) -> PartyFacts:
    """The facts of a trade party."""
    identifiers: list[_Pair] = []
    legal_numbers: list[_Pair | None] = []
    endpoint: etree._Element | None = None
    for child in () if party is None else party:
        tag = child.tag
        if tag == _CII_GLOBAL_ID:
            identifiers.append((child.get("schemeID"), child.text or ""))
        elif tag == _CII_ORGANISATION:
            legal_numbers.append(next(iter(_pairs(child.iterfind(_CII_LEGAL_ID))), None))
        elif tag == _CII_COMMUNICATION and endpoint is None:
            endpoint = child.find(_CII_URI)
    return _party(identifiers, legal_numbers, endpoint)
