"""What a profile lacks is refused with the terms named, never left out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from reglo.core.document import BankAccount, DocumentReference, Invoice, Item, LineKind, Note, Party, Totals
from reglo.formats.cii import ProfileTooSmall, UnwritableCharacter, lacking_terms, profile_needed, write_cii
from reglo.formats.profiles import Profile
from tests.builders import a_line, a_seller, an_invoice
from tests.strategies import invoices

SOME = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SOME
@given(invoices())
def test_en_16931_is_enough_for_an_invoice_of_en_16931(invoice: Invoice) -> None:
    assert profile_needed(invoice) is Profile.EN16931


@SOME
@given(invoices(extended=True))
def test_extended_is_needed_exactly_where_en_16931_refuses(invoice: Invoice) -> None:
    claimed = replace(invoice, specification=Profile.EN16931.value)
    if profile_needed(invoice) is Profile.EN16931:
        write_cii(claimed)
    else:
        with pytest.raises(ProfileTooSmall) as refusal:
            write_cii(claimed)
        assert refusal.value.terms == lacking_terms(invoice, Profile.EN16931)
    write_cii(invoice)


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        ({"payer": Party(name="Mère")}, "EXT-FR-FE-BG-02"),
        ({"lines": (a_line(parent="0"),)}, "EXT-FR-FE-162"),
        ({"lines": (a_line(kind=LineKind.DETAIL),)}, "EXT-FR-FE-163"),
        ({"lines": (a_line(notes=(Note(text="a"), Note(text="b"))),)}, "BT-127"),
        ({"lines": (a_line(order=DocumentReference(number="1")),)}, "EXT-FR-FE-135"),
        ({"lines": (a_line(exemption_reason="x"),)}, "lines[].exemption_reason"),
    ],
)
def test_the_terms_that_ask_for_extended_are_named(terms: dict[str, Any], named: str) -> None:
    assert lacking_terms(an_invoice(**terms), Profile.EN16931) == (named,)
    assert lacking_terms(an_invoice(**terms), Profile.EXTENDED) == ()


def test_basic_refuses_what_only_en_16931_has() -> None:
    invoice = an_invoice(specification=Profile.BASIC.value, seller=a_seller(legal_information=None))
    assert write_cii(invoice)
    more = replace(
        invoice,
        project="P",
        seller=a_seller(),
        lines=(a_line(item=Item(name="a", description="b")),),
        totals=Totals(rounding=Decimal("0.01")),
        payment=replace(
            invoice.payment, means=(replace(invoice.payment.means[0], account=BankAccount(identifier="FR1", bic="B")),)
        ),
    )
    with pytest.raises(ProfileTooSmall) as refusal:
        write_cii(more)
    assert refusal.value.terms == ("BT-154", "BT-33", "BT-11", "BT-86", "BT-114")
    assert "BT-33" in refusal.value.message.fr
    assert "EN16931" in refusal.value.message.fr


def test_a_tax_point_without_a_vat_breakdown_has_no_place() -> None:
    with pytest.raises(ProfileTooSmall):
        write_cii(replace(an_invoice(tax_point_date=date(2026, 1, 1)), vat_breakdown=()))


def test_a_character_that_xml_cannot_hold_is_refused_with_its_place() -> None:
    with pytest.raises(UnwritableCharacter) as refusal:
        write_cii(an_invoice(seller=a_seller(name="Atelier\x0b Lumière")))
    assert "U+000B" in refusal.value.message.fr
    assert "Atelier" in refusal.value.message.fr


def test_the_same_invoice_gives_the_same_bytes() -> None:
    assert write_cii(an_invoice()) == write_cii(an_invoice())


def test_amounts_are_plain_and_zero_has_no_sign() -> None:
    lines = (a_line(quantity="1E+3", net="-0.00"),)
    text = write_cii(an_invoice(lines=lines)).decode()
    assert '<ram:BilledQuantity unitCode="C62">1000</ram:BilledQuantity>' in text
    assert ">-0" not in text


def test_the_date_of_a_receiving_advice_is_not_in_the_french_extension() -> None:
    reference = DocumentReference(number="R1", issue_date=date(2026, 9, 1))
    invoice = an_invoice(lines=(a_line(receiving_advice=reference),), specification=Profile.EXTENDED.value)
    assert write_cii(invoice)
    with pytest.raises(ProfileTooSmall):
        write_cii(replace(invoice, specification=Profile.EXTENDED_CTC_FR.value))


def test_the_date_of_the_tax_point_stands_once_and_its_code_in_each_vat_breakdown() -> None:
    lines = (a_line("1"), a_line("2", rate="10"))
    assert write_cii(an_invoice(lines=lines, tax_point_date=date(2026, 9, 1))).count(b"<ram:TaxPointDate>") == 1
    assert write_cii(an_invoice(lines=lines, tax_point_code="432")).count(b"<ram:DueDateTypeCode>72<") == 2
