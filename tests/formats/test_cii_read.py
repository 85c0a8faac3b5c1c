"""Reading a Cross Industry Invoice: every term, and everything that is not one."""

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reglo.core.document import Allowance, Contact, Identifier, Note
from reglo.formats.cii import read_cii
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import parse_xml

EXAMPLES = Path("../shared/corpora/en16931-examples/cii")

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:un:unece:uncefact:data:standard:{name}:100"'
    for prefix, name in {
        "rsm": "CrossIndustryInvoice",
        "ram": "ReusableAggregateBusinessInformationEntity",
        "udt": "UnqualifiedDataType",
        "qdt": "QualifiedDataType",
    }.items()
)


def read(inside: str) -> Reading:
    return read_cii(parse_xml(f"<rsm:CrossIndustryInvoice {NAMESPACES}>{inside}</rsm:CrossIndustryInvoice>".encode()))


def read_document(inside: str) -> Reading:
    return read(f"<rsm:ExchangedDocument>{inside}</rsm:ExchangedDocument>")


def read_settlement(inside: str) -> Reading:
    return read(
        "<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>"
        f"{inside}</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"
    )


def read_agreement(inside: str) -> Reading:
    return read(
        "<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>"
        f"{inside}</ram:ApplicableHeaderTradeAgreement></rsm:SupplyChainTradeTransaction>"
    )


def read_line(inside: str) -> Reading:
    return read(
        "<rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem>"
        f"{inside}</ram:IncludedSupplyChainTradeLineItem></rsm:SupplyChainTradeTransaction>"
    )


def test_an_empty_document_reads_as_nothing_at_all() -> None:
    reading = read("")
    assert reading.syntax is Syntax.CII
    assert reading.invoice.number is None
    assert reading.invoice.lines == ()
    assert (reading.problems, reading.unknown) == ((), ())


def test_an_empty_element_is_not_an_absent_one() -> None:
    assert read_document("<ram:ID/>").invoice.number == ""


def test_codes_lose_the_spaces_around_them_and_texts_keep_theirs() -> None:
    note = "<ram:IncludedNote><ram:Content> two\n words </ram:Content><ram:SubjectCode> PMT\n</ram:SubjectCode>"
    reading = read_document(f"{note}</ram:IncludedNote>")
    assert reading.invoice.notes == (Note(text=" two\n words ", subject="PMT"),)


@pytest.mark.parametrize(
    "text", ["12,50", "NaN", "INF", "1e400", "1E2", "", "0x10", "١٢", "1" * 31, "1 000", "--1", "1.2.3", "+"]
)
def test_what_is_no_plain_number_is_a_problem(text: str) -> None:
    reading = read_settlement(
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        f"<ram:DuePayableAmount>{text}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
    )
    assert reading.invoice.totals is not None
    assert reading.invoice.totals.due is None
    (problem,) = reading.problems
    assert (problem.kind, problem.term, problem.value) == ("not-a-number", "BT-115", text)
    assert problem.where.endswith("/ram:DuePayableAmount")


@pytest.mark.parametrize(("text", "number"), [("100", "100"), (" 1.50\n", "1.5"), ("+.5", "0.5"), ("-3.", "-3")])
def test_every_way_to_write_a_decimal_is_read(text: str, number: str) -> None:
    reading = read_line(
        "<ram:SpecifiedLineTradeDelivery>"
        f'<ram:BilledQuantity unitCode="C62">{text}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>'
    )
    assert reading.invoice.lines[0].quantity == Decimal(number)
    assert reading.invoice.lines[0].unit == "C62"
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("20260231", "102"),
        ("2026-02-01", "102"),
        ("202602", "610"),
        ("20260201", "610"),
        ("", "102"),
        ("2026020１", "102"),
    ],
)
def test_what_is_no_day_in_format_102_is_a_problem(text: str, form: str) -> None:
    moment = f'<ram:IssueDateTime><udt:DateTimeString format="{form}">{text}</udt:DateTimeString></ram:IssueDateTime>'
    reading = read_document(moment)
    assert reading.invoice.issue_date is None
    assert [problem.kind for problem in reading.problems] == ["not-a-date"]
    good = '<ram:IssueDateTime><udt:DateTimeString format="102">20240229</udt:DateTimeString></ram:IssueDateTime>'
    assert read_document(good).invoice.issue_date == date(2024, 2, 29)


def test_the_first_of_two_counts_and_the_second_is_a_problem() -> None:
    reading = read_document("<ram:ID>A</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:ID>B</ram:ID>")
    assert reading.invoice.number == "A"
    (problem,) = reading.problems
    assert (problem.kind, problem.value, problem.term) == ("repeated", "B", "BT-1")
    assert problem.where == "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID[2]"


def test_what_no_term_carries_is_listed() -> None:
    reading = read_document('<ram:ID schemeAgencyID="9">A</ram:ID><ram:Name>FACTURE</ram:Name><other/>')
    root = "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument"
    assert reading.unknown == (f"{root}/ram:Name", f"{root}/other", f"{root}/ram:ID/@schemeAgencyID")


def test_a_currency_that_repeats_that_of_the_document_is_no_news() -> None:
    def totals(currency: str) -> Reading:
        return read_settlement(
            "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
            "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
            f'<ram:GrandTotalAmount currencyID="{currency}">1</ram:GrandTotalAmount>'
            "</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        )

    assert totals("EUR").unknown == ()
    assert [path.rpartition("/")[2] for path in totals("USD").unknown] == ["@currencyID"]


def test_the_two_vat_totals_are_told_apart_by_currency() -> None:
    reading = read_settlement(
        "<ram:TaxCurrencyCode>EUR</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>USD</ram:InvoiceCurrencyCode>"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        '<ram:TaxTotalAmount currencyID="EUR">9</ram:TaxTotalAmount>'
        '<ram:TaxTotalAmount currencyID="USD">10</ram:TaxTotalAmount>'
        '<ram:TaxTotalAmount currencyID="JPY">11</ram:TaxTotalAmount>'
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
    )
    assert reading.invoice.totals is not None
    assert (reading.invoice.totals.vat, reading.invoice.totals.vat_accounting) == (Decimal(10), Decimal(9))
    assert [path.rpartition("/")[2] for path in reading.unknown] == ["ram:TaxTotalAmount[3]"]


def test_allowances_and_charges_are_told_apart_by_their_indicator() -> None:
    def element(indicator: str, amount: str) -> str:
        return (
            f"<ram:SpecifiedTradeAllowanceCharge>{indicator}<ram:ActualAmount>{amount}</ram:ActualAmount>"
            "</ram:SpecifiedTradeAllowanceCharge>"
        )

    def said(value: str) -> str:
        return f"<ram:ChargeIndicator><udt:Indicator>{value}</udt:Indicator></ram:ChargeIndicator>"

    parts = [(said("false"), "1"), (said("true"), "2"), (said("0"), "3"), (said("maybe"), "4"), ("", "5")]
    reading = read_settlement("".join(element(*part) for part in parts))
    assert [each.amount for each in reading.invoice.allowances] == [Decimal(1), Decimal(3)]
    assert [each.amount for each in reading.invoice.charges] == [Decimal(2)]
    assert [problem.kind for problem in reading.problems] == ["not-a-boolean"]
    assert [path[-3:] for path in reading.unknown] == ["[4]", "[5]"]


_FREIGHT = (
    "<ram:SpecifiedLogisticsServiceCharge><ram:Description>Fret</ram:Description>"
    "<ram:AppliedAmount>15.00</ram:AppliedAmount><ram:AppliedTradeTax><ram:TypeCode>VAT</ram:TypeCode>"
    "<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent>"
    "</ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>"
)


def test_a_charge_for_logistics_is_a_charge_after_the_others() -> None:
    reading = read_settlement(
        "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>true</udt:Indicator>"
        "</ram:ChargeIndicator><ram:ActualAmount>4.00</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>" + _FREIGHT
    )
    freight = Allowance(amount=Decimal("15.00"), vat_category="S", vat_rate=Decimal(20), reason="Fret")
    assert reading.invoice.charges == (Allowance(amount=Decimal("4.00")), freight)
    assert (reading.unknown, reading.problems) == ((), ())


def test_of_several_taxes_on_a_charge_for_logistics_the_first_counts_and_the_others_are_listed() -> None:
    tax = "<ram:AppliedTradeTax><ram:CategoryCode>Z</ram:CategoryCode></ram:AppliedTradeTax>"
    reading = read_settlement(_FREIGHT.replace("</ram:SpecifiedL", f"{tax}</ram:SpecifiedL"))
    assert reading.invoice.charges[0].vat_category == "S"
    assert [each.rsplit("/", 1)[1] for each in reading.unknown] == ["ram:AppliedTradeTax[2]"]


def test_of_several_payment_terms_the_first_counts_and_the_others_are_listed() -> None:
    reading = read_settlement(
        "".join(
            f"<ram:SpecifiedTradePaymentTerms><ram:Description>{text}</ram:Description></ram:SpecifiedTradePaymentTerms>"
            for text in ("30 %", "70 %")
        )
    )
    assert reading.invoice.payment_terms == "30 %"
    assert [path.rpartition("/")[2] for path in reading.unknown] == ["ram:SpecifiedTradePaymentTerms[2]"]
    assert reading.problems == ()


def test_what_a_profile_may_repeat_and_the_model_does_not_is_listed_beyond_the_first() -> None:
    name = "ram:ReceivableSpecifiedTradeAccountingAccount"
    account = f"<{name}><ram:ID>{{}}</ram:ID></{name}>"
    reading = read_settlement(account.format("401") + account.format("411"))
    assert reading.invoice.buyer_accounting_reference == "401"
    assert [path[-3:] for path in reading.unknown] == ["[2]"]
    contact = "<ram:DefinedTradeContact><ram:PersonName>{}</ram:PersonName></ram:DefinedTradeContact>"
    reading = read_agreement(f"<ram:SellerTradeParty>{contact.format('A')}{contact.format('B')}</ram:SellerTradeParty>")
    assert reading.invoice.seller is not None
    assert reading.invoice.seller.contact == Contact(name="A")
    assert [path[-3:] for path in reading.unknown] == ["[2]"]
    assert reading.problems == ()


def test_a_tax_point_repeated_with_another_value_is_a_problem() -> None:
    def breakdown(code: str) -> str:
        return f"<ram:ApplicableTradeTax><ram:DueDateTypeCode>{code}</ram:DueDateTypeCode></ram:ApplicableTradeTax>"

    same = read_settlement(breakdown("72") + breakdown("72"))
    assert (same.invoice.tax_point_code, same.problems) == ("432", ())
    differing = read_settlement(breakdown("72") + breakdown("5"))
    assert differing.invoice.tax_point_code == "432"
    assert [problem.kind for problem in differing.problems] == ["repeated"]


def test_additional_documents_go_where_their_type_says() -> None:
    def document(code: str, number: str) -> str:
        return (
            f"<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>{number}</ram:IssuerAssignedID>"
            f"<ram:TypeCode>{code}</ram:TypeCode></ram:AdditionalReferencedDocument>"
        )

    reading = read_agreement("".join(document(code, code) for code in ("916", "50", "130", "916", "999", "50")))
    assert [each.reference for each in reading.invoice.supporting_documents] == ["916", "916"]
    assert reading.invoice.tender == "50"
    assert reading.invoice.invoiced_object == Identifier(value="130")
    assert [path[-3:] for path in reading.unknown] == ["[5]"]
    assert [problem.kind for problem in reading.problems] == ["repeated"]


def test_an_attachment_that_is_no_base64_is_a_problem() -> None:
    reading = read_agreement(
        "<ram:AdditionalReferencedDocument><ram:TypeCode>916</ram:TypeCode>"
        '<ram:AttachmentBinaryObject mimeCode="text/csv" filename="a.csv">???</ram:AttachmentBinaryObject>'
        "</ram:AdditionalReferencedDocument>"
    )
    assert reading.invoice.supporting_documents[0].attachment is None
    assert [problem.kind for problem in reading.problems] == ["not-base64"]


def test_the_base_of_the_net_price_counts_and_another_one_on_the_gross_price_is_listed() -> None:
    def prices(gross: str, net: str) -> Reading:
        return read_line(
            "<ram:SpecifiedLineTradeAgreement>"
            f"<ram:GrossPriceProductTradePrice>{gross}</ram:GrossPriceProductTradePrice>"
            f"<ram:NetPriceProductTradePrice>{net}</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>"
        )

    def base(number: int) -> str:
        return f'<ram:BasisQuantity unitCode="KGM">{number}</ram:BasisQuantity>'

    for reading, number, unknown in (
        (prices(base(2), base(2)), 2, 0),
        (prices(base(2), base(3)), 3, 1),
        (prices(base(2), ""), 2, 0),
    ):
        price = reading.invoice.lines[0].price
        assert price is not None
        assert (price.base_quantity, price.base_unit) == (Decimal(number), "KGM")
        assert len(reading.unknown) == unknown


@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/corpora is not here")
def test_the_examples_of_the_standard_read_without_problems() -> None:
    files = sorted(EXAMPLES.glob("*.xml"))
    assert len(files) >= 15
    for file in files:
        reading = read_cii(parse_xml(file.read_bytes()))
        assert reading.problems == (), file
        assert reading.invoice.lines, file


@pytest.mark.parametrize(
    "inside",
    [
        '<ram:TaxTotalAmount currencyID="EUR">1</ram:TaxTotalAmount>',
        "<ram:Novelty/>",
        "<ram:LineTotalAmount>1</ram:LineTotalAmount>",
    ],
)
def test_forty_times_as_much_nonsense_takes_no_more_than_in_proportion(inside: str) -> None:
    def seconds(times: int) -> float:
        summation = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
        begin = time.process_time()
        read_settlement(f"<{summation}>{inside * times}</{summation}>")
        return time.process_time() - begin

    seconds(500)
    assert min(seconds(20000) for _ in range(2)) < 200 * max(min(seconds(500) for _ in range(3)), 0.002)


def test_attributes_without_end_are_listed_in_a_time_that_grows_with_them() -> None:
    attributes = " ".join(f'a{index}="1"' for index in range(60_000))
    begun = time.perf_counter()
    assert len(read_document(f"<ram:ID {attributes}>F1</ram:ID>").unknown) == 60_000
    assert time.perf_counter() - begun < 2
