"""SIREN, and what is derived from it."""


def french_vat_number(siren: str) -> str:
    """The VAT number of the French business with this SIREN: FR, a key of two digits, the SIREN.

    Only a business that is liable for VAT or trades within the EU has been given one; this says what it would be.
    """
    digits = "".join(siren.split())
    key = (12 + 3 * (int(digits) % 97)) % 97
    return f"FR{key:02d}{digits}"


def siren_of(identifier: str) -> str:
    """The SIREN in a SIRET, in a 0225 address (both begin with it) or in a French VAT number (which ends with it)."""
    compacted = "".join(identifier.split()).upper()
    return compacted[4:13] if compacted.startswith("FR") else compacted[:9]


def spaced_siren(siren: str) -> str:
    """A SIREN as people write it: "732 829 320"; a SIRET: "732 829 320 00074"."""
    digits = "".join(siren.split())
    return " ".join(part for part in (digits[:3], digits[3:6], digits[6:9], digits[9:]) if part)
