"""The Invoice and the CreditNote, which have their elements in different orders."""

from reglo.core.document import Invoice
from reglo.formats.ubl.binding import Inside, Many, ReadOnly, Table, cac, cbc
from reglo.formats.ubl.leaves import Code, Day, Text
from reglo.formats.ubl.quirks.additional import (
    INVOICED_OBJECT,
    PROJECT,
    Meaning,
    SingleReference,
    SupportingReference,
    TypedReference,
)
from reglo.formats.ubl.quirks.amounts import MonetaryTotal, TaxTotal
from reglo.formats.ubl.quirks.fillers import Silent
from reglo.formats.ubl.quirks.notes import InvoicePeriod, SubjectNote
from reglo.formats.ubl.quirks.payment import Means
from reglo.formats.ubl.quirks.references import OrderReference
from reglo.formats.ubl.tables.amounts import ALLOWANCE, TAX_TOTAL, TOTALS
from reglo.formats.ubl.tables.lines import CREDIT_NOTE_LINE, INVOICE_LINE
from reglo.formats.ubl.tables.parties import PARTIES
from reglo.formats.ubl.tables.payment import LIFTED_FROM_MEANS, means
from reglo.formats.ubl.tables.references import ADDITIONAL, BILLING_REFERENCE, PERIOD_TERMS, period

_CURRENCIES = (
    cbc("DocumentCurrencyCode", Code("currency", "BT-5")),
    cbc("TaxCurrencyCode", Code("vat_currency", "BT-6")),
    cbc("AccountingCost", Text("buyer_accounting_reference", "BT-19")),
    cbc("BuyerReference", Text("buyer_reference", "BT-10")),
    cac("InvoicePeriod", InvoicePeriod(period(PERIOD_TERMS, cbc("DescriptionCode", Code("tax_point_code", "BT-8"))))),
    cac(
        "OrderReference",
        OrderReference(
            Table(dict, cbc("ID", Text("purchase_order", "BT-13")), cbc("SalesOrderID", Text("sales_order", "BT-14")))
        ),
    ),
    cac("BillingReference", Many("preceding_invoices", BILLING_REFERENCE)),
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

_PAYMENT_TERMS = cac("PaymentTerms", Inside(cbc("Note", Text("payment_terms", "BT-20"))))

_AMOUNTS = (
    cac("AllowanceCharge", ALLOWANCE),
    cac("TaxTotal", TaxTotal(TAX_TOTAL)),
    cac("LegalMonetaryTotal", MonetaryTotal(TOTALS)),
)

_HEAD = (
    cbc("UBLVersionID", Silent("2.1")),
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
        TypedReference(ADDITIONAL, {**_MEANINGS, "other": _SUPPORTING}, ("supporting_documents",)),
    ),
    cac("ProjectReference", Inside(cbc("ID", Text("project", "BT-11")))),
    *PARTIES,
    cac("PaymentMeans", Means("means", means(), lift=LIFTED_FROM_MEANS)),
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
            ADDITIONAL,
            {**_MEANINGS, PROJECT: _PROJECT, "other": _SUPPORTING},
            ("supporting_documents",),
        ),
    ),
    _TENDER,
    *PARTIES,
    cac(
        "PaymentMeans",
        Means(
            "means",
            means(cbc("PaymentDueDate", Day("due_date", "BT-9"))),
            lift={**LIFTED_FROM_MEANS, "due_date": "due_date"},
        ),
    ),
    _PAYMENT_TERMS,
    *_AMOUNTS,
    cac("InvoiceLine", ReadOnly(Many("lines", INVOICE_LINE))),
    cac("CreditNoteLine", Many("lines", CREDIT_NOTE_LINE)),
)
