"""Reading UBL: each quirk of the syntax, and that nothing is lost silently."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reglo.core.document import Address, DocumentReference, Identifier, Note, Period
from reglo.formats.reading import Reading, Syntax
from reglo.formats.ubl import read_ubl
from reglo.formats.xml import parse_xml
from tests.rules.mutations import mutations

EXAMPLES = Path(__file__).parents[2] / "../shared/corpora/en16931-examples/ubl"
NAMESPACES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def read(content: str, kind: str = "Invoice") -> Reading:
    """The reading of an Invoice or CreditNote with only this content."""
    namespace = f"urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
    return read_ubl(parse_xml(f'<{kind} xmlns="{namespace}" {NAMESPACES}>{content}</{kind}>'.encode()))


def test_an_empty_document_has_nothing_and_no_problem() -> None:
    reading = read("")
    assert reading.invoice.number is None
    assert reading.invoice.payment is None
    assert reading.invoice.totals is None
    assert reading.problems == ()
    assert reading.unknown == ()
    assert reading.syntax is Syntax.UBL_INVOICE


def test_absent_and_empty_are_told_apart() -> None:
    assert read("<cbc:ID></cbc:ID>").invoice.number == ""
    assert read("<cac:AccountingSupplierParty/>").invoice.seller is not None


def test_a_subject_code_stands_before_the_text_of_a_note() -> None:
    notes = read("<cbc:Note>#PMT#40 €</cbc:Note><cbc:Note>rue #12 et #13</cbc:Note>").invoice.notes
    assert notes == (Note(subject="PMT", text="40 €"), Note(text="rue #12 et #13"))


@pytest.mark.parametrize("text", ["2400,00", "NaN", "INF", "1e400", "1E3", "", "0x10", "1 000", "9" * 40, "１２"])
def test_what_is_no_number_is_a_problem_and_no_value(text: str) -> None:
    reading = read(f"<cac:LegalMonetaryTotal><cbc:PayableAmount>{text}</cbc:PayableAmount></cac:LegalMonetaryTotal>")
    assert reading.invoice.totals is not None
    assert reading.invoice.totals.due is None
    (problem,) = reading.problems
    assert (problem.kind, problem.term) == ("not-a-number", "BT-115")
    assert problem.where == "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount"


@pytest.mark.parametrize(("text", "value"), [(" 5.00 ", "5.00"), ("-.5", "-0.5"), ("+7", "7"), ("3.", "3")])
def test_a_number_is_what_xml_schema_calls_a_decimal(text: str, value: str) -> None:
    reading = read(f"<cac:LegalMonetaryTotal><cbc:PayableAmount>{text}</cbc:PayableAmount></cac:LegalMonetaryTotal>")
    assert reading.invoice.totals is not None
    assert reading.invoice.totals.due == Decimal(value)


@pytest.mark.parametrize("text", ["2026-02-31", "31/01/2026", "20260131", "2026-W05-1", ""])
def test_what_is_no_date_is_a_problem_and_no_value(text: str) -> None:
    reading = read(f"<cbc:IssueDate>{text}</cbc:IssueDate>")
    assert reading.invoice.issue_date is None
    assert [problem.kind for problem in reading.problems] == ["not-a-date"]


def test_a_second_value_is_a_problem_and_the_first_is_kept() -> None:
    reading = read("<cbc:ID>A</cbc:ID><cbc:ID>B</cbc:ID>")
    assert reading.invoice.number == "A"
    (problem,) = reading.problems
    assert (problem.kind, problem.value, problem.where) == ("repeated", "B", "/Invoice/cbc:ID[2]")


def test_what_no_term_carries_is_listed() -> None:
    reading = read(
        '<cbc:UUID>1</cbc:UUID><cbc:ID schemeID="x">A</cbc:ID>'
        "<cac:Delivery><cac:DeliveryAddress/></cac:Delivery><cac:Signature><cbc:ID>1</cbc:ID></cac:Signature>"
    )
    assert reading.unknown == (
        "/Invoice/cbc:UUID",
        "/Invoice/cbc:ID/@schemeID",
        "/Invoice/cac:Delivery/cac:DeliveryAddress",
        "/Invoice/cac:Signature",
    )


def test_what_tells_nothing_is_not_listed() -> None:
    assert read("<cbc:UBLVersionID>2.1</cbc:UBLVersionID>").unknown == ()
    assert read("<cbc:UBLVersionID>2.0</cbc:UBLVersionID>").unknown == ("/Invoice/cbc:UBLVersionID",)
    card = "<cac:PaymentMeans><cac:CardAccount><cbc:NetworkID>{}</cbc:NetworkID></cac:CardAccount></cac:PaymentMeans>"
    assert read(card.format("NA")).unknown == ()
    assert len(read(card.format("VISA")).unknown) == 1


def test_an_amount_in_another_currency_is_not_taken_for_one_in_euros_silently() -> None:
    reading = read(
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:LegalMonetaryTotal>"
        '<cbc:PayableAmount currencyID="USD">1</cbc:PayableAmount></cac:LegalMonetaryTotal>'
    )
    assert reading.unknown == ("/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount/@currencyID",)


def test_vat_and_other_tax_numbers_are_told_apart_by_their_scheme() -> None:
    seller = read(
        "<cac:AccountingSupplierParty><cac:Party>"
        "<cac:PartyTaxScheme><cbc:CompanyID>123</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>LOC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        "<cac:PartyTaxScheme><cbc:CompanyID>FR1</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>vat</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        "</cac:Party></cac:AccountingSupplierParty>"
    ).invoice.seller
    assert seller is not None
    assert (seller.vat_identifier, seller.tax_registration) == ("FR1", "123")


def test_a_sepa_identifier_of_the_seller_is_the_creditor_of_the_direct_debit() -> None:
    invoice = read(
        "<cac:AccountingSupplierParty><cac:Party>"
        '<cac:PartyIdentification><cbc:ID schemeID="SEPA">FR72ZZZ123456</cbc:ID></cac:PartyIdentification>'
        '<cac:PartyIdentification><cbc:ID schemeID="0009">73282932000074</cbc:ID></cac:PartyIdentification>'
        "</cac:Party></cac:AccountingSupplierParty>"
    ).invoice
    assert invoice.payment is not None
    assert invoice.payment.creditor == "FR72ZZZ123456"
    assert invoice.seller is not None
    assert invoice.seller.identifiers == (Identifier(value="73282932000074", scheme="0009"),)


def test_the_two_tax_totals_are_told_apart_by_their_currency() -> None:
    totals = read(
        "<cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>"
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">9</cbc:TaxAmount></cac:TaxTotal>'
        '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">100</cbc:TaxAmount></cac:TaxTotal>'
    ).invoice.totals
    assert totals is not None
    assert (totals.vat, totals.vat_accounting) == (Decimal(100), Decimal(9))


def test_a_total_in_a_third_currency_is_none_of_the_two_but_its_breakdown_counts() -> None:
    reading = read(
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:TaxTotal>"
        '<cbc:TaxAmount currencyID="USD">9</cbc:TaxAmount><cac:TaxSubtotal/></cac:TaxTotal>'
    )
    assert reading.invoice.totals is not None
    assert reading.invoice.totals.vat is None
    assert len(reading.invoice.vat_breakdown) == 1
    assert reading.unknown == ("/Invoice/cac:TaxTotal/cbc:TaxAmount",)


def test_an_additional_reference_is_an_object_a_proof_or_the_project_of_a_credit_note() -> None:
    content = (
        '<cac:AdditionalDocumentReference><cbc:ID schemeID="ABT">42</cbc:ID>'
        "<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>P-1</cbc:ID>"
        "<cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>BL-7</cbc:ID></cac:AdditionalDocumentReference>"
    )
    credit_note = read(content, kind="CreditNote").invoice
    assert credit_note.invoiced_object == Identifier(value="42", scheme="ABT")
    assert credit_note.project == "P-1"
    assert [each.reference for each in credit_note.supporting_documents] == ["BL-7"]
    invoice = read(content).invoice
    assert invoice.project is None
    assert [each.reference for each in invoice.supporting_documents] == ["P-1", "BL-7"]


def test_the_due_date_of_a_credit_note_stands_with_the_means_of_payment() -> None:
    content = (
        "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        "<cbc:PaymentDueDate>2026-10-15</cbc:PaymentDueDate></cac:PaymentMeans>"
    )
    assert read(content, kind="CreditNote").invoice.due_date == date(2026, 10, 15)
    assert read(content).unknown == ("/Invoice/cac:PaymentMeans/cbc:PaymentDueDate",)


def test_the_same_remittance_information_on_two_accounts_is_no_repetition() -> None:
    means = "<cac:PaymentMeans><cbc:PaymentID>{}</cbc:PaymentID></cac:PaymentMeans>"
    assert read(means.format("RF1") * 2).problems == ()
    (problem,) = read(means.format("RF1") + means.format("RF2")).problems
    assert (problem.kind, problem.value) == ("repeated", "RF2")


def test_a_code_of_the_tax_point_alone_makes_no_period() -> None:
    period = "<cac:InvoicePeriod>{}<cbc:DescriptionCode>35</cbc:DescriptionCode></cac:InvoicePeriod>"
    assert read(period.format("")).invoice.period is None
    assert read("<cac:InvoicePeriod/>").invoice.period == Period()
    dated = read(period.format("<cbc:StartDate>2026-09-01</cbc:StartDate>")).invoice
    assert (dated.period, dated.tax_point_code) == (Period(start=date(2026, 9, 1)), "35")


def test_a_category_of_another_tax_is_no_vat_category() -> None:
    reading = read(
        "<cac:InvoiceLine><cac:Item><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>"
        "<cac:TaxScheme><cbc:ID>GST</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>"
    )
    assert reading.invoice.lines[0].vat_category is None
    assert reading.unknown == ("/Invoice/cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory",)


def test_an_allowance_that_does_not_say_whether_it_is_a_charge_is_unknown() -> None:
    reading = read("<cac:AllowanceCharge><cbc:Amount>1</cbc:Amount></cac:AllowanceCharge>")
    assert reading.invoice.allowances == reading.invoice.charges == ()
    assert reading.unknown == ("/Invoice/cac:AllowanceCharge",)
    reading = read("<cac:AllowanceCharge><cbc:ChargeIndicator>oui</cbc:ChargeIndicator></cac:AllowanceCharge>")
    assert [problem.kind for problem in reading.problems] == ["not-a-boolean"]


def test_a_line_that_refers_to_its_own_document_is_a_sub_line() -> None:
    reference = (
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{}</cbc:ID>"
        "{}</cac:InvoiceDocumentReference><cac:BillingReferenceLine><cbc:ID>1</cbc:ID></cac:BillingReferenceLine>"
        "</cac:BillingReference>"
    )
    own = reference.format("F1", "<cbc:DocumentStatusCode>DETAIL</cbc:DocumentStatusCode>")
    deposit = reference.format("A9", "<cbc:DocumentTypeCode>386</cbc:DocumentTypeCode>")
    line = read(f"<cbc:ID>F1</cbc:ID><cac:InvoiceLine>{own}{deposit}</cac:InvoiceLine>").invoice.lines[0]
    assert (line.parent, line.kind) == ("1", "DETAIL")
    assert line.preceding_invoice == DocumentReference(number="A9", type_code="386", line="1")


def test_agents_of_the_parties_are_parties_of_the_document() -> None:
    named = "<cac:PartyLegalEntity><cbc:RegistrationName>{}</cbc:RegistrationName></cac:PartyLegalEntity>"
    inside = (
        f"<cac:AgentParty>{named.format('agent')}</cac:AgentParty>"
        f"<cac:ServiceProviderParty><cac:Party>{named.format('provider')}</cac:Party></cac:ServiceProviderParty>"
    )
    invoice = read(
        f"<cac:AccountingSupplierParty><cac:Party>{inside}</cac:Party></cac:AccountingSupplierParty>"
        f"<cac:AccountingCustomerParty><cac:Party>{inside}</cac:Party></cac:AccountingCustomerParty>"
        f"<cac:PaymentMeans><cac:PaymentMandate><cac:PayerParty>{named.format('payer')}</cac:PayerParty>"
        "</cac:PaymentMandate></cac:PaymentMeans>"
    ).invoice
    found = (invoice.seller_agent, invoice.invoicer, invoice.buyer_agent, invoice.invoicee, invoice.payer)
    assert [party and party.name for party in found] == ["agent", "provider", "agent", "provider", "payer"]


def test_an_attachment_that_is_no_base_64_is_a_problem() -> None:
    reference = (
        "<cac:AdditionalDocumentReference><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="a.csv">{}</cbc:EmbeddedDocumentBinaryObject>'
        "</cac:Attachment></cac:AdditionalDocumentReference>"
    )
    attachment = read(reference.format("YTti\nYw==")).invoice.supporting_documents[0].attachment
    assert attachment is not None
    assert (attachment.content, attachment.mime_code, attachment.filename) == (b"a;bc", "text/csv", "a.csv")
    assert [problem.kind for problem in read(reference.format("é")).problems] == ["not-base64"]


@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/corpora is not here")
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*")), ids=lambda path: path.name)
def test_the_examples_of_the_standard_are_read_whole(path: Path) -> None:
    reading = read_ubl(parse_xml(path.read_bytes()))
    assert reading.problems == ()
    assert reading.unknown == ()
    assert reading.invoice.lines
    assert reading.invoice.seller is not None
    assert isinstance(reading.invoice.seller.address, Address)


@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/corpora is not here")
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*")), ids=lambda path: path.name)
def test_whatever_is_damaged_is_read_without_failing(path: Path) -> None:
    for mutation in mutations(path.read_bytes(), count=60, seed=7):
        read_ubl(parse_xml(mutation.data))


def test_many_problems_take_no_quadratic_time() -> None:
    line = "<cac:InvoiceLine><cbc:UUID/><cbc:LineExtensionAmount>x</cbc:LineExtensionAmount></cac:InvoiceLine>"
    reading = read(line * 20_000)
    assert len(reading.unknown) == len(reading.problems) == 20_000
    assert reading.unknown[-1] == "/Invoice/cac:InvoiceLine[20000]/cbc:UUID"


def test_a_classification_is_a_code_without_spaces_around_it() -> None:
    code = "<cbc:ItemClassificationCode listID='STI'>\n  65434568\n</cbc:ItemClassificationCode>"
    line = f"<cac:InvoiceLine><cac:Item><cac:CommodityClassification>{code}</cac:CommodityClassification></cac:Item>"
    (read_line,) = read(f"{line}</cac:InvoiceLine>").invoice.lines
    assert read_line.item is not None
    assert read_line.item.classifications == (Identifier(value="65434568", scheme="STI"),)
