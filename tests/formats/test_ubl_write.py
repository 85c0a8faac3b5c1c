"""Writing UBL: what is written is valid, canonical, and read back equal."""

import copy
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from reglo.core.document import (
    Allowance,
    Attachment,
    Attribute,
    BankAccount,
    Contact,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Line,
    Note,
    Party,
    Payment,
    PaymentCard,
    PaymentMeans,
    Period,
    Price,
    SupportingDocument,
    Totals,
)
from reglo.core.errors import DomainError
from reglo.core.totals import with_totals
from reglo.formats.profiles import Profile
from reglo.formats.reading import Syntax
from reglo.formats.ubl import read_ubl, write_ubl
from reglo.formats.ubl.extension import ExtensionTermsRefused, NotInUbl
from reglo.formats.ubl.output import UnwritableCharacter
from reglo.formats.xml import parse_xml
from tests.builders import a_buyer, a_line, a_seller, an_allowance, an_invoice
from tests.rules.oracle import official_findings

EXTENDED = Profile.EXTENDED_CTC_FR.value


def read_back(invoice: Invoice) -> Invoice:
    """The invoice after one journey through UBL."""
    reading = read_ubl(parse_xml(write_ubl(invoice)))
    assert reading.problems == ()
    assert reading.unknown == ()
    return reading.invoice


def an_address_of_three_lines() -> Party:
    party = a_seller()
    assert party.address is not None
    return replace(party, address=replace(party.address, line_2="Bât. B", line_3="3e étage", subdivision="Rhône"))


def every_term_of_the_standard() -> Invoice:
    """An invoice that has every term of EN 16931 that an invoice can have at once."""
    contact = Contact(name="Claire", phone="+33 4 00 00 00 00", email="claire@example.org")
    seller = replace(
        an_address_of_three_lines(),
        trading_name="Lumière",
        identifiers=(Identifier(value="73282932000074", scheme="0009"), Identifier(value="X", scheme="0088")),
        tax_registration="REG-1",
        contact=contact,
    )
    buyer = a_buyer(
        trading_name="Chez Martin", identifiers=(Identifier(value="55210055400013", scheme="0009"),), contact=contact
    )
    means = (
        PaymentMeans(
            code="59",
            text="Prélèvement SEPA",
            account=BankAccount(identifier="FR7630006000011234567890189", name="Atelier", bic="AGRIFRPP"),
        ),
        PaymentMeans(code="59", debited_account="FR7612345678901234567890123"),
        PaymentMeans(code="59", card=PaymentCard(number="1234", holder="C. Martin")),
    )
    return with_totals(
        an_invoice(
            vat_currency="CHF",
            tax_point_code="35",
            buyer_reference="SERVICE-12",
            project="P-1",
            contract="M-2026-7",
            purchase_order="BC-9",
            sales_order="CV-3",
            receiving_advice="R-1",
            despatch_advice="BL-1",
            tender="AO-4",
            invoiced_object=Identifier(value="COMPTEUR-1", scheme="ABT"),
            buyer_accounting_reference="6226",
            preceding_invoices=(DocumentReference(number="F2026-0000", issue_date=date(2026, 8, 1)),),
            seller=seller,
            buyer=buyer,
            payee=Party(
                name="Affacturage SA",
                identifiers=(Identifier(value="12345678900011", scheme="0009"),),
                legal_registration=Identifier(value="123456789", scheme="0002"),
            ),
            tax_representative=Party(name="Représentant", vat_identifier="FR11999999998", address=seller.address),
            delivery=Delivery(
                name="Entrepôt",
                location=Identifier(value="55210055400021", scheme="0009"),
                date=date(2026, 9, 14),
                address=seller.address,
            ),
            period=Period(start=date(2026, 9, 1), end=date(2026, 9, 30)),
            payment=Payment(means=means, remittance_information="RF12", mandate="RUM-1", creditor="FR72ZZZ123456"),
            allowances=(an_allowance(percent=Decimal(10), reason_code="95"),),
            charges=(an_allowance("5", reason="Port", reason_code="FC"),),
            totals=Totals(vat_accounting=Decimal("19.20"), paid=Decimal("10.00"), rounding=Decimal("0.01")),
            supporting_documents=(
                SupportingDocument(reference="BL", description="RIB", url="https://example.org/bl"),
                SupportingDocument(
                    reference="CSV", attachment=Attachment(content=b"a;b\n", mime_code="text/csv", filename="a.csv")
                ),
            ),
            lines=(a_full_line(), a_line("2", quantity="-1", net="1")),
        )
    )


def a_full_line() -> Line:
    """A line that has every term of EN 16931."""
    line = a_line()
    assert line.item is not None
    item = replace(
        line.item,
        description="Sur site",
        seller_identifier="ART-1",
        buyer_identifier="B-1",
        standard_identifier=Identifier(value="3760000000000", scheme="0160"),
        classifications=(
            Identifier(value="80101500", scheme="TST", scheme_version="19.05"),
            Identifier(value="0901", scheme="HS"),
        ),
        origin_country="FR",
        attributes=(Attribute(name="Couleur", value="bleu"), Attribute(name="Taille", value="M")),
    )
    return replace(
        line,
        notes=(Note(text="Jour et nuit"),),
        invoiced_object=Identifier(value="C-1", scheme="ABT"),
        quantity=Decimal("12.5"),
        order_line="3",
        buyer_accounting_reference="6227",
        period=Period(start=date(2026, 9, 1), end=date(2026, 9, 15)),
        allowances=(Allowance(amount=Decimal(2), reason="Fidélité", reason_code="100"),),
        charges=(Allowance(percent=Decimal(1), base=Decimal(100), reason_code="FC"),),
        price=Price(
            net=Decimal("95.1234"),
            discount=Decimal("4.8766"),
            gross=Decimal(100),
            base_quantity=Decimal(10),
            base_unit="C62",
        ),
        item=item,
    )


def every_term_of_the_extension() -> Invoice:
    """The same with every term of EXTENDED-CTC-FR that the model has."""
    agent = replace(an_address_of_three_lines(), legal_information=None, role_code="AB")
    reference = DocumentReference(number="D-1", issue_date=date(2026, 9, 2), line="4")
    invoice = every_term_of_the_standard()
    assert invoice.payee is not None
    assert invoice.buyer is not None
    first, second = invoice.lines
    group = replace(second, kind="GROUP", quantity=None, unit=None, price=None)
    child = replace(
        first,
        identifier="3",
        parent="2",
        kind="DETAIL",
        notes=(Note(subject="AAI", text="Un"), Note(text="Deux")),
        order=DocumentReference(number="BC-10", issue_date=date(2026, 8, 30)),
        despatch_advice=reference,
        receiving_advice=replace(reference, line=None),
        preceding_invoice=replace(reference, type_code="386"),
        delivery=invoice.delivery,
        vat_category="E",
        vat_rate=Decimal(0),
        exemption_reason="Formation",
        exemption_code="VATEX-EU-132",
        item=replace(first.item, attributes=(Attribute(code="A", value="1"),)) if first.item else None,
    )
    return with_totals(
        replace(
            invoice,
            specification=EXTENDED,
            preceding_invoices=(replace(invoice.preceding_invoices[0], type_code="386"),),
            payee=replace(agent, name="Affacturage SA", trading_name=None),
            buyer=replace(
                invoice.buyer, identifiers=(*invoice.buyer.identifiers, Identifier(value="Y", scheme="0088"))
            ),
            buyer_agent=agent,
            payer=agent,
            seller_agent=agent,
            invoicer=agent,
            invoicee=agent,
            lines=(first, group, child),
        )
    )


def as_credit_note(invoice: Invoice) -> Invoice:
    return replace(invoice, type_code="381")


EVERYTHING = [every_term_of_the_standard(), every_term_of_the_extension()]


@pytest.mark.parametrize("invoice", [*EVERYTHING, *map(as_credit_note, EVERYTHING)])
def test_every_term_is_read_back(invoice: Invoice) -> None:
    result = read_back(invoice)
    for field in fields(invoice):
        assert getattr(result, field.name) == getattr(invoice, field.name), field.name


@pytest.mark.official
@pytest.mark.parametrize("invoice", [*EVERYTHING, *map(as_credit_note, EVERYTHING)])
def test_every_term_is_written_where_the_official_artefacts_want_it(invoice: Invoice) -> None:
    pytest.importorskip("saxonche", reason="the official artefacts need saxonche")
    assert [(found.rule, found.message.en) for found in official_findings(write_ubl(invoice))] == []


def test_an_invoice_without_means_of_payment_gets_none() -> None:
    invoice = an_invoice(payment=None)
    assert read_back(invoice) == invoice


def test_every_field_of_the_model_is_tried() -> None:
    untried = {field.name for field in fields(Invoice)}
    for invoice in EVERYTHING:
        untried -= {name for name in untried if getattr(invoice, name) not in (None, ())}
    assert untried == {"tax_point_date"}  # a document has this date or the code of it, never both (BR-CO-03)


def test_a_tax_point_date_is_read_back() -> None:
    invoice = an_invoice(tax_point_date=date(2026, 9, 14))
    assert read_back(invoice) == invoice
    assert read_back(as_credit_note(invoice)) == as_credit_note(invoice)


def test_the_type_code_decides_on_the_root() -> None:
    for type_code in ("381", "261", "262", "396", "502", "503"):
        reading = read_ubl(parse_xml(write_ubl(an_invoice(type_code=type_code))))
        assert reading.syntax is Syntax.UBL_CREDIT_NOTE
    for type_code in ("380", "384", "386", "389", "500", None):
        reading = read_ubl(parse_xml(write_ubl(an_invoice(type_code=type_code))))
        assert reading.syntax is Syntax.UBL_INVOICE


def test_the_same_invoice_gives_the_same_bytes() -> None:
    assert write_ubl(every_term_of_the_standard()) == write_ubl(every_term_of_the_standard())


def test_writing_what_was_read_changes_nothing() -> None:
    written = write_ubl(every_term_of_the_extension())
    assert write_ubl(read_ubl(parse_xml(written)).invoice) == written


def test_numbers_are_plain_and_amounts_have_their_currency() -> None:
    written = write_ubl(with_totals(an_invoice(lines=(a_line(quantity="1E+3", net="1E-7"),)))).decode()
    assert ">1000</cbc:InvoicedQuantity>" in written
    assert '<cbc:PriceAmount currencyID="EUR">0.0000001</cbc:PriceAmount>' in written


def test_markup_and_line_ends_in_a_text_survive() -> None:
    text = 'a < b & c > d "e"\n  f\r\ng\th ]]> 日本 \U0001f600'
    assert read_back(an_invoice(payment_terms=text)).payment_terms == text
    means = PaymentMeans(code="30", text=text)
    payment = read_back(an_invoice(payment=Payment(means=(means,)))).payment
    assert payment is not None
    assert payment.means == (means,)


def test_a_character_that_xml_cannot_carry_is_named() -> None:
    with pytest.raises(UnwritableCharacter, match=r"cbc:BuyerReference has a character \(U\+0007\)"):
        write_ubl(an_invoice(buyer_reference="a\x07"))


def test_terms_of_the_extension_need_the_extension() -> None:
    line = a_line(exemption_reason="Exonéré", preceding_invoice=DocumentReference(number="A1"))
    with pytest.raises(ExtensionTermsRefused) as refused:
        write_ubl(an_invoice(payer=a_buyer(), lines=(line,)))
    for term in ("payer", "lines[0].preceding_invoice", "lines[0].exemption_reason", EXTENDED):
        assert term in refused.value.message.fr
        assert term in refused.value.message.en
    write_ubl(an_invoice(payer=a_buyer(), lines=(line,), specification=EXTENDED))


@pytest.mark.parametrize(
    "terms",
    [
        {"payee": Party(name="A", trading_name="B")},
        {"preceding_invoices": (DocumentReference(number="A", line="1"),)},
        {"lines": (a_line(order=DocumentReference(number="A", line="1")),)},
        {"lines": (replace(a_line(), quantity=None),)},
        {"lines": (a_line(price=Price(net=Decimal(1), base_unit="C62")),)},
        {"lines": (a_line(order=DocumentReference(number="A", type_code="220")),)},
        {"lines": (a_line(preceding_invoice=DocumentReference(number="F2026-0001")),)},
        {"seller": None, "payment": Payment(creditor="FR72ZZZ123456")},
        {"totals": Totals(vat_accounting=Decimal(1))},
        {"payment": Payment(means=(PaymentMeans(code="30", text="A"), PaymentMeans(code="30", text="B")))},
    ],
)
def test_what_ubl_has_no_place_for_is_refused_not_dropped(terms: dict[str, object]) -> None:
    with pytest.raises(NotInUbl) as refused:
        write_ubl(an_invoice(**terms, specification=EXTENDED))
    assert isinstance(refused.value, DomainError)
    assert refused.value.field is not None


def test_a_credit_note_with_a_due_date_and_no_means_of_payment_names_none() -> None:
    credit_note = read_back(an_invoice(type_code="381", payment=None))
    assert credit_note.due_date == date(2026, 10, 15)
    assert credit_note.payment == Payment(means=(PaymentMeans(code="1"),))


def test_a_discount_that_is_not_said_is_the_difference_of_the_prices() -> None:
    (line,) = read_back(an_invoice(lines=(a_line(price=Price(net=Decimal(80), gross=Decimal(100))),))).lines
    assert line.price == Price(net=Decimal(80), gross=Decimal(100), discount=Decimal(20))


def test_a_breakdown_without_total_is_written_with_its_sum() -> None:
    invoice = an_invoice()
    assert invoice.totals is not None
    assert read_back(replace(invoice, totals=replace(invoice.totals, vat=None))) == invoice


def test_a_sales_order_without_purchase_order_is_read_back() -> None:
    invoice = an_invoice(sales_order="CV-3")
    assert b"<cbc:ID>NA</cbc:ID>" in write_ubl(invoice)
    assert read_back(invoice) == invoice


def test_namespaces_stand_once_at_the_root() -> None:
    root = etree.fromstring(write_ubl(every_term_of_the_standard()))
    assert all(element.nsmap == root.nsmap for element in root.iter())
    assert set(root.nsmap) == {None, "cac", "cbc"}


@pytest.mark.parametrize("invoice", [EVERYTHING[1], as_credit_note(EVERYTHING[1])])
def test_nothing_strange_is_lost_silently_wherever_it_stands(invoice: Invoice) -> None:
    root = parse_xml(write_ubl(invoice))
    for element in list(root.iter()):
        element.set("strange", "x")
        assert len(read_ubl(root).unknown) == 1, element.tag
        del element.attrib["strange"]
        child = etree.SubElement(element, "strange")
        assert len(read_ubl(root).unknown) >= 1, element.tag
        element.remove(child)
    assert read_ubl(root).unknown == ()


@pytest.mark.parametrize("invoice", EVERYTHING)
def test_nothing_that_is_said_twice_is_lost_silently(invoice: Invoice) -> None:
    once = read_ubl(parse_xml(write_ubl(invoice)))
    root = parse_xml(write_ubl(invoice))
    for element in list(root.iter())[1:]:
        twice = copy.deepcopy(element)
        for each in twice.iter():
            each.text = f"{each.text}0" if (each.text or "").strip() else each.text
        element.addnext(twice)
        reading = read_ubl(root)
        noticed = (reading.problems, reading.unknown) != ((), ())
        assert noticed or reading.invoice != once.invoice, element.tag
        parent = element.getparent()
        assert parent is not None
        parent.remove(twice)
