"""A stored message as the e-mail that leaves: the same text, HTML and attachments at each attempt."""

from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.message import Message as MimeMessage
from email.utils import format_datetime, parseaddr, quote
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from reglo.delivery.attachments import Attachment, attachments_of
from reglo.delivery.composing import as_sent, one_line
from reglo.delivery.models import Message
from reglo.delivery.signing import portal_address
from reglo.organisations.models import Organisation

#: Mail servers that drop a second message with the same key, and the header in which they look for it.
_IDEMPOTENCY: Mapping[str, str] = {"smtp.resend.com": "Resend-Idempotency-Key"}


class Email(EmailMultiAlternatives):
    """An e-mail whose long subject begins on the line of its name.

    Django folds it as if nothing stood before it, and Python then moves it to a line of its own: some mail programs
    show an empty subject.
    """

    def message(self) -> MimeMessage:  # type: ignore[override]  # the stubs are those of a later Django
        """The message with its subject folded once, with room for its name (RFC 2047, 2: 76 characters a line)."""
        built: MimeMessage = super().message()
        subject: Any = Header(str(self.subject), "utf-8", maxlinelen=76, header_name="Subject")  # typed as text only
        built.replace_header("Subject", subject)
        return built


def email_of(message: Message, *, now: datetime) -> Email:
    """The e-mail of `message` as it is sent at `now`, with its attachments made where they are not there yet."""
    composed = as_sent(message, _address(message))
    email = Email(
        subject=one_line(composed.subject),
        body=composed.text,
        from_email=sender_of(message.organisation),
        to=[named(message.to_name, message.to)],
        reply_to=reply_to_of(message.organisation),
        headers=_headers(message, now),
        attachments=[(each.name, each.content, each.media_type) for each in _attachments(message, now)],
    )
    email.attach_alternative(composed.html, "text/html")
    # Anymail hands this to the provider, which gives it back with each word about the message.
    email.metadata = {"message": str(message.pk)}  # type: ignore[attr-defined]
    return email


def sender_of(organisation: Organisation) -> str:
    """From: the organisation's own address, or that of the site under the organisation's name."""
    own = organisation.sender_address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return named(organisation.sender_name or organisation.trading_name or organisation.name, own)


def reply_to_of(organisation: Organisation) -> list[str]:
    """Where answers go."""
    address = organisation.reply_to or organisation.email
    return [address] if address else []


def named(name: str, address: str) -> str:
    """A name and an address as headers write them; nothing in the name can end the header."""
    shown = one_line(name)
    return f'"{quote(shown)}" <{address}>' if shown else address


def _address(message: Message) -> str:
    """The true address behind the button; a notice carries its own."""
    return portal_address(message.link_id, message.link_path) if message.link_id else ""


def _headers(message: Message, now: datetime) -> dict[str, str]:
    headers = {"Message-ID": message.message_id, "Date": format_datetime(now)}
    if message.created_by_id is None:
        headers["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers
    if settings.EMAIL_HOST in _IDEMPOTENCY:
        headers[_IDEMPOTENCY[settings.EMAIL_HOST]] = message.message_id
    return headers


def _attachments(message: Message, now: datetime) -> list[Attachment]:
    return attachments_of(message, now=now) if message.attaches_document else []
