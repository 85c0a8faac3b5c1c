"""What leaves as an e-mail: a subject that every mail program reads, and the instant that is said."""

import email
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reglo.delivery.composing import one_line
from reglo.delivery.mime import Email, email_of
from tests.delivery.messages import a_message
from tests.site import NOW

_LONG = "Rappel : votre facture F2026-0001 de 1 234,56 € arrive à échéance vendredi 27 novembre, et comment la régler"
_WORDS = st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1), max_size=40)


def sent(subject: str) -> bytes:
    """The bytes of an e-mail with a subject, as they go over the line."""
    made = Email(subject=one_line(subject), body="x", from_email="a@example.com", to=["b@example.com"])
    return made.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own, which takes it


def read(data: bytes) -> EmailMessage:
    """What a mail program reads."""
    found = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@given(_WORDS.map(" ".join))
@example(_LONG)
@example("Reminder: your invoice F2026-0001 of 1,234.56 EUR is due on Friday 27 November 2026, and how to pay it")
@example("é" * 300)
def test_a_subject_is_read_as_it_was_written(subject: str) -> None:
    assert read(sent(subject))["Subject"] == one_line(subject)


@given(_WORDS.map(" ".join).filter(bool))
@example(_LONG)
def test_a_long_subject_begins_on_the_line_of_its_name(subject: str) -> None:
    head = sent(subject).partition(b"\r\n\r\n")[0].split(b"\r\n")
    first = next(line for line in head if line.startswith(b"Subject:"))
    assert first.removeprefix(b"Subject:").strip()


@pytest.mark.parametrize("subject", [_LONG, "é" * 300, "Mise en demeure " * 20])
def test_no_line_of_a_subject_is_longer_than_mail_takes(subject: str) -> None:
    head = sent(subject).partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 78


@pytest.mark.django_db
def test_an_email_is_dated_when_it_is_sent() -> None:
    later = NOW + timedelta(days=3, hours=2)
    dated = read(email_of(a_message(), now=later).message().as_bytes())["Date"]
    assert dated.datetime == datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
