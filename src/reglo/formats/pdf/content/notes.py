"""What the law or the seller has to say: quiet, but readable."""

from reglo.core.document import Invoice, Party
from reglo.formats.pdf.content.text import breakable, lines_of

#: BAR tells platforms how to process the document (B2B, B2C…) and people nothing.
_FOR_MACHINES = frozenset({"BAR"})


def notes_content(invoice: Invoice) -> list[str]:
    """The notes of the document (BG-1), each a paragraph, in their order, none twice."""
    texts = ["\n".join(lines_of(note.text)) for note in invoice.notes if note.subject not in _FOR_MACHINES]
    return list(dict.fromkeys(text for text in texts if text))


def footer(seller: Party | None) -> str:
    """Who the seller is before the law (BT-27, BT-33), for the foot of every page."""
    if seller is None:
        return ""
    parts = [seller.name, *lines_of(seller.legal_information)]
    return breakable(" – ".join(part for part in parts if part))
