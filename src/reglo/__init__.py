"""Réglo: B2B invoicing for French entrepreneurs, from agreed terms to money in the bank."""

__version__ = "0.1.0"
