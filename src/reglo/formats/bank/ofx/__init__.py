"""OFX of banks and cards: version 1 (SGML, elements without an end) and version 2 (XML)."""

from reglo.formats.bank.ofx.read import read_ofx

__all__ = ["read_ofx"]
