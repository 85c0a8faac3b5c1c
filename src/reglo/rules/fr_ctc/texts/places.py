"""Where the fields stand that the rules look at, in UBL and in CII.

A path leads from the root of the document through child elements. `line` stands for the line of either UBL document,
and for the line item of CII. The sheets hold some rules to an element wherever it stands; here are the places where
a document can have it.
"""

from collections.abc import Mapping

from reglo.formats.xml import clark_steps

_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_DELIVERY = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_SUMMATION = f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_ALLOWANCE = f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge"
_INVOICE_REFERENCE = f"{_SETTLEMENT}/ram:InvoiceReferencedDocument"
_LINE = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"
_LINE_AGREEMENT = f"{_LINE}/ram:SpecifiedLineTradeAgreement"
_LINE_SETTLEMENT = f"{_LINE}/ram:SpecifiedLineTradeSettlement"
_LINE_ALLOWANCE = f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge"
_UBL_ENTRY = "cac:TaxTotal/cac:TaxSubtotal"
_UBL_REFERENCE = "cac:BillingReference/cac:InvoiceDocumentReference"

UBL_FIELDS: Mapping[str, tuple[str, ...]] = {
    "BT-1": ("cbc:ID",),
    "BT-2": ("cbc:IssueDate",),
    "BT-3": ("cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode"),
    "BT-7": ("cbc:TaxPointDate",),
    "BT-9": ("cbc:DueDate",),
    "BT-23": ("cbc:ProfileID",),
    "BT-25": (f"{_UBL_REFERENCE}/cbc:ID",),
    "BT-26": (f"{_UBL_REFERENCE}/cbc:IssueDate",),
    "BT-72": ("cac:Delivery/cbc:ActualDeliveryDate",),
    "BT-73": ("cac:InvoicePeriod/cbc:StartDate",),
    "BT-74": ("cac:InvoicePeriod/cbc:EndDate",),
    "BT-92_BT-99": ("cac:AllowanceCharge/cbc:Amount",),
    "BT-93_BT-100": ("cac:AllowanceCharge/cbc:BaseAmount",),
    "BT-95_BT-102": ("cac:AllowanceCharge/cac:TaxCategory/cbc:ID", "line/cac:AllowanceCharge/cac:TaxCategory/cbc:ID"),
    "BT-96_BT-103": (
        "cac:AllowanceCharge/cac:TaxCategory/cbc:Percent",
        "line/cac:AllowanceCharge/cac:TaxCategory/cbc:Percent",
    ),
    "BT-106": ("cac:LegalMonetaryTotal/cbc:LineExtensionAmount",),
    "BT-107": ("cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount",),
    "BT-108": ("cac:LegalMonetaryTotal/cbc:ChargeTotalAmount",),
    "BT-109": ("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",),
    "BT-110": ("cac:TaxTotal/cbc:TaxAmount", "line/cac:TaxTotal/cbc:TaxAmount"),
    "BT-112": ("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",),
    "BT-113": ("cac:LegalMonetaryTotal/cbc:PrepaidAmount",),
    "BT-114": ("cac:LegalMonetaryTotal/cbc:PayableRoundingAmount",),
    "BT-115": ("cac:LegalMonetaryTotal/cbc:PayableAmount",),
    "BT-116": (f"{_UBL_ENTRY}/cbc:TaxableAmount", f"line/{_UBL_ENTRY}/cbc:TaxableAmount"),
    "BT-117": (f"{_UBL_ENTRY}/cbc:TaxAmount", f"line/{_UBL_ENTRY}/cbc:TaxAmount"),
    "BT-118": (f"{_UBL_ENTRY}/cac:TaxCategory/cbc:ID", f"line/{_UBL_ENTRY}/cac:TaxCategory/cbc:ID"),
    "BT-119": (f"{_UBL_ENTRY}/cac:TaxCategory/cbc:Percent", f"line/{_UBL_ENTRY}/cac:TaxCategory/cbc:Percent"),
    "BT-129": ("cac:InvoiceLine/cbc:InvoicedQuantity", "cac:CreditNoteLine/cbc:CreditedQuantity"),
    "BT-131": ("line/cbc:LineExtensionAmount",),
    "BT-134": ("line/cac:InvoicePeriod/cbc:StartDate",),
    "BT-135": ("line/cac:InvoicePeriod/cbc:EndDate",),
    "BT-136_BT-141": ("line/cac:AllowanceCharge/cbc:Amount",),
    "BT-137_BT-142": ("line/cac:AllowanceCharge/cbc:BaseAmount",),
    "BT-146": ("line/cac:Price/cbc:PriceAmount",),
    "BT-147": ("line/cac:Price/cac:AllowanceCharge/cbc:Amount",),
    "BT-148": ("line/cac:Price/cac:AllowanceCharge/cbc:BaseAmount",),
    "BT-149": ("line/cac:Price/cbc:BaseQuantity",),
    "BT-151": ("line/cac:Item/cac:ClassifiedTaxCategory/cbc:ID",),
    "BT-152": ("line/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent",),
    # The UBL sheet looks for the attributes of an item beside the lines, where no document has them.
    "BT-160": ("cac:Item/cac:AdditionalItemProperty/cbc:Name",),
    "EXT-FR-FE-02": (f"{_UBL_REFERENCE}/cbc:DocumentTypeCode",),
    "EXT-FR-FE-136": (f"line/{_UBL_REFERENCE}/cbc:ID",),
    "EXT-FR-FE-137": (f"line/{_UBL_REFERENCE}/cbc:DocumentTypeCode",),
    "EXT-FR-FE-138": (f"line/{_UBL_REFERENCE}/cbc:IssueDate",),
    "EXT-FR-FE-158": ("line/cac:Delivery/cbc:ActualDeliveryDate",),
    "EXT-FR-FE-159": ("cac:Item/cac:AdditionalItemProperty/cbc:NameCode",),
}

#: The UBL sheet forgets the lines of credit notes here.
UBL_ONLY_INVOICE_LINES = frozenset({"BR-FR-16_BT-152"})

CII_FIELDS: Mapping[str, tuple[str, ...]] = {
    "BT-1": ("rsm:ExchangedDocument/ram:ID",),
    "BT-2": ("rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString",),
    "BT-3": ("rsm:ExchangedDocument/ram:TypeCode",),
    "BT-7": (f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:TaxPointDate/udt:DateString",),
    "BT-9": (f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString",),
    "BT-23": ("rsm:ExchangedDocumentContext/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID",),
    "BT-25": (f"{_INVOICE_REFERENCE}/ram:IssuerAssignedID",),
    "BT-26": (f"{_INVOICE_REFERENCE}/ram:FormattedIssueDateTime/qdt:DateTimeString",),
    "BT-72": (f"{_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString",),
    "BT-73": (f"{_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString",),
    "BT-74": (f"{_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString",),
    "BT-92_BT-99": (f"{_ALLOWANCE}/ram:ActualAmount",),
    "BT-93_BT-100": (f"{_ALLOWANCE}/ram:BasisAmount",),
    "BT-95_BT-102": (f"{_ALLOWANCE}/ram:CategoryTradeTax/ram:CategoryCode",),
    "BT-96_BT-103": (f"{_ALLOWANCE}/ram:CategoryTradeTax/ram:RateApplicablePercent",),
    "BT-106": (f"{_SUMMATION}/ram:LineTotalAmount",),
    "BT-107": (f"{_SUMMATION}/ram:AllowanceTotalAmount",),
    "BT-108": (f"{_SUMMATION}/ram:ChargeTotalAmount",),
    "BT-109": (f"{_SUMMATION}/ram:TaxBasisTotalAmount",),
    "BT-110": (f"{_SUMMATION}/ram:TaxTotalAmount",),
    "BT-112": (f"{_SUMMATION}/ram:GrandTotalAmount",),
    "BT-113": (f"{_SUMMATION}/ram:TotalPrepaidAmount",),
    "BT-114": (f"{_SUMMATION}/ram:RoundingAmount",),
    "BT-115": (f"{_SUMMATION}/ram:DuePayableAmount",),
    "BT-116": (f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:BasisAmount",),
    "BT-117": (f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:CalculatedAmount",),
    "BT-118": (f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:CategoryCode",),
    "BT-119": (f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:RateApplicablePercent",),
    "BT-129": (f"{_LINE}/ram:SpecifiedLineTradeDelivery/ram:BilledQuantity",),
    "BT-131": (f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount",),
    "BT-134": (f"{_LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString",),
    "BT-135": (f"{_LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString",),
    "BT-136_BT-141": (f"{_LINE_ALLOWANCE}/ram:ActualAmount",),
    "BT-137_BT-142": (f"{_LINE_ALLOWANCE}/ram:BasisAmount",),
    "BT-146": (f"{_LINE_AGREEMENT}/ram:NetPriceProductTradePrice/ram:ChargeAmount",),
    "BT-147": (f"{_LINE_AGREEMENT}/ram:GrossPriceProductTradePrice/ram:AppliedTradeAllowanceCharge/ram:ActualAmount",),
    "BT-148": (f"{_LINE_AGREEMENT}/ram:GrossPriceProductTradePrice/ram:ChargeAmount",),
    "BT-149": (f"{_LINE_AGREEMENT}/ram:NetPriceProductTradePrice/ram:BasisQuantity",),
    "BT-151": (f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:CategoryCode",),
    "BT-152": (f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:RateApplicablePercent",),
    "BT-160": (f"{_LINE}/ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic/ram:Description",),
    "EXT-FR-FE-02": (f"{_INVOICE_REFERENCE}/ram:TypeCode",),
    "EXT-FR-FE-136": (f"{_LINE_SETTLEMENT}/ram:InvoiceReferencedDocument/ram:IssuerAssignedID",),
    "EXT-FR-FE-137": (f"{_LINE_SETTLEMENT}/ram:InvoiceReferencedDocument/ram:TypeCode",),
    "EXT-FR-FE-138": (
        f"{_LINE_SETTLEMENT}/ram:InvoiceReferencedDocument/ram:FormattedIssueDateTime/qdt:DateTimeString",
    ),
    "EXT-FR-FE-158": (
        f"{_LINE}/ram:SpecifiedLineTradeDelivery/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/"
        "udt:DateTimeString",
    ),
    "EXT-FR-FE-159": (f"{_LINE}/ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic/ram:TypeCode",),
}


def steps(path: str, *, lines: tuple[str, ...] = ("cac:InvoiceLine", "cac:CreditNoteLine")) -> list[tuple[str, ...]]:
    """The names of a path as lxml spells them; two paths where `line` stands for the lines of both UBL documents."""
    if path.startswith("line/"):
        return [each for line in lines for each in steps(f"{line}{path[4:]}")]
    return [clark_steps(path)]


def clark_path(path: str) -> str:
    """A path for lxml's `find`: `a:B/c:D` with namespaces spelt out."""
    return "/".join(clark_steps(path))
