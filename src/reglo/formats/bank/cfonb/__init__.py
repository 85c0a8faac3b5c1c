"""CFONB 120: the account statement of French banks (*relevé de compte sur support informatique*), 120 columns."""

from reglo.formats.bank.cfonb.read import read_cfonb120

__all__ = ["read_cfonb120"]
