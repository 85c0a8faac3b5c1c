"""A reminder as it arrives: over a real mail server, with its table, its file and a way to the portal that works."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.collection.cases import DUE, a_collecting_organisation, a_debtor, an_invoice, at, item_of, work
from tests.delivery.mail_server import MailServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smtp]


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def link_in(text: str) -> str:
    """The address of the portal in a message."""
    return next(urlsplit(word).path for word in text.split() if "/p/" in word)


def test_a_reminder_has_its_table_its_file_and_a_link_that_works(server: MailServer) -> None:
    customer = a_debtor(a_collecting_organisation())
    work(at(DUE - timedelta(days=10)))
    (taken,) = server.messages
    html = taken.get_body(("html",)).get_content()  # type: ignore[union-attr]
    text = taken.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    number = item_of(customer).reference
    assert number in html.split("<table")[1]
    assert number in text
    assert "1\N{NARROW NO-BREAK SPACE}080,00" in text
    assert [part.get_filename() for part in taken.iter_attachments()] == [f"{number}.pdf"]
    answer = Client().get(link_in(text), follow=True)
    assert answer.status_code == 200
    assert number in answer.content.decode()


def test_several_invoices_come_in_one_message_that_leads_to_the_account(server: MailServer) -> None:
    customer = a_debtor(a_collecting_organisation())
    second = an_invoice(customer)
    work(at(DUE - timedelta(days=10)))
    (taken,) = server.messages
    text = taken.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert second.number in text
    assert list(taken.iter_attachments()) == []
    assert Client().get(link_in(text), follow=True).status_code == 200
