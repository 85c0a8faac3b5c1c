"""The binding of UBL 2.1: which element carries which term, in the order of the UBL schema.

Sources: EN 16931-3-2 (syntax binding to UBL 2.1) and, for the terms of EXTENDED-CTC-FR, XP Z12-012 as its Schematron
addresses them.

What UBL and the model cannot tell each other:

================================  ================================================================================
term                              in UBL
================================  ================================================================================
is_iban (of BT-84)                not said: read from the shape of the identifier
BT-21                             at the head of the text, «#AAI#»; a text that itself begins so is read as a code
BT-147, BT-148                    BT-148 never stands without BT-147: a discount of 0 is written
BT-9 of a credit note, BT-83,     in cac:PaymentMeans: where the invoice names no means of payment, one with code 1
BT-89, the payer (EXT)            (not defined) is written for them, and read back
BT-90                             among the identifiers of the seller: not without one
BT-82                             once, as in EN 16931, though there be several means of payment (UBL-SR-46)
a unit without a quantity         nowhere
order.line of a line              the same element as BT-132
BT-111 without BT-6               not told apart from BT-110
several categories on a line      one (UBL-SR-48)
sub-lines                         EXTENDED-CTC-FR uses a reference of the line to its own document;
                                  cac:SubInvoiceLine (XRechnung extension) counts otherwise and is reported unknown
================================  ================================================================================
"""

from collections.abc import Mapping

from reglo.core.document import (
    Address,
    Allowance,
    Contact,
    Delivery,
    DocumentReference,
    Invoice,
    Item,
    Line,
    Party,
    PaymentCard,
    PaymentMeans,
    Period,
    Price,
    SupportingDocument,
    VatBreakdown,
)
from reglo.formats.ubl.binding import (
    Amount,
    Classified,
    Code,
    Day,
    Each,
    Entry,
    Identified,
    Inside,
    InsideEach,
    Many,
    Number,
    One,
    Quantity,
    ReadOnly,
    Table,
    Text,
    cac,
    cbc,
)
from reglo.formats.ubl.quirks import (
    INVOICED_OBJECT,
    PROJECT,
    AllowanceOrCharge,
    AttributeName,
    BinaryFile,
    CardNetwork,
    InvoicePeriod,
    LineBillingReference,
    LineReference,
    Meaning,
    Means,
    MeansCode,
    MonetaryTotal,
    OrderLineReference,
    OrderReference,
    PartyIdentification,
    PriceDiscount,
    SingleReference,
    SubjectNote,
    SupportingReference,
    TaxAmount,
    TaxCategory,
    TaxRegistration,
    TaxTotal,
    TypedReference,
    account_of,
    attribute_of,
)

_TAX_SCHEME = cac("TaxScheme", Inside(cbc("ID", Code("scheme"))))


def _address(line_1: str, line_2: str, line_3: str, city: str, post_code: str, subdivision: str, country: str) -> Table:
    """The table of an address, whose terms have these numbers."""
    return Table(
        Address,
        cbc("StreetName", Text("line_1", line_1)),
        cbc("AdditionalStreetName", Text("line_2", line_2)),
        cbc("CityName", Text("city", city)),
        cbc("PostalZone", Text("post_code", post_code)),
        cbc("CountrySubentity", Text("subdivision", subdivision)),
        cac("AddressLine", Inside(cbc("Line", Text("line_3", line_3)))),
        cac("Country", Inside(cbc("IdentificationCode", Code("country", country)))),
    )


_SELLER_ADDRESS = _address("BT-35", "BT-36", "BT-162", "BT-37", "BT-38", "BT-39", "BT-40")
_BUYER_ADDRESS = _address("BT-50", "BT-51", "BT-163", "BT-52", "BT-53", "BT-54", "BT-55")
_REPRESENTATIVE_ADDRESS = _address("BT-64", "BT-65", "BT-164", "BT-66", "BT-67", "BT-68", "BT-69")
_DELIVERY_ADDRESS = _address("BT-75", "BT-76", "BT-165", "BT-77", "BT-78", "BT-79", "BT-80")


def _party(
    address: Table,
    terms: Mapping[str, str],
    *extra: Mapping[str, Entry],
    may_be_creditor: bool = False,
    named_by_party_name: bool = False,
) -> Table:
    """The table of a party, whose terms have the numbers `terms`.

    named_by_party_name: the name is cac:PartyName, as of payees and representatives; else that is the trading name.
    """
    party_name = "name" if named_by_party_name else "trading_name"
    legal_name = {} if named_by_party_name else cbc("RegistrationName", Text("name", terms.get("name")))
    registration = Table(dict, cbc("CompanyID", Text("company", terms.get("vat_identifier"))), _TAX_SCHEME)
    return Table(
        Party,
        cbc("EndpointID", Identified("electronic_address", terms.get("electronic_address"))),
        cbc("IndustryClassificationCode", Code("role_code")),
        cac("PartyIdentification", PartyIdentification(may_be_creditor=may_be_creditor)),
        cac("PartyName", Inside(cbc("Name", Text(party_name, terms.get(party_name))))),
        cac("PostalAddress", One("address", address, terms.get("address"))),
        cac("PartyTaxScheme", TaxRegistration(registration, terms.get("vat_identifier"))),
        cac(
            "PartyLegalEntity",
            Inside(
                legal_name,
                cbc("CompanyID", Identified("legal_registration", terms.get("legal_registration"))),
                cbc("CompanyLegalForm", Text("legal_information", "BT-33")),
            ),
        ),
        cac("Contact", One("contact", _contact(terms), terms.get("contact"))),
        *extra,
    )


def _contact(terms: Mapping[str, str]) -> Table:
    return Table(
        Contact,
        cbc("Name", Text("name", terms.get("contact.name"))),
        cbc("Telephone", Text("phone", terms.get("contact.phone"))),
        cbc("ElectronicMail", Text("email", terms.get("contact.email"))),
    )


_SELLER_TERMS = {
    "name": "BT-27",
    "trading_name": "BT-28",
    "legal_registration": "BT-30",
    "vat_identifier": "BT-31",
    "electronic_address": "BT-34",
    "address": "BG-5",
    "contact": "BG-6",
    "contact.name": "BT-41",
    "contact.phone": "BT-42",
    "contact.email": "BT-43",
}
_BUYER_TERMS = {
    "name": "BT-44",
    "trading_name": "BT-45",
    "legal_registration": "BT-47",
    "vat_identifier": "BT-48",
    "electronic_address": "BT-49",
    "address": "BG-8",
    "contact": "BG-9",
    "contact.name": "BT-56",
    "contact.phone": "BT-57",
    "contact.email": "BT-58",
}
_PAYEE_TERMS = {"name": "BT-59", "legal_registration": "BT-61"}
_REPRESENTATIVE_TERMS = {"name": "BT-62", "vat_identifier": "BT-63", "address": "BG-12"}

_OTHER_PARTY = _party(_SELLER_ADDRESS, {})
_AGENTS = (
    cac("AgentParty", One("agent", _OTHER_PARTY)),
    cac("ServiceProviderParty", Inside(cac("Party", One("provider", _OTHER_PARTY)))),
)
_SELLER = _party(_SELLER_ADDRESS, _SELLER_TERMS, *_AGENTS, may_be_creditor=True)
_BUYER = _party(_BUYER_ADDRESS, _BUYER_TERMS, *_AGENTS)
_PAYEE = _party(_SELLER_ADDRESS, _PAYEE_TERMS, may_be_creditor=True, named_by_party_name=True)
_REPRESENTATIVE = _party(_REPRESENTATIVE_ADDRESS, _REPRESENTATIVE_TERMS, named_by_party_name=True)


def _trading_party(party: Table) -> Table:
    """A seller or buyer, which UBL wraps once more."""
    return Table(party.make, cac("Party", Inside(party.entries)))


_PERIOD_TERMS = {"start": "BT-73", "end": "BT-74"}
_LINE_PERIOD_TERMS = {"start": "BT-134", "end": "BT-135"}


def _period(terms: Mapping[str, str], *extra: Mapping[str, Entry]) -> Table:
    return Table(
        Period,
        cbc("StartDate", Day("start", terms["start"])),
        cbc("EndDate", Day("end", terms["end"])),
        *extra,
    )


_DELIVERY = Table(
    Delivery,
    cbc("ActualDeliveryDate", Day("date", "BT-72")),
    cac(
        "DeliveryLocation",
        Inside(
            cbc("ID", Identified("location", "BT-71")),
            cac("Address", One("address", _DELIVERY_ADDRESS, "BG-15")),
        ),
    ),
    cac("DeliveryParty", Inside(cac("PartyName", Inside(cbc("Name", Text("name", "BT-70")))))),
)


def _tax_category(category: str, rate: str, terms: tuple[str, str], *extra: Mapping[str, Entry]) -> Table:
    """The table of a VAT category, that fills the fields `category` and `rate`."""
    return Table(dict, cbc("ID", Code(category, terms[0])), cbc("Percent", Number(rate, terms[1])), *extra, _TAX_SCHEME)


_EXEMPTION = (
    cbc("TaxExemptionReasonCode", Code("exemption_code", "BT-121")),
    cbc("TaxExemptionReason", Text("exemption_reason", "BT-120")),
)


def _allowance(terms: Mapping[str, str], *extra: Mapping[str, Entry]) -> AllowanceOrCharge:
    return AllowanceOrCharge(
        Table(
            Allowance,
            cbc("ChargeIndicator", Code("indicator")),
            cbc("AllowanceChargeReasonCode", Code("reason_code", terms["reason_code"])),
            cbc("AllowanceChargeReason", Text("reason", terms["reason"])),
            cbc("MultiplierFactorNumeric", Number("percent", terms["percent"])),
            cbc("Amount", Amount("amount", terms["amount"])),
            cbc("BaseAmount", Amount("base", terms["base"])),
            *extra,
        )
    )


_ALLOWANCE_TERMS = {
    "amount": "BT-92",
    "base": "BT-93",
    "percent": "BT-94",
    "reason": "BT-97",
    "reason_code": "BT-98",
}
_LINE_ALLOWANCE_TERMS = {
    "amount": "BT-136",
    "base": "BT-137",
    "percent": "BT-138",
    "reason": "BT-139",
    "reason_code": "BT-140",
}
_ALLOWANCE = _allowance(
    _ALLOWANCE_TERMS,
    cac("TaxCategory", TaxCategory(_tax_category("vat_category", "vat_rate", ("BT-95", "BT-96")), "BT-95")),
)
_LINE_ALLOWANCE = _allowance(_LINE_ALLOWANCE_TERMS)

_ACCOUNT = Table(
    account_of,
    cbc("ID", Text("identifier", "BT-84")),
    cbc("Name", Text("name", "BT-85")),
    cac("FinancialInstitutionBranch", Inside(cbc("ID", Text("bic", "BT-86")))),
)
_CARD = Table(
    PaymentCard,
    cbc("PrimaryAccountNumberID", Text("number", "BT-87")),
    cbc("NetworkID", CardNetwork("network")),
    cbc("HolderName", Text("holder", "BT-88")),
)
_MANDATE = Inside(
    cbc("ID", Text("mandate", "BT-89")),
    cac("PayerParty", One("payer", _OTHER_PARTY)),
    cac("PayerFinancialAccount", Inside(cbc("ID", Text("debited_account", "BT-91")))),
)


def _means(*extra: Mapping[str, Entry]) -> Table:
    return Table(
        PaymentMeans,
        cbc("PaymentMeansCode", MeansCode("code", "BT-81")),
        *extra,
        cbc("PaymentID", Text("remittance_information", "BT-83")),
        cac("CardAccount", One("card", _CARD, "BG-18")),
        cac("PayeeFinancialAccount", One("account", _ACCOUNT, "BG-17")),
        cac("PaymentMandate", _MANDATE),
    )


_LIFTED_FROM_MEANS = {name: name for name in ("remittance_information", "mandate", "payer")}

_TOTALS = Table(
    dict,
    cbc("LineExtensionAmount", Amount("lines", "BT-106")),
    cbc("TaxExclusiveAmount", Amount("net", "BT-109")),
    cbc("TaxInclusiveAmount", Amount("gross", "BT-112")),
    cbc("AllowanceTotalAmount", Amount("allowances", "BT-107")),
    cbc("ChargeTotalAmount", Amount("charges", "BT-108")),
    cbc("PrepaidAmount", Amount("paid", "BT-113")),
    cbc("PayableRoundingAmount", Amount("rounding", "BT-114")),
    cbc("PayableAmount", Amount("due", "BT-115")),
)
_BREAKDOWN = Table(
    VatBreakdown,
    cbc("TaxableAmount", Amount("taxable", "BT-116")),
    cbc("TaxAmount", Amount("tax", "BT-117")),
    cac(
        "TaxCategory",
        TaxCategory(_tax_category("category", "rate", ("BT-118", "BT-119"), *_EXEMPTION), "BT-118"),
    ),
)
_TAX_TOTAL = Table(
    dict, cbc("TaxAmount", TaxAmount("amount", "BT-110")), cac("TaxSubtotal", Many("breakdown", _BREAKDOWN))
)

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
        TaxCategory(_tax_category("vat_category", "vat_rate", ("BT-151", "BT-152"), *_EXEMPTION), "BT-151"),
    ),
    cac("AdditionalItemProperty", Many("attributes", _ATTRIBUTE)),
)
_LIFTED_FROM_ITEM = {name: name for name in ("vat_category", "vat_rate", "exemption_code", "exemption_reason")}

_REFERENCE = (cbc("ID", Text("number")), cbc("IssueDate", Day("issue_date")))
_BILLING_REFERENCE = Table(
    DocumentReference,
    cac(
        "InvoiceDocumentReference",
        Inside(
            cbc("ID", Text("number", "BT-25")),
            cbc("IssueDate", Day("issue_date", "BT-26")),
            cbc("DocumentTypeCode", Code("type_code", "EXT-FR-FE-02")),
        ),
    ),
)
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
_LINE_REFERENCE = Table(dict, cbc("LineID", Text("line")), cac("DocumentReference", Inside(*_REFERENCE)))
_ORDER_LINE_REFERENCE = Table(
    dict,
    cbc("LineID", Text("order_line", "BT-132")),
    cac("OrderReference", One("order", Table(DocumentReference, *_REFERENCE))),
)
_LINE_OBJECT = SingleReference("invoiced_object", "BT-128", INVOICED_OBJECT, has_scheme=True)
_OBJECT = Table(dict, cbc("ID", Identified("identifier", "BT-128")), cbc("DocumentTypeCode", Code("type")))
_ADDITIONAL = Table(
    SupportingDocument,
    cbc("ID", Identified("identifier", "BT-122")),
    cbc("DocumentTypeCode", Code("type")),
    cbc("DocumentDescription", Text("description", "BT-123")),
    cac(
        "Attachment",
        Inside(
            cbc("EmbeddedDocumentBinaryObject", BinaryFile("attachment", "BT-125")),
            cac("ExternalReference", Inside(cbc("URI", Text("url", "BT-124")))),
        ),
    ),
)


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
        cac("InvoicePeriod", One("period", _period(_LINE_PERIOD_TERMS), "BG-26")),
        cac("OrderLineReference", OrderLineReference(_ORDER_LINE_REFERENCE)),
        cac("DespatchLineReference", LineReference("despatch_advice", _LINE_REFERENCE)),
        cac("ReceiptLineReference", LineReference("receiving_advice", _LINE_REFERENCE)),
        cac("BillingReference", LineBillingReference(_LINE_BILLING_REFERENCE)),
        cac(
            "DocumentReference",
            TypedReference(_OBJECT, {None: _LINE_OBJECT, INVOICED_OBJECT: _LINE_OBJECT}),
        ),
        cac("Delivery", One("delivery", _DELIVERY)),
        cac("AllowanceCharge", _LINE_ALLOWANCE),
        cac("Item", One("item", _ITEM, "BG-31", lift=_LIFTED_FROM_ITEM)),
        cac("Price", One("price", _PRICE, "BG-29")),
    )


INVOICE_LINE = _line("InvoicedQuantity", "CreditedQuantity")
CREDIT_NOTE_LINE = _line("CreditedQuantity", "InvoicedQuantity")

_CURRENCIES = (
    cbc("DocumentCurrencyCode", Code("currency", "BT-5")),
    cbc("TaxCurrencyCode", Code("vat_currency", "BT-6")),
    cbc("AccountingCost", Text("buyer_accounting_reference", "BT-19")),
    cbc("BuyerReference", Text("buyer_reference", "BT-10")),
    cac("InvoicePeriod", InvoicePeriod(_period(_PERIOD_TERMS, cbc("DescriptionCode", Code("tax_point_code", "BT-8"))))),
    cac(
        "OrderReference",
        OrderReference(
            Table(dict, cbc("ID", Text("purchase_order", "BT-13")), cbc("SalesOrderID", Text("sales_order", "BT-14")))
        ),
    ),
    cac("BillingReference", Many("preceding_invoices", _BILLING_REFERENCE)),
    cac("DespatchDocumentReference", Inside(cbc("ID", Text("despatch_advice", "BT-16")))),
    cac("ReceiptDocumentReference", Inside(cbc("ID", Text("receiving_advice", "BT-15")))),
)
_TENDER = cac("OriginatorDocumentReference", Inside(cbc("ID", Text("tender", "BT-17"))))
_CONTRACT = cac("ContractDocumentReference", Inside(cbc("ID", Text("contract", "BT-12"))))
_MEANINGS: dict[str | None, Meaning] = {
    INVOICED_OBJECT: SingleReference("invoiced_object", "BT-18", INVOICED_OBJECT, has_scheme=True)
}
_PROJECT = SingleReference("project", "BT-11", PROJECT, has_scheme=False)
_SUPPORTING = SupportingReference()
_PARTIES = (
    cac(
        "AccountingSupplierParty",
        One(
            "seller",
            _trading_party(_SELLER),
            "BG-4",
            lift={"agent": "seller_agent", "provider": "invoicer", "creditor": "creditor"},
        ),
    ),
    cac(
        "AccountingCustomerParty",
        One("buyer", _trading_party(_BUYER), "BG-7", lift={"agent": "buyer_agent", "provider": "invoicee"}),
    ),
    cac("PayeeParty", One("payee", _PAYEE, "BG-10", lift={"creditor": "creditor"}, lower={})),
    cac("TaxRepresentativeParty", One("tax_representative", _REPRESENTATIVE, "BG-11")),
    cac("Delivery", One("delivery", _DELIVERY, "BG-13")),
)
_PAYMENT_TERMS = cac("PaymentTerms", Inside(cbc("Note", Text("payment_terms", "BT-20"))))
_AMOUNTS = (
    cac("AllowanceCharge", _ALLOWANCE),
    cac("TaxTotal", TaxTotal(_TAX_TOTAL)),
    cac("LegalMonetaryTotal", MonetaryTotal(_TOTALS)),
)
_HEAD = (
    cbc("CustomizationID", Code("specification", "BT-24")),
    cbc("ProfileID", Code("business_process", "BT-23")),
    cbc("ID", Text("number", "BT-1")),
    cbc("IssueDate", Day("issue_date", "BT-2")),
)

INVOICE = Table(
    Invoice,
    *_HEAD,
    cbc("DueDate", Day("due_date", "BT-9")),
    cbc("InvoiceTypeCode", Code("type_code", "BT-3")),
    cbc("Note", SubjectNote("notes", "BT-22")),
    cbc("TaxPointDate", Day("tax_point_date", "BT-7")),
    *_CURRENCIES,
    _TENDER,
    _CONTRACT,
    cac(
        "AdditionalDocumentReference",
        TypedReference(_ADDITIONAL, {**_MEANINGS, "other": _SUPPORTING}, ("supporting_documents",)),
    ),
    cac("ProjectReference", Inside(cbc("ID", Text("project", "BT-11")))),
    *_PARTIES,
    cac("PaymentMeans", Means("means", _means(), lift=_LIFTED_FROM_MEANS)),
    _PAYMENT_TERMS,
    *_AMOUNTS,
    cac("InvoiceLine", Many("lines", INVOICE_LINE)),
    cac("CreditNoteLine", ReadOnly(Many("lines", CREDIT_NOTE_LINE))),
)
CREDIT_NOTE = Table(
    Invoice,
    *_HEAD,
    cbc("TaxPointDate", Day("tax_point_date", "BT-7")),
    cbc("CreditNoteTypeCode", Code("type_code", "BT-3")),
    cbc("Note", SubjectNote("notes", "BT-22")),
    *_CURRENCIES,
    _CONTRACT,
    cac(
        "AdditionalDocumentReference",
        TypedReference(
            _ADDITIONAL,
            {**_MEANINGS, PROJECT: _PROJECT, "other": _SUPPORTING},
            ("supporting_documents",),
        ),
    ),
    _TENDER,
    *_PARTIES,
    cac(
        "PaymentMeans",
        Means(
            "means",
            _means(cbc("PaymentDueDate", Day("due_date", "BT-9"))),
            lift={**_LIFTED_FROM_MEANS, "due_date": "due_date"},
        ),
    ),
    _PAYMENT_TERMS,
    *_AMOUNTS,
    cac("InvoiceLine", ReadOnly(Many("lines", INVOICE_LINE))),
    cac("CreditNoteLine", Many("lines", CREDIT_NOTE_LINE)),
)
