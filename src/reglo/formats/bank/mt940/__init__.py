"""MT940 of SWIFT: the customer statement message, in the dialects of European banks."""

from reglo.formats.bank.mt940.read import read_mt940

__all__ = ["read_mt940"]
