"""How a seller's pages look: a logo and one colour."""

import re
from dataclasses import dataclass

#: A quiet blue, for who has no colour.
DEFAULT_ACCENT = "#1d4f7c"
#: WCAG 2.2, 1.4.3: text of normal size against its background.
READABLE_CONTRAST = 4.5

_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the seller chooses of its pages."""

    logo: bytes | None = None  #: PNG, JPEG or SVG
    accent: str = DEFAULT_ACCENT  #: "#rrggbb" or "#rgb"; what is no colour counts as the default


@dataclass(frozen=True, slots=True)
class Accent:
    """The seller's colour in its two uses."""

    fill: str  #: as chosen: for rules and bars
    ink: str  #: readable on white, and under white text: as chosen, or as much darker as it takes


def accent_of(chosen: str) -> Accent:
    """The colour of the seller, made readable where text is set in it."""
    matched = _HEX.fullmatch(chosen.strip())
    digits = matched[1] if matched else DEFAULT_ACCENT[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = bytes.fromhex(digits)
    share = 100
    while contrast_with_white(red * share // 100, green * share // 100, blue * share // 100) < READABLE_CONTRAST:
        share -= 2
    ink = "#" + bytes(part * share // 100 for part in (red, green, blue)).hex()
    return Accent("#" + digits.lower(), ink)


def contrast_with_white(red: int, green: int, blue: int) -> float:
    """The contrast ratio of WCAG 2.2 between a colour and white: 1 for white itself, 21 for black."""
    luminance = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
    return 1.05 / (luminance + 0.05)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
