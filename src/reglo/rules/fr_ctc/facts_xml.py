"""The facts of a UBL or CII document, from the elements that hold them."""

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from reglo.formats.reading import Syntax
from reglo.formats.xml import clark, clark_steps
from reglo.rules.fr_ctc.facts import Facts, PartyFacts
from reglo.rules.fr_ctc.texts.places import CII_FIELDS, clark_path

_Pair = tuple[str | None, str]


def facts_of_xml(root: etree._Element, syntax: Syntax) -> Facts:
    """The facts of the document `root`."""
    return _facts_of_cii(root) if syntax is Syntax.CII else _facts_of_ubl(root, syntax)


#: Children of some elements, by tag: many fields are looked for in few elements, so these are gone through once.
_Inside = Mapping[str, list[etree._Element]]
_Path = tuple[str, ...]


def _inside(elements: Iterable[etree._Element]) -> _Inside:
    by_tag: dict[str, list[etree._Element]] = {}
    for element in elements:
        for child in element:
            by_tag.setdefault(child.tag, []).append(child)
    return by_tag


def _at(inside: _Inside, path: _Path) -> Sequence[etree._Element]:
    """All elements to which `path` leads."""
    reached = inside.get(path[0], ())
    for tag in path[1:]:
        reached = [child for each in reached for child in each.iterchildren(tag)]
    return reached


def _text(inside: _Inside, path: _Path) -> str | None:
    """The text of the first of them."""
    reached = _at(inside, path)
    return (reached[0].text or "") if reached else None


def _texts(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    return tuple(element.text or "" for element in elements)


_UBL_ID = clark("cbc:ID")
_UBL_NUMBER = clark_steps("cbc:ID")
_UBL_FRAMEWORK = clark_steps("cbc:ProfileID")
_UBL_ISSUE_DATE = clark("cbc:IssueDate")
_UBL_CURRENCY, _UBL_VAT_CURRENCY = clark_steps("cbc:DocumentCurrencyCode"), clark_steps("cbc:TaxCurrencyCode")
_UBL_CONTRACT = clark_steps("cac:ContractDocumentReference/cbc:ID")
_UBL_START = clark_steps("cac:InvoicePeriod/cbc:StartDate")
_UBL_END = clark_steps("cac:InvoicePeriod/cbc:EndDate")
_UBL_REPRESENTATIVE_VAT = clark_steps("cac:TaxRepresentativeParty/cac:PartyTaxScheme/cbc:CompanyID")
_UBL_PAID = clark_steps("cac:LegalMonetaryTotal/cbc:PrepaidAmount")
_UBL_GROSS = clark_steps("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
_UBL_DUE = clark_steps("cac:LegalMonetaryTotal/cbc:PayableAmount")
_UBL_TYPES = (clark_steps("cbc:InvoiceTypeCode"), clark_steps("cbc:CreditNoteTypeCode"))
_UBL_NOTE = clark_steps("cbc:Note")
_UBL_DUE_DATES = (clark_steps("cbc:DueDate"), clark_steps("cac:PaymentMeans/cbc:PaymentDueDate"))
_UBL_TAX_AMOUNT = clark_steps("cac:TaxTotal/cbc:TaxAmount")
_UBL_REFERENCE = clark_steps("cac:BillingReference")
_UBL_INVOICE_REFERENCE = clark("cac:InvoiceDocumentReference")
_UBL_DESCRIPTION = clark_steps("cac:AdditionalDocumentReference/cbc:DocumentDescription")
_UBL_SELLER = clark_steps("cac:AccountingSupplierParty/cac:Party")
_UBL_BUYER = clark_steps("cac:AccountingCustomerParty/cac:Party")


def _facts_of_ubl(root: etree._Element, syntax: Syntax) -> Facts:
    document = _inside([root])
    notes = _texts(_at(document, _UBL_NOTE))
    references = _at(document, _UBL_REFERENCE)
    return Facts(
        syntax=syntax,
        number=_text(document, _UBL_NUMBER),
        framework=_text(document, _UBL_FRAMEWORK),
        issue_date=_text(document, (_UBL_ISSUE_DATE,)),
        currency=_text(document, _UBL_CURRENCY),
        vat_currency=_text(document, _UBL_VAT_CURRENCY),
        contract=_text(document, _UBL_CONTRACT),
        period_start=_text(document, _UBL_START),
        period_end=_text(document, _UBL_END),
        tax_representative_vat=_text(document, _UBL_REPRESENTATIVE_VAT),
        paid=_text(document, _UBL_PAID),
        gross=_text(document, _UBL_GROSS),
        due=_text(document, _UBL_DUE),
        type_code=next((code for path in _UBL_TYPES if (code := _text(document, path)) is not None), None),
        due_dates=tuple(date for path in _UBL_DUE_DATES for date in _texts(_at(document, path))),
        vat_in_euro=_amount_in_euro(_at(document, _UBL_TAX_AMOUNT)),
        joined_notes="#".join(notes),
        bar_notes="".join(note for note in notes if "#BAR#" in note) + "#",
        references=len(references),
        dated_references=sum(1 for each in references for inner in each if _is_dated_reference(inner)),
        attachments=_texts(_at(document, _UBL_DESCRIPTION)),
        seller=party_of_ubl(_first(document, _UBL_SELLER)),
        buyer=party_of_ubl(_first(document, _UBL_BUYER)),
    )


def _first(inside: _Inside, path: _Path) -> etree._Element | None:
    return next(iter(_at(inside, path)), None)


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
            identifiers.extend(_pairs(child.iterchildren(_UBL_ID)))
        elif tag == _UBL_LEGAL_ENTITY:
            legal_numbers.append(next(iter(_pairs(child.iterchildren(_UBL_COMPANY))), None))
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
        identifiers=() if location is None else tuple(_pairs(location.iterchildren(_UBL_ID))),
        legal_numbers=tuple(_pairs(delivery.iterfind(_UBL_DELIVERY_COMPANY))),
    )


_CII_AGREEMENT = clark_steps("rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement")
_CII_SETTLEMENT = clark_steps("rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement")
_CII_HEADER = clark_steps("rsm:ExchangedDocument")
_CII_TOTALS = clark_steps("ram:SpecifiedTradeSettlementHeaderMonetarySummation")
_CII_ID, _CII_TYPE_CODE, _CII_FRAMEWORK, _CII_ISSUE_DATE, _CII_DUE_DATE = (
    clark_steps(CII_FIELDS[term][0]) for term in ("BT-1", "BT-3", "BT-23", "BT-2", "BT-9")
)
_CII_NUMBER = clark("ram:IssuerAssignedID")
_CII_REFERENCE_DATE = clark_path("ram:FormattedIssueDateTime/qdt:DateTimeString")
_CII_CONTRACT = clark_steps("ram:ContractReferencedDocument/ram:IssuerAssignedID")
_CII_CURRENCY, _CII_VAT_CURRENCY = clark_steps("ram:InvoiceCurrencyCode"), clark_steps("ram:TaxCurrencyCode")
_CII_START = clark_steps("ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString")
_CII_END = clark_steps("ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString")
_CII_PAID, _CII_GROSS = clark_steps("ram:TotalPrepaidAmount"), clark_steps("ram:GrandTotalAmount")
_CII_DUE, _CII_TAX_TOTAL = clark_steps("ram:DuePayableAmount"), clark_steps("ram:TaxTotalAmount")
_CII_NOTE = clark("ram:IncludedNote")
_CII_SUBJECT, _CII_CONTENT = clark_steps("ram:SubjectCode"), clark_steps("ram:Content")
_CII_REFERENCE = (*_CII_SETTLEMENT, clark("ram:InvoiceReferencedDocument"))
_CII_DOCUMENT = clark_steps("ram:AdditionalReferencedDocument")
_CII_TYPE, _CII_NAME = clark("ram:TypeCode"), clark("ram:Name")
_CII_SELLER, _CII_BUYER = clark_steps("ram:SellerTradeParty"), clark_steps("ram:BuyerTradeParty")
_CII_REPRESENTATIVE_TAX = clark_steps("ram:SellerTaxRepresentativeTradeParty/ram:SpecifiedTaxRegistration/ram:ID")


def _facts_of_cii(root: etree._Element) -> Facts:
    document = _inside([root])
    header = _first(document, _CII_HEADER)
    agreement = _inside(_at(document, _CII_AGREEMENT)[:1])
    settlement = _inside(_at(document, _CII_SETTLEMENT)[:1])
    totals = _inside(_at(settlement, _CII_TOTALS)[:1])
    references = _at(document, _CII_REFERENCE)
    return Facts(
        syntax=Syntax.CII,
        number=_text(document, _CII_ID),
        type_code=_text(document, _CII_TYPE_CODE),
        framework=_text(document, _CII_FRAMEWORK),
        issue_date=_text(document, _CII_ISSUE_DATE),
        contract=_text(agreement, _CII_CONTRACT),
        currency=_text(settlement, _CII_CURRENCY),
        vat_currency=_text(settlement, _CII_VAT_CURRENCY),
        period_start=_text(settlement, _CII_START),
        period_end=_text(settlement, _CII_END),
        paid=_text(totals, _CII_PAID),
        gross=_text(totals, _CII_GROSS),
        due=_text(totals, _CII_DUE),
        due_dates=_texts(_at(document, _CII_DUE_DATE)),
        vat_in_euro=_amount_in_euro(_at(totals, _CII_TAX_TOTAL)),
        notes=() if header is None else tuple(_note_of_cii(note) for note in header.iterchildren(_CII_NOTE)),
        has_place_for_notes=header is not None,
        references=len(references),
        dated_references=sum(1 for each in references if is_dated_reference_of_cii(each)),
        attachments=tuple(_attachments_of_cii(_at(agreement, _CII_DOCUMENT))),
        seller=party_of_cii(_first(agreement, _CII_SELLER)),
        buyer=party_of_cii(_first(agreement, _CII_BUYER)),
        tax_representative_vat=_vat_number(_at(agreement, _CII_REPRESENTATIVE_TAX)),
    )


def _note_of_cii(note: etree._Element) -> _Pair:
    inside = _inside([note])
    return _text(inside, _CII_SUBJECT), _text(inside, _CII_CONTENT) or ""


def is_dated_reference_of_cii(reference: etree._Element) -> bool:
    """Whether a ram:InvoiceReferencedDocument has number and date."""
    return reference.find(_CII_NUMBER) is not None and reference.find(_CII_REFERENCE_DATE) is not None


def _attachments_of_cii(documents: Iterable[etree._Element]) -> Iterable[str]:
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
            legal_numbers.append(next(iter(_pairs(child.iterchildren(_CII_LEGAL_ID))), None))
        elif tag == _CII_COMMUNICATION and endpoint is None:
            endpoint = child.find(_CII_URI)
    return _party(identifiers, legal_numbers, endpoint)
