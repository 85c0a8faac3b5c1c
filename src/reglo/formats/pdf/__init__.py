"""The page that people read: an invoice as PDF/A-3a and PDF/UA-1, in French or English.

`render_pdf` makes it, `render_pictures` shows it on a screen, `Look` is the seller's logo and colour, `unprintable`
says beforehand what no font can draw.
"""

from reglo.formats.pdf.coverage import unprintable
from reglo.formats.pdf.look import Look
from reglo.formats.pdf.render import UnprintableText, render_pdf, render_pictures

__all__ = ["Look", "UnprintableText", "render_pdf", "render_pictures", "unprintable"]
