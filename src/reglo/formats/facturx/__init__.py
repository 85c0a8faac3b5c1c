"""Factur-X and its kin: an invoice in XML carried inside the PDF that people read."""

from reglo.formats.facturx.extract import Embedded, extract_invoice

__all__ = ["Embedded", "extract_invoice"]
