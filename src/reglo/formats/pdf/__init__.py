"""The page that people read: an invoice or a quote as PDF/A-3a and PDF/UA-1, in French or English.

`render_pdf` and `render_quote` make it, `render_pictures` and `render_quote_pictures` show it on a screen, `Look` is
the seller's logo and colour, `unprintable` says beforehand what no font can draw.
"""

from reglo.formats.pdf.content.quotes import Signature
from reglo.formats.pdf.coverage import unprintable
from reglo.formats.pdf.look import Look
from reglo.formats.pdf.render import (
    UnprintableText,
    render_paper,
    render_pdf,
    render_pictures,
    render_quote,
    render_quote_pictures,
)

__all__ = [
    "Look",
    "Signature",
    "UnprintableText",
    "render_paper",
    "render_pdf",
    "render_pictures",
    "render_quote",
    "render_quote_pictures",
    "unprintable",
]
