"""Script in every text: on all pages, in documents, e-mails and exports it stays text."""

import csv
from contextlib import suppress
from io import BytesIO, StringIO
from typing import Any

import pypdfium2
import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.test import Client
from openpyxl import load_workbook

from reglo.billing.models import Draft, FileKind, Invoice, Quote, Recurrence
from reglo.billing.queries.issued import document_of
from reglo.delivery.mime import email_of
from reglo.delivery.models import Message
from reglo.delivery.services import send_invoice
from reglo.organisations.models import Organisation
from tests.browser.addresses import all_addresses
from tests.browser.seed import samples
from tests.conftest import without_triggers
from tests.delivery.messages import an_invoice, contact_of
from tests.hostile.conftest import is_page
from tests.site import INES, NOW, a_content, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

SCRIPT = '<script>alert(1)</script>"><img src=x>'
FORMULA = "=HYPERLINK(1)"
HEADER = "Claire\r\nBcc: x@evil.example"
NOT_SHOWN = (
    "slug",
    "time_zone",
    "hash",
    "sha256",
    "key",
    "query",
    "path",
    "document",
    "session",
    "password",
    "html",
    "message_id",
)
LINE = {"quantity": "2", "unit": "DAY", "price": "450.00", "vat": "20", "nature": "S"}


def a_spoilt_content(text: str = SCRIPT) -> dict[str, Any]:
    """A document with `text` wherever one writes words."""
    lines = [{"name": text, "description": text, "reference": text, "group": text, **LINE}]
    return a_content(lines=lines, title=text, notes=[text], purchase_order=text, buyer_reference=text)


def _spoil(model: type[models.Model]) -> None:
    """Script in all texts of a table, as far as the database lets one write them."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
        if not is_text or (field.max_length or 999) < len(SCRIPT) or any(each in field.name for each in NOT_SHOWN):
            continue
        with suppress(DatabaseError), transaction.atomic():
            model._default_manager.update(**{field.name: SCRIPT})


def test_script_in_every_text_is_text_on_every_page() -> None:
    found = dict(samples())
    organisation = Organisation.objects.get(slug=found["o"])
    browser = logged_in(a_member(organisation))
    with without_triggers():
        for model in apps.get_models():
            _spoil(model)
        for document in (Draft, Quote, Recurrence):
            document._default_manager.update(content=a_spoilt_content())
    shown = 0
    for address in all_addresses():
        cache.clear()
        answer: Any = browser.get(address.filled(found))
        if is_page(answer):
            page = answer.content.decode()
            assert "<script>alert" not in page, address.name
            assert "<img src=x" not in page, address.name
            shown += "&lt;script&gt;alert" in page
    assert shown > 60, "the texts were not there to be shown"


def _spoilt_invoice(text: str = SCRIPT) -> Invoice:
    organisation = an_organisation(name=text, line_1=text, contact_name=text, legal_form="SAS")
    customer = a_customer(organisation, name=text, line_1=text, city=text)
    contact = contact_of(customer)
    contact.name = text
    contact.save()
    return an_invoice(organisation, customer, content=a_spoilt_content(text))


def test_script_in_documents_is_printed_and_escaped() -> None:
    invoice = _spoilt_invoice()
    assert document_of(invoice).lines[0].item.name == SCRIPT
    files = {each.kind: bytes(each.content) for each in invoice.files.all()}
    assert b"<script" not in files[FileKind.XML]
    assert b"&lt;script&gt;alert(1)" in files[FileKind.XML]
    assert b"/JavaScript" not in files[FileKind.PDF]
    page = logged_in(a_member(invoice.organisation)).get(f"/o/{invoice.organisation.slug}/invoices/{invoice.pk}/")
    assert "<script>alert" not in page.content.decode()
    document = pypdfium2.PdfDocument(files[FileKind.PDF])
    assert "<script>alert(1)" in "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("text", [SCRIPT, HEADER])
def test_script_and_headers_in_e_mails_are_text(text: str) -> None:
    invoice = _spoilt_invoice(" ".join(text.split()))
    contact = contact_of(invoice.customer)
    Organisation.objects.update(sender_name=text)
    contact.name = text
    contact.save()
    invoice.organisation.refresh_from_db()
    message = send_invoice(invoice=invoice, contact=contact, by=INES, now=NOW, key="one")
    Message.objects.update(to_name=text, subject=text)
    message.refresh_from_db()
    email_of(message, now=NOW).send()
    sent = mail.outbox[-1].message()
    assert sent["Bcc"] is None
    assert len(sent.get_all("To")) == len(mail.outbox[-1].recipients()) == 1
    for part, kind in mail.outbox[-1].alternatives:
        assert kind == "text/html"
        assert "<script>alert" not in part
        assert "<img src=x" not in part


@pytest.fixture
def seller() -> tuple[Organisation, Client]:
    organisation = an_organisation(name=FORMULA)
    customer = a_customer(organisation, name=FORMULA, city=FORMULA, notes="@SUM(1)", reference="-1+1")
    contact = contact_of(customer)
    contact.name = "+33 4"
    contact.save()
    an_invoice(organisation, customer, content=a_spoilt_content(FORMULA))
    return organisation, logged_in(a_member(organisation))


def _read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    "page", ["customers/export/", "customers/", "invoices/", "drafts/", "quotes/", "products/export/", "messages/"]
)
def test_no_cell_of_any_export_is_a_formula(seller: tuple[Organisation, Client], page: str) -> None:
    organisation, browser = seller
    address = f"/o/{organisation.slug}/{page}"
    for name in ("format", "export"):
        table = browser.get(address, {name: "csv"})
        if table.get("Content-Type", "").startswith("text/csv"):
            break
    text = _read(table).decode("utf-8-sig")
    assert table["Content-Type"].startswith("text/csv"), page
    for row in csv.reader(StringIO(text), delimiter=";"):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or cell[1:].replace(",", "").replace(".", "").isdigit(), cell
    book = load_workbook(BytesIO(_read(browser.get(address, {name: "xlsx"}))))
    cells = [cell for row in book.active for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
