"""Handing an e-mail over so that a crash leaves as little doubt as SMTP allows.

A mail server takes responsibility when it answers 250 to the line with the single dot that ends a message; without that
line it must throw the message away (RFC 5321, 4.1.1.4 and 4.2.5). So everything but that line is sent first; then the
witness writes down that the last bytes follow; then five bytes leave and the answer is written down. A worker that dies
before the witness has spoken has sent nothing; only between the last bytes and the answer's commit is there a doubt.
"""

import re
import smtplib
from email.utils import parseaddr
from typing import Protocol

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

_END = b"\r\n.\r\n"


class Refused(Exception):
    """The server will never take this message."""


class AddressRefused(Refused):
    """The server will never take a message for this address."""


class NotTaken(Exception):
    """The message was certainly not taken this time; another attempt may go through."""


class Unclear(Exception):
    """The last bytes had left and no answer came: the message may have arrived."""


class Witness(Protocol):
    """Who writes down how far a message has come."""

    def last_bytes_follow(self) -> None:
        """From now on the server may have it. Raising stops the message."""

    def accepted(self, provider_id: str) -> None:
        """The server has it."""


def hand_over(email: EmailMultiAlternatives, witness: Witness) -> None:
    """Give `email`, which has one recipient, to the mail server or provider of the settings.

    Raises AddressRefused, Refused, NotTaken or Unclear.
    """
    connection = get_connection()
    if isinstance(connection, SmtpBackend):
        _over_smtp(email, connection, witness)
    else:
        _over_other(email, witness)


def _over_smtp(email: EmailMultiAlternatives, backend: SmtpBackend, witness: Witness) -> None:
    try:
        server = _connected(backend)
        _announce(email, server)
        server.send(_body(email))
    except (OSError, smtplib.SMTPException) as error:
        _drop(backend)
        raise _as_not_taken(error) from error
    except (Refused, NotTaken):
        _drop(backend)
        raise
    try:
        witness.last_bytes_follow()
        code, answer = _end(server)
        _require(code, answer, Refused)
        witness.accepted("")
        _part(server)
    finally:
        _drop(backend)


def _connected(backend: SmtpBackend) -> smtplib.SMTP:
    backend.open()
    if backend.connection is None:
        raise NotTaken("no connection")
    return backend.connection


def _announce(email: EmailMultiAlternatives, server: smtplib.SMTP) -> None:
    """MAIL, RCPT and DATA."""
    server.ehlo_or_helo_if_needed()
    options = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
    _require(*server.mail(_bare(email.from_email), options), Refused)
    _require(*server.rcpt(_bare(email.to[0])), AddressRefused)
    code, answer = server.docmd("DATA")
    if code != 354:
        _require(code if code >= 400 else 451, answer, Refused)


def _end(server: smtplib.SMTP) -> tuple[int, bytes]:
    try:
        server.send(_END)
        return server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unclear(_words(error)) from error


def _require(code: int, answer: bytes, permanent: type[Refused]) -> None:
    """Raise `permanent` for 5xx, NotTaken for 4xx."""
    if 200 <= code < 400:
        return
    words = f"{code} {answer.decode('utf-8', 'replace')}"
    raise permanent(words) if code >= 500 else NotTaken(words)


def _body(email: EmailMultiAlternatives) -> bytes:
    """The message as it goes over the line: dots at the start of lines doubled, without the end."""
    data: bytes = email.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own, which takes it
    return re.sub(rb"(?m)^\.", b"..", data).removesuffix(b"\r\n")


def _bare(address: str) -> str:
    """The address alone, in the form that travels (punycode)."""
    return parseaddr(sanitize_address(address, "utf-8"))[1]


def _as_not_taken(error: Exception) -> Exception:
    """An error before the last bytes: certainly not taken. Wrong passwords are mended by people, so they too pass."""
    return NotTaken(_words(error))


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return f"{type(error).__name__}: {error}"


def _part(server: smtplib.SMTP) -> None:
    """Take leave; how that goes changes nothing any more."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        return


def _drop(backend: SmtpBackend) -> None:
    """Close the connection without a word: in the midst of a message, QUIT would be a line of it."""
    server, backend.connection = backend.connection, None
    if server is not None:
        try:
            server.close()
        except OSError:
            return


def _over_other(email: EmailMultiAlternatives, witness: Witness) -> None:
    """An API of a provider (Anymail), or a backend of the development: one call that does everything."""
    from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
    from requests import RequestException

    witness.last_bytes_follow()
    try:
        email.send()
    except AnymailRecipientsRefused as error:
        raise AddressRefused(str(error)) from error
    except AnymailAPIError as error:
        raise (NotTaken if error.status_code else Unclear)(str(error)[:500]) from error
    except RequestException as error:
        raise Unclear(_words(error)) from error
    except (AnymailError, OSError, smtplib.SMTPException) as error:
        raise NotTaken(_words(error)) from error
    status = getattr(email, "anymail_status", None)
    witness.accepted(str(status.message_id or "") if status else "")
