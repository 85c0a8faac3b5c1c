"""Lines, their items and prices."""

from reglo.core.document import DocumentReference, Item, Line, Price
from reglo.formats.ubl.binding import Each, Inside, InsideEach, Many, One, ReadOnly, Table, cac, cbc
from reglo.formats.ubl.leaves import Amount, Classified, Code, Day, Identified, Quantity, Text
from reglo.formats.ubl.quirks.additional import INVOICED_OBJECT, SingleReference, TypedReference
from reglo.formats.ubl.quirks.amounts import PriceDiscount, TaxCategory
from reglo.formats.ubl.quirks.fillers import AttributeName, attribute_of
from reglo.formats.ubl.quirks.notes import SubjectNote
from reglo.formats.ubl.quirks.references import LineBillingReference, LineReference, OrderLineReference
from reglo.formats.ubl.tables.amounts import EXEMPTION, LINE_ALLOWANCE, tax_category
from reglo.formats.ubl.tables.parties import DELIVERY
from reglo.formats.ubl.tables.references import LINE_PERIOD_TERMS, REFERENCE, period

_PRICE = Table(
    Price,
    cbc("PriceAmount", Amount("net", "BT-146")),
    cbc("BaseQuantity", Quantity("base_quantity", "BT-149", unit="base_unit")),
    cac(
        "AllowanceCharge",
        PriceDiscount(
            Table(
                dict,
                cbc("ChargeIndicator", Code("indicator")),
                cbc("Amount", Amount("discount", "BT-147")),
                cbc("BaseAmount", Amount("gross", "BT-148")),
            )
        ),
    ),
)

_ATTRIBUTE = Table(
    attribute_of,
    cbc("Name", AttributeName("name", "BT-160")),
    cbc("NameCode", Code("code", "EXT-FR-FE-159")),
    cbc("Value", Text("value", "BT-161")),
)

_ITEM = Table(
    Item,
    cbc("Description", Text("description", "BT-154")),
    cbc("Name", Text("name", "BT-153")),
    cac("BuyersItemIdentification", Inside(cbc("ID", Text("buyer_identifier", "BT-156")))),
    cac("SellersItemIdentification", Inside(cbc("ID", Text("seller_identifier", "BT-155")))),
    cac("StandardItemIdentification", Inside(cbc("ID", Identified("standard_identifier", "BT-157")))),
    cac("OriginCountry", Inside(cbc("IdentificationCode", Code("origin_country", "BT-159")))),
    cac(
        "CommodityClassification",
        InsideEach("ItemClassificationCode", Each(Classified("classifications", "BT-158"))),
    ),
    cac(
        "ClassifiedTaxCategory",
        TaxCategory(tax_category("vat_category", "vat_rate", ("BT-151", "BT-152"), *EXEMPTION), "BT-151"),
    ),
    cac("AdditionalItemProperty", Many("attributes", _ATTRIBUTE)),
)

_LIFTED_FROM_ITEM = {name: name for name in ("vat_category", "vat_rate", "exemption_code", "exemption_reason")}

_LINE_BILLING_REFERENCE = Table(
    dict,
    cac(
        "InvoiceDocumentReference",
        Inside(
            cbc("ID", Text("number", "EXT-FR-FE-136")),
            cbc("IssueDate", Day("issue_date", "EXT-FR-FE-138")),
            cbc("DocumentTypeCode", Code("type_code", "EXT-FR-FE-137")),
            cbc("DocumentStatusCode", Code("kind", "EXT-FR-FE-163")),
        ),
    ),
    cac("BillingReferenceLine", Inside(cbc("ID", Text("line", "EXT-FR-FE-162")))),
)

_LINE_REFERENCE = Table(dict, cbc("LineID", Text("line")), cac("DocumentReference", Inside(*REFERENCE)))

_ORDER_LINE_REFERENCE = Table(
    dict,
    cbc("LineID", Text("order_line", "BT-132")),
    cac("OrderReference", One("order", Table(DocumentReference, *REFERENCE))),
)

_LINE_OBJECT = SingleReference("invoiced_object", "BT-128", INVOICED_OBJECT, has_scheme=True)

OBJECT = Table(dict, cbc("ID", Identified("identifier", "BT-128")), cbc("DocumentTypeCode", Code("type")))


def _line(quantity: str, elsewhere: str) -> Table:
    """The table of a line, whose quantity is the element `quantity`; that of the other kind of document is read too."""
    return Table(
        Line,
        cbc("ID", Text("identifier", "BT-126")),
        cbc("Note", SubjectNote("notes", "BT-127")),
        cbc(quantity, Quantity("quantity", "BT-129", unit="unit")),
        cbc(elsewhere, ReadOnly(Quantity("quantity", "BT-129", unit="unit"))),
        cbc("LineExtensionAmount", Amount("net_amount", "BT-131")),
        cbc("AccountingCost", Text("buyer_accounting_reference", "BT-133")),
        cac("InvoicePeriod", One("period", period(LINE_PERIOD_TERMS), "BG-26")),
        cac("OrderLineReference", OrderLineReference(_ORDER_LINE_REFERENCE)),
        cac("DespatchLineReference", LineReference("despatch_advice", _LINE_REFERENCE)),
        cac("ReceiptLineReference", LineReference("receiving_advice", _LINE_REFERENCE)),
        cac("BillingReference", LineBillingReference(_LINE_BILLING_REFERENCE)),
        cac(
            "DocumentReference",
            TypedReference(OBJECT, {None: _LINE_OBJECT, INVOICED_OBJECT: _LINE_OBJECT}),
        ),
        cac("Delivery", One("delivery", DELIVERY)),
        cac("AllowanceCharge", LINE_ALLOWANCE),
        cac("Item", One("item", _ITEM, "BG-31", lift=_LIFTED_FROM_ITEM)),
        cac("Price", One("price", _PRICE, "BG-29")),
    )


INVOICE_LINE = _line("InvoicedQuantity", "CreditedQuantity")

CREDIT_NOTE_LINE = _line("CreditedQuantity", "InvoicedQuantity")
