"""The fonts of the page: all from packages, so that every machine sets the same text with the same shapes.

Source Sans 3 for everything that it covers (Latin, Greek, Cyrillic), then Noto Sans by script. Compared and measured
in docs/decisions.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reglo.core.document import Invoice, country_of

MAIN_FAMILY = "Source Sans 3"
_SCRIPTS = (
    "Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Myanmar "
    "Oriya Sinhala Tamil Telugu Thai Symbols"
)
_FALLBACKS = ("Noto Sans", *(f"Noto Sans {script}" for script in _SCRIPTS.split()))
_LAST = "Noto Emoji"

#: Han characters differ by country; each of these families covers them all.
_HAN = {"JP": "Noto Sans CJK JP", "KR": "Noto Sans CJK KR", "TW": "Noto Sans CJK TC", "HK": "Noto Sans CJK HK"}
_OTHER_HAN = "Noto Sans CJK SC"

#: Drawn by the main font without looking: ASCII, Latin-1, Latin Extended-A and the signs of a French page.
PLAIN = frozenset(
    [chr(point) for point in range(0x20, 0x7F)]
    + [chr(point) for point in range(0xA0, 0x180)]
    + list("\n\u2007\u2009\u200b\u202f–—‘’“”•…€−")
)

_PACKAGES = ("fontpkg_source_sans_3", "manimgx_fonts", "manimgx_fonts_cjk")


@cache
def folders() -> tuple[Path, ...]:
    """Where the packages keep their fonts."""
    specifications = [find_spec(name) for name in _PACKAGES]
    places = [place for found in specifications if found for place in found.submodule_search_locations or ()]
    return tuple(Path(place) for place in places)


def font_files() -> list[Path]:
    """Every font file of the packages, in a fixed order."""
    return sorted(file for folder in folders() for file in folder.rglob("*.[ot]t[fc]"))


def families_for(invoice: Invoice, text: str) -> list[str]:
    """The families to try for each character of `text`, in order.

    The main one alone where it has everything, for each family to try costs time with each word. Han characters are
    set as the country of a party writes them.
    """
    countries = [country_of(party) for party in (invoice.buyer, invoice.seller)]
    han = next((_HAN[country] for country in countries if country in _HAN), _OTHER_HAN)
    return families_of(text, han=han)


def families_of(text: str, *, han: str = _OTHER_HAN) -> list[str]:
    """The families to try for each character of `text`. han: which to take for Han characters."""
    return [MAIN_FAMILY] if PLAIN.issuperset(text) else [MAIN_FAMILY, *_FALLBACKS, han, _LAST]
