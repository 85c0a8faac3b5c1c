"""The three sheets of the extended profiles: what they call a rule, and which rules of EN 16931 they replace."""

from collections.abc import Iterator
from enum import Enum

from reglo.formats.profiles import Profile
from reglo.formats.reading import Syntax
from reglo.rules.en16931.vat_categories.families import FAMILIES


class Dialect(Enum):
    """A sheet for an extended profile."""

    FACTUR_X = "Factur-X EXTENDED 1.09"
    FRENCH_CII = "EXTENDED-CTC-FR-CII"
    FRENCH_UBL = "EXTENDED-CTC-FR-UBL"


def dialect_of(profile: Profile, syntax: Syntax) -> Dialect | None:
    """The sheet that replaces EN 16931, if any. Data of our own is held to the CII sheet, as it would be written."""
    if profile is Profile.EXTENDED_CTC_FR:
        return Dialect.FRENCH_CII if syntax in (Syntax.CII, Syntax.DATA) else Dialect.FRENCH_UBL
    if profile is Profile.EXTENDED and syntax in (Syntax.CII, Syntax.DATA):
        return Dialect.FACTUR_X
    return None


def identifier(dialect: Dialect, key: str) -> str:
    """What a sheet calls the rule that we call `key`: "22" is BR-FXEXT-BR-22, BR-FREXT-BR-22 or BR-FREXT-22."""
    if dialect is Dialect.FRENCH_UBL:
        return f"BR-FREXT-{key}"
    is_presence = key in _PRESENCE
    if dialect is Dialect.FRENCH_CII:
        if key.endswith(_SUMS_BY_CATEGORY):
            return f"BR-FXEXT-{key}"
        return f"BR-FREXT-BR-{key}" if is_presence else f"BR-FREXT-{key}"
    if key == "S-08":
        return "BR-FXEXT-S08b"
    if key.endswith(("-08", "-09")):
        return f"BR-FXEXT-{key}b"
    return f"BR-FXEXT-BR-{key}" if is_presence or key.startswith("54-") else f"BR-FXEXT-{key}"


_PRESENCE = frozenset({"22", "23", "24", "26", "38", "44"})
_SUMS_BY_CATEGORY = ("-08", "-08ini", "-08rev", "-09")


def _replaced_everywhere() -> Iterator[str]:
    yield from ("BR-22", "BR-23", "BR-24", "BR-26", "BR-27", "BR-28", "BR-54", "BR-S-09", "BR-S-10", "BR-Z-10")
    yield from ("BR-CO-04", "BR-CO-10", "BR-CO-11", "BR-CO-12", "BR-CO-13", "BR-CO-15", "BR-CO-17")
    yield from ("BR-O-02", "BR-O-03", "BR-O-04", "BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14")
    for family in FAMILIES:
        yield from (f"BR-{family.key}-01", f"BR-{family.key}-08")


_EVERYWHERE = frozenset(_replaced_everywhere())
_IN_CII = frozenset({"BR-38", "BR-44", "BR-CO-22", "BR-CO-24", "BR-AF-10", "BR-AG-10"})

#: Rules that the French CII sheet means for every entry of the VAT breakdown, and judges only where it finds none of
#: the VAT categories: its patterns for the categories come first, and an element is judged by one pattern alone.
SHADOWED = frozenset({"BR-45", "BR-46", "BR-47", "BR-48", "BR-DEC-19", "BR-DEC-20", "BR-CO-03"})

#: Rules of EN 16931 that a sheet has not, since it asks for something else or for nothing.
REPLACED = {
    Dialect.FACTUR_X: _EVERYWHERE | _IN_CII | {"BR-CO-16"},
    Dialect.FRENCH_CII: _EVERYWHERE
    | _IN_CII
    | {"BR-O-09", "BR-O-10", "BR-CL-07", "BR-CL-10", "BR-CL-20", "BR-CL-24"}
    | SHADOWED,
    Dialect.FRENCH_UBL: (_EVERYWHERE | {"BR-CL-10", "BR-CL-20", "BR-CL-24"}) - {"BR-AE-01", "BR-AG-01"},
}
