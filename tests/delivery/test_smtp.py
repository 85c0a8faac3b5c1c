"""Messages over a real mail server: what it takes, what it refuses, and what is made of its answers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from reglo.delivery.models import Message, MessageState
from reglo.delivery.services import deliver_message
from reglo.delivery.services.delivering import _claim
from reglo.delivery.transport import NotTaken
from tests.delivery.mail_server import MailServer
from tests.delivery.messages import a_bare_message, a_message
from tests.site import NOW, a_customer, a_member, an_organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smtp]

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def state_of(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_text_html_and_attachment_arrive_as_they_left(server: MailServer) -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=LATER)
    [taken] = server.messages
    assert state_of(message) == MessageState.SENT
    assert taken["Subject"].strip() == message.subject
    assert taken["Message-ID"] == message.message_id
    assert taken["To"] == "Claire Petit <claire@librairie.example>"
    assert "Atelier Lumière SAS" in taken["From"]
    text, html = taken.get_body(("plain",)), taken.get_body(("html",))
    assert text.get_content().replace("\r\n", "\n").startswith("Bonjour Claire Petit,\n")
    assert "<h" not in text.get_content()
    assert "Voir le document" in html.get_content()
    [attachment] = taken.iter_attachments()
    assert attachment.get_content().startswith(b"%PDF-")
    assert attachment.get_filename() == f"{message.invoice.number}.pdf"


def test_lines_that_begin_with_a_dot_arrive_whole(server: MailServer) -> None:
    message = a_bare_message(a_customer(an_organisation()), key="dots")
    text = ".\n..\n.a\n\nfin\n.\n"
    Message.objects.update(text=text)
    deliver_message(message_id=message.pk, now=LATER)
    [taken] = server.messages
    assert taken.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")


def test_an_address_that_is_refused_for_good_bounces_at_once(server: MailServer) -> None:
    server.refusals["RCPT"] = "550 5.1.1 no such user here"
    message = a_message()
    a_member(message.organisation)
    deliver_message(message_id=message.pk, now=LATER)
    assert state_of(message) == MessageState.BOUNCED
    assert "5.1.1" in message.contact.bounce_reason


def test_a_message_that_is_refused_for_good_has_failed(server: MailServer) -> None:
    server.refusals["DATA"] = "552 5.3.4 message too big"
    message = a_message()
    deliver_message(message_id=message.pk, now=LATER)
    assert state_of(message) == MessageState.FAILED
    assert message.contact.bounced_at is None
    assert "5.3.4" in message.last_error


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_refusal_for_now_is_tried_again(server: MailServer, command: str) -> None:
    server.refusals[command] = "451 4.7.1 greylisted"
    message = a_message()
    with pytest.raises(NotTaken, match="greylisted"):
        deliver_message(message_id=message.pk, now=LATER)
    assert state_of(message) == MessageState.QUEUED
    assert message.handing_over_at is None
    server.refusals.clear()
    deliver_message(message_id=message.pk, now=LATER)
    assert state_of(message) == MessageState.SENT
    assert len(server.taken) == 1


def test_a_server_that_is_away_is_tried_again(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = a_message()
    with pytest.raises(NotTaken):
        deliver_message(message_id=message.pk, now=LATER)
    assert state_of(message) == MessageState.QUEUED
    assert [each.what for each in message.events.all()] == ["attempt-failed"]


def test_a_slow_worker_that_was_taken_over_stops_before_the_last_bytes(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reglo.delivery.services import delivering

    message = a_message()
    spoken = delivering._Pen.last_bytes_follow

    def meanwhile(pen: Any) -> None:
        _claim(message.pk, LATER)  # another worker begins
        spoken(pen)

    monkeypatch.setattr(delivering._Pen, "last_bytes_follow", meanwhile)
    deliver_message(message_id=message.pk, now=LATER)
    monkeypatch.undo()
    assert server.taken == []
    assert state_of(message) == MessageState.SENDING
    deliver_message(message_id=message.pk, now=LATER)
    assert len(server.taken) == 1
    assert state_of(message) == MessageState.SENT
