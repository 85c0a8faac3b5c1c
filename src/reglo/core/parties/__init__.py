"""Who the parties are: their identifiers, what a seller is in law, and the lists that identifiers come from."""

from reglo.core.parties.french_numbers import french_vat_number, siren_of, spaced_siren
from reglo.core.parties.identifiers import BadIdentifier, Fault, IdentifierKind, compact, fault_of, require
from reglo.core.parties.legal_identity import (
    Insurance,
    LegalIdentity,
    Register,
    VatRegime,
    legal_sentence,
    name_in_law,
)
from reglo.core.parties.schemes import scheme_name, vat_scheme
from reglo.core.parties.union import MEMBER_STATES

__all__ = [
    "MEMBER_STATES",
    "BadIdentifier",
    "Fault",
    "IdentifierKind",
    "Insurance",
    "LegalIdentity",
    "Register",
    "VatRegime",
    "compact",
    "fault_of",
    "french_vat_number",
    "legal_sentence",
    "name_in_law",
    "require",
    "scheme_name",
    "siren_of",
    "spaced_siren",
    "vat_scheme",
]
