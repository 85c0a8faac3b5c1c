"""Pages of issued invoices."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglo.billing.models import Invoice
from reglo.billing.queries.invoices import amount_in
from reglo.billing.services.issue import issue_draft
from reglo.core.composition import DocumentKind
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Deciding, write_off
from reglo.organisations.models import Organisation, Role
from tests.site import INES, NOW, a_content, a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db(transaction=True)


def an_invoice(organisation: Organisation, price: str = "450.00", **changes: object) -> Invoice:
    """An issued invoice of two days of advice."""
    line = {"name": "Conseil", "quantity": "2", "unit": "DAY", "price": price, "vat": "20", "nature": "S"}
    draft = a_draft(organisation, **{"content": a_content(lines=[line])} | changes)
    return issue_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)


def _url(name: str, organisation: Organisation, **parts: int) -> str:
    return reverse(f"billing:{name}", kwargs={"slug": organisation.slug, **parts})


def _reader(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, Role.READER))


def test_an_invoice_shows_number_amounts_files_seals_and_history() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    page = _reader(organisation).get(_url("invoice", organisation, pk=invoice.pk)).content.decode()
    assert invoice.number in page
    assert "1\u202f080,00" in page
    assert invoice.document_sha256 in page
    assert all(seal.hash in page for seal in invoice.seals.all())
    for name in ("invoice-pdf", "invoice-xml", "invoice-json", "invoice-preview"):
        assert _url(name, organisation, pk=invoice.pk) in page


@pytest.mark.parametrize(
    ("name", "begins"), [("invoice-pdf", b"%PDF"), ("invoice-xml", b"<?xml"), ("invoice-json", b"{")]
)
def test_its_files_are_those_that_were_sealed(name: str, begins: bytes) -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    response = _reader(organisation).get(_url(name, organisation, pk=invoice.pk))
    assert response.content.startswith(begins)
    assert invoice.number in response.headers["Content-Disposition"]
    kept = {bytes(each.content) for each in invoice.files.all()} | {bytes(invoice.document)}
    assert response.content in kept


def test_the_preview_is_drawn_from_what_was_sealed() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    response = _reader(organisation).get(_url("invoice-preview", organisation, pk=invoice.pk))
    assert b"data:image/png;base64," in response.content


@pytest.mark.parametrize("name", ["invoice", "invoice-pdf", "invoice-xml", "invoice-json", "invoice-preview"])
def test_a_stranger_finds_no_invoice(name: str) -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    other = an_organisation()
    client = logged_in(a_member(other))
    assert client.get(_url(name, organisation, pk=invoice.pk)).status_code == 404
    assert client.get(_url(name, other, pk=invoice.pk)).status_code == 404


@pytest.mark.parametrize("text", ["F20", "librairie", "732829320", "732 829 320", "1 080,00", "900", "1080"])
def test_an_invoice_is_found_by_number_customer_siren_and_amount(text: str) -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    an_invoice(organisation, "7.00", customer=a_customer(organisation, name="Autre", siren="552100554"))
    page = _reader(organisation).get(_url("invoices", organisation), {"q": text}).content.decode()
    assert _url("invoice", organisation, pk=invoice.pk) in page


def test_what_does_not_match_is_not_listed() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    page = _reader(organisation).get(_url("invoices", organisation), {"q": "nobody"}).content.decode()
    assert _url("invoice", organisation, pk=invoice.pk) not in page


@pytest.mark.parametrize(
    ("text", "cents"), [("1 080,00", 108_000), ("7", 700), ("0,5", 50), ("abc", None), ("1,234", None), ("", None)]
)
def test_an_amount_is_recognised(text: str, cents: int | None) -> None:
    assert amount_in(text) == cents


def test_the_list_says_what_it_comes_to_and_credit_notes_count_against_it() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    about = [{"number": invoice.number, "issue_date": invoice.issue_date.isoformat()}]
    line = {"name": "Conseil", "quantity": "1", "price": "450.00", "vat": "20", "nature": "S"}
    an_invoice(
        organisation,
        customer=invoice.customer,
        kind=DocumentKind.CREDIT_NOTE.value,
        content={"lines": [line], "preceding_invoices": about},
        corrects=invoice,
    )
    client = _reader(organisation)
    said = client.get(_url("invoices-totals", organisation)).content.decode()
    assert "540,00" in said
    said = client.get(_url("invoices-totals", organisation), {"kind": "381"}).content.decode()
    assert "540,00" in said
    assert "1\u202f080" not in said
    corrected = client.get(_url("invoices", organisation), {"state": "corrected"}).content.decode()
    assert re.findall(r"/invoices/(\d+)/", corrected) == [str(invoice.pk)]


def test_ticked_invoices_are_downloaded_in_one_file_and_foreign_ones_are_not() -> None:
    organisation, other = an_organisation(), an_organisation()
    invoice, foreign = an_invoice(organisation), an_invoice(other)
    response = _reader(organisation).post(
        _url("invoices-zip", organisation), {"id": [invoice.pk, foreign.pk, "x", "9" * 30]}
    )
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert packed.namelist() == [f"{invoice.number}.pdf"]
    assert packed.read(f"{invoice.number}.pdf").startswith(b"%PDF")


def test_nothing_ticked_is_told() -> None:
    organisation = an_organisation()
    response = _reader(organisation).post(_url("invoices-zip", organisation))
    assert response.status_code == 302


def test_the_list_goes_to_a_spreadsheet() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    response = _reader(organisation).get(_url("invoices", organisation), {"format": "csv"})
    assert invoice.number in b"".join(response.streaming_content).decode("utf-8-sig")


def test_an_invoice_is_copied_into_a_draft() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    client = logged_in(a_member(organisation))
    response = client.post(_url("invoice-copy", organisation, pk=invoice.pk), follow=True)
    assert "Conseil" in response.content.decode()
    assert _reader(organisation).post(_url("invoice-copy", organisation, pk=invoice.pk)).status_code == 403


def test_the_page_of_an_issued_draft_is_that_of_its_invoice() -> None:
    organisation = an_organisation()
    invoice = an_invoice(organisation)
    response = logged_in(a_member(organisation)).get(_url("draft", organisation, pk=invoice.draft_id))
    assert response.headers["Location"] == _url("invoice", organisation, pk=invoice.pk)


def test_the_list_takes_the_same_queries_for_any_number() -> None:
    organisation = an_organisation()
    client = _reader(organisation)
    counts = []
    an_invoice(organisation)
    client.get(_url("invoices", organisation))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_url("invoices", organisation)).status_code == 200
        counts.append(len(queries))
        for _ in range(4):
            an_invoice(organisation)
    assert counts[0] == counts[1]


def test_an_invoice_that_was_written_off_is_not_called_paid() -> None:
    organisation = an_organisation()
    lost, owed = an_invoice(organisation), an_invoice(organisation)
    lose(lost)
    reader = _reader(organisation)
    rows = reader.get(_url("invoices", organisation), {"state": "lost"}).content.decode()
    assert lost.number in rows
    assert "passée en perte" in rows
    assert owed.number not in rows
    assert lost.number not in reader.get(_url("invoices", organisation), {"state": "paid"}).content.decode()


def lose(invoice: Invoice) -> None:
    """Write all of an invoice off."""
    item = OpenItem.objects.get(reference=invoice.number)
    deciding = Deciding(
        organisation=invoice.organisation, item_id=item.pk, on=NOW.date(), note="", key="lost", by=INES, now=NOW
    )
    write_off(deciding, amount_minor=item.open_minor, recovers_vat=False)
