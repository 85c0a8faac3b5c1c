"""E-mails that came in, as .eml: read into plain text and names, whatever is in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from reglo.collection.attachments import clean_name
from reglo.core.errors import DomainError
from reglo.core.findings import Text

LARGEST_EMAIL = 10 * 1024 * 1024  #: bytes of a file that is read
LARGEST_KEPT = 512 * 1024  #: bytes of a file that is kept as it came
LONGEST_TEXT = 20_000
_MOST_PARTS = 200
_MOST_NAMES = 30
_SPACES = re.compile(r"[ \t\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
_SILENT = frozenset({"script", "style", "head", "title", "template"})


class NotAnEmail(DomainError):
    """Bytes that are no e-mail, or one that is too large."""

    code = "not-an-email"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingEmail:
    """What is kept of an e-mail."""

    message_id: str  #: "" where it has none
    sender: str
    subject: str
    text: str
    sent_at: datetime | None  #: as it says itself
    attachments: tuple[str, ...]  #: names only
    original: bytes | None  #: the file, if it is small


def read_email(content: bytes) -> IncomingEmail:
    """Read an .eml (RFC 5322). Raises NotAnEmail; whatever else is odd in it is read as far as it goes."""
    if len(content) > LARGEST_EMAIL:
        raise NotAnEmail(Text(fr="L'e-mail dépasse 10 Mo.", en="The e-mail is larger than 10 MB."), field="file")
    message = BytesParser(policy=policy.default).parsebytes(content)
    if not isinstance(message, EmailMessage) or not (_header(message, "From") or _header(message, "Subject")):
        raise NotAnEmail(
            Text(
                fr="Ce fichier n'est pas un e-mail (.eml). Collez plutôt son texte.",
                en="This file is not an e-mail (.eml). Paste its text instead.",
            ),
            field="file",
        )
    parts = list(_parts(message))
    return IncomingEmail(
        message_id=_header(message, "Message-ID")[:300],
        sender=_header(message, "From")[:200],
        subject=_header(message, "Subject")[:300],
        text=_text(parts) or "…",
        sent_at=_sent_at(message),
        attachments=tuple(_names(parts))[:_MOST_NAMES],
        original=content if len(content) <= LARGEST_KEPT else None,
    )


def without_html(text: str) -> str:
    """The words of an HTML text, without what is not shown."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    """Collects the words of HTML; a block begins a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # of the library
        """Begin a line, or go silent."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Speak again."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._silent:
            self.words.append(data)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a message, a bounded number of them."""
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _text(parts: list[EmailMessage]) -> str:
    """The words of a message: of its plain part, else of its HTML."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                words = _decoded(part)
                shown = _tidy(without_html(words) if kind == "text/html" else words)
                if shown:
                    return shown
    return ""


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("utf-8", "replace")


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r", "").replace("\x00", "").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


def _names(parts: list[EmailMessage]) -> Iterator[str]:
    for part in parts:
        try:
            name = part.get_filename()
        except (ValueError, LookupError, IndexError, AttributeError):  # the library's own, on malformed parameters
            name = "?"
        if name:
            yield clean_name(name, "." + name.rpartition(".")[2][:8] if "." in name else "")


def _header(message: EmailMessage, name: str) -> str:
    """A header on one line; "" where it is missing or beyond what the library can read."""
    try:
        value = str(message.get(name) or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):  # known bugs of the header parser
        return ""
    shown = value.replace("\x00", "").encode("utf-8", "replace").decode()
    return " ".join(shown.split())


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, OverflowError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)
