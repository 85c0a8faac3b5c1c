"""Factur-X and its kin: an invoice in XML carried inside the PDF that people read.

`extract` takes the XML out of a PDF that anybody made (Factur-X, ZUGFeRD, XRechnung), `write` makes a PDF/A-3 of ours
with the XML in it. They are apart because reading must not load what only writing needs.
"""

from typing import TYPE_CHECKING

from reglo.formats.facturx.extract import Embedded, extract_invoice

if TYPE_CHECKING:
    from reglo.formats.facturx.write import write_facturx

__all__ = ["Embedded", "extract_invoice", "write_facturx"]


def __getattr__(name: str) -> object:
    # Typst and the fonts are loaded when something is written, not when a PDF is read.
    if name == "write_facturx":
        from reglo.formats.facturx.write import write_facturx

        return write_facturx
    raise AttributeError(name)
