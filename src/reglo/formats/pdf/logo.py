"""The seller's logo, made safe and always the same: pixels are decoded and packed again, drawings are sifted.

Either way the page gets an SVG, the one kind of picture that Typst takes as text.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from lxml import etree

from reglo.core.errors import DomainError, UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.xml import parse_xml

MAX_LOGO_BYTES = 5 * 1024 * 1024
_MAX_PIXELS = 12_000_000  #: unpacked twice, at four bytes each
_LONGEST_SIDE = 40_000_000  #: of a drawing, in whatever unit
#: Printed 70 mm wide, 1,000 pixels are 360 an inch.
_MOST_PIXELS_WIDE, _MOST_PIXELS_HIGH = 1000, 400
_MAX_ELEMENTS, _MAX_USES = 5000, 50

_SVG = "http://www.w3.org/2000/svg"
_LENGTH = re.compile(r"\d*\.?\d+")
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
#: Shapes and paint. No scripts, no pictures, no text (its font would be missing).
_NAMES = (
    "g defs symbol use path rect circle ellipse line polyline polygon linearGradient radialGradient stop clipPath mask "
    "style title desc"
)
_ELEMENTS = frozenset(f"{{{_SVG}}}{name}" for name in _NAMES.split())


class LogoRefused(DomainError):
    """This picture cannot be printed as a logo."""

    code = "logo-refused"


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo ready for the page."""

    svg: str
    ratio: float  #: width by height


@lru_cache(maxsize=64)
def prepared_logo(logo: bytes) -> Logo:
    """`logo` (PNG, JPEG or SVG) as an SVG that draws it and can do nothing else.

    Raises LogoRefused for another kind of file, a damaged or huge one, or a drawing with text in it.
    """
    if len(logo) > MAX_LOGO_BYTES:
        raise _refused("Le logo dépasse 5 Mio.", "The logo is larger than 5 MiB.")
    if logo.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _from_pixels(logo)
    if b"<svg" in logo[:4096]:
        return _from_drawing(logo)
    raise _refused("Le logo n'est ni PNG, ni JPEG, ni SVG.", "The logo is neither PNG, nor JPEG, nor SVG.")


def _from_pixels(logo: bytes) -> Logo:
    """Decode and pack again: nothing is left of the file but its pixels."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(logo), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise _too_many_pixels()
            ImageOps.exif_transpose(picture, in_place=True)
            pixels = picture.convert("RGB" if picture.mode in ("RGB", "L", "CMYK", "YCbCr") else "RGBA")
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _refused("Le logo est endommagé.", "The logo is damaged.") from error
    pixels.thumbnail((_MOST_PIXELS_WIDE, _MOST_PIXELS_HIGH))
    packed = BytesIO()
    pixels.save(packed, "PNG")
    width, height = pixels.size
    data = base64.b64encode(packed.getvalue()).decode()
    svg = (
        f'<svg xmlns="{_SVG}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
    return Logo(svg, width / height)


def _from_drawing(logo: bytes) -> Logo:
    try:
        root = parse_xml(logo)
    except UnreadableDocument as error:
        raise LogoRefused(error.message) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise _refused("Le logo n'est pas un SVG.", "The logo is not an SVG.")
    _refuse_what_multiplies(root)
    if root.find(f".//{{{_SVG}}}text") is not None:
        raise _refused(
            "Le logo SVG contient du texte : convertissez-le en tracés.",
            "The SVG logo has text in it: convert it to paths.",
        )
    ratio = _ratio(root)
    _sift(root)
    return Logo(etree.tostring(root, encoding="unicode"), ratio)


def _ratio(root: etree._Element) -> float:
    sizes = (root.get("viewBox") or "").replace(",", " ").split()[2:] or [root.get("width", ""), root.get("height", "")]
    numbers = [_LENGTH.match(size) for size in sizes]
    width, height = [float(number[0]) if number else 0.0 for number in numbers][:2] if len(numbers) > 1 else (0.0, 0.0)
    if not (0 < width < _LONGEST_SIDE and 0 < height < _LONGEST_SIDE):
        raise _refused("Le logo SVG n'a pas de dimensions.", "The SVG logo has no size.")
    return width / height


def _sift(element: etree._Element) -> None:
    """Leave the elements and attributes that draw, and no other."""
    for name, value in element.attrib.items():
        if not _harmless(str(name), str(value)):
            del element.attrib[name]
    for child in list(element):
        if child.tag in _ELEMENTS and _local_only(child.text or "") and "@" not in (child.text or ""):
            _sift(child)
        else:
            element.remove(child)


def _harmless(name: str, value: str) -> bool:
    """Whether an attribute neither runs, nor fetches, nor filters: references stay inside the drawing."""
    if name in ("href", _XLINK_HREF):
        return value.startswith("#")
    if name.startswith(("{", "on")) or name in ("filter", "font-family"):
        return False
    return _local_only(value)


def _local_only(value: str) -> bool:
    """Whether every url() in `value` points inside the drawing."""
    bare = value.replace("'", "").replace('"', "").replace(" ", "").lower()
    return "\\" not in value and bare.count("url(") == bare.count("url(#")


def _refuse_what_multiplies(root: etree._Element) -> None:
    """Refuse too many elements, and a `use` of what itself has a `use`, which may multiply without end."""
    uses = list(root.iter(f"{{{_SVG}}}use"))
    targets = {(each.get("href") or each.get(_XLINK_HREF) or "")[1:] for each in uses}
    nested = any(ancestor.get("id") in targets for each in uses for ancestor in each.iterancestors())
    if nested or len(uses) > _MAX_USES or sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise _refused("Le logo SVG est trop complexe.", "The SVG logo is too complex.")


def _too_many_pixels() -> LogoRefused:
    most = _MAX_PIXELS // 1_000_000
    return _refused(
        f"Le logo a trop de pixels : plus de {most} millions. Réduisez-le.",
        f"The logo has too many pixels: more than {most} million. Make it smaller.",
    )


def _refused(french: str, english: str) -> LogoRefused:
    return LogoRefused(Text(fr=french, en=english), field="logo")
