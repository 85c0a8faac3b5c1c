"""The seller's logo and colour: used as they are where they can be, made safe and readable where not."""

import base64
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reglo.core.errors import DomainError
from reglo.formats.pdf import Look, render_pdf
from reglo.formats.pdf.logo import LogoRefused, prepared_logo
from reglo.formats.pdf.look import DEFAULT_ACCENT, accent_of, contrast_with_white
from tests.builders import an_invoice
from tests.formats.pdf_reading import picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 40">{}</svg>'


def a_picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (200, 80)) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "green" if mode != "CMYK" else (255, 0, 255, 0)).save(out, kind)
    return out.getvalue()


def drawing(inside: str) -> str:
    return prepared_logo(SVG.format(inside).encode()).svg


def refusal(logo: bytes) -> str:
    with pytest.raises(LogoRefused) as raised:
        prepared_logo(logo)
    assert raised.value.field == "logo" or raised.value.message.fr
    return raised.value.message.en


@given(st.integers(0, 0xFFFFFF))
def test_ink_is_readable_on_white_whatever_the_colour(colour: int) -> None:
    ink = bytes.fromhex(accent_of(f"#{colour:06x}").ink[1:])
    assert contrast_with_white(*ink) >= 4.5


def test_a_readable_colour_is_kept_and_a_pale_one_darkened_only_as_ink() -> None:
    assert accent_of("#1D4F7C").ink == "#1d4f7c"
    assert accent_of("abc").fill == "#aabbcc"
    pale = accent_of("#ffdd00")
    assert pale.fill == "#ffdd00"
    assert pale.ink != pale.fill


@pytest.mark.parametrize("wrong", ["", "blue", "#12345", "#gggggg", 'rgb(1,2,3)"); #panic()'])
def test_what_is_no_colour_counts_as_the_default(wrong: str) -> None:
    assert accent_of(wrong).fill == DEFAULT_ACCENT


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_pictures_are_decoded_and_packed_again(kind: str, mode: str) -> None:
    logo = prepared_logo(a_picture(kind, mode))
    assert logo.ratio == 2.5
    packed = re.search(r'base64,([^"]+)"', logo.svg)
    assert packed is not None
    with Image.open(BytesIO(base64.b64decode(packed[1]))) as again:
        assert again.size == (200, 80)
        assert again.format == "PNG"


def test_a_large_picture_is_made_smaller() -> None:
    assert 'width="1000" height="250"' in prepared_logo(a_picture("PNG", size=(4000, 1000))).svg


def test_a_logo_is_printed() -> None:
    red = 'fill="#f00000"'
    logo = SVG.format(f'<rect width="100" height="40" {red}/>').encode()
    corner = picture(render_pdf(an_invoice(), look=Look(logo=logo))).crop((100, 100, 400, 230))
    assert (240, 0, 0) in {colour for _, colour in corner.getcolors(100_000) or []}


def test_a_drawing_keeps_shapes_and_loses_all_else() -> None:
    kept = drawing(
        '<script>alert(1)</script><foreignObject/><image href="file:///etc/passwd"/><style>.a{fill:red}</style>'
        '<a href="http://x.test"><path d="M0 0"/></a><style>@import url(http://x.test/a.css);</style>'
        '<rect onclick="x()" fill="url(#g)" class="a" width="1" height="1"/>'
        "<rect fill='url(http://x.test/p)' filter='url(#f)'/><use href='http://x.test/#a'/><use xlink:href='#a'/>"
    )
    for gone in ("script", "foreignObject", "image", "passwd", "x.test", "onclick", "filter", "import"):
        assert gone not in kept
    for stays in ('fill="url(#g)"', ".a{fill:red}", 'xlink:href="#a"', 'class="a"'):
        assert stays in kept


def test_bad_logos_are_refused_in_words() -> None:
    assert "neither PNG" in refusal(b"GIF89a")
    assert "neither PNG" in refusal(b"")
    assert "damaged" in refusal(a_picture("PNG")[:60])
    assert "damaged" in refusal(b"\xff\xd8\xff" + b"\0" * 50)
    assert "larger than 5 MiB" in refusal(b"\x89PNG\r\n\x1a\n" + b"\0" * 6_000_000)
    assert "convert it to paths" in refusal(SVG.format("<text>Hi</text>").encode())
    assert "not well-formed" in refusal(b"<svg")
    assert "no size" in refusal(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert "DTD" in refusal(b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("").encode())


def test_drawings_that_multiply_are_refused() -> None:
    nested = '<g id="a"><path d="M0 0"/></g>' + "".join(
        f'<g id="b{n}"><use href="#{"a" if n == 0 else f"b{n - 1}"}"/><use href="#a"/></g>' for n in range(20)
    )
    assert "too complex" in refusal(SVG.format(nested).encode())
    assert "too complex" in refusal(SVG.format("<path d='M0 0'/>" * 6000).encode())


def test_a_picture_of_too_many_pixels_is_refused_unpacked() -> None:
    assert "too many pixels" in refusal(a_picture("PNG", "1", (20_000, 20_000)))
    assert "more than 12 million" in refusal(a_picture("PNG", "1", (4_000, 3_001)))


def test_a_bad_logo_is_an_error_that_a_user_can_act_on() -> None:
    with pytest.raises(DomainError):
        render_pdf(an_invoice(), look=Look(logo=b"nonsense"))


@pytest.mark.parametrize(
    ("size", "ratio"),
    [('viewBox="0 0 100 40"', 2.5), ('viewBox="-5,-5,30,10" width="9"', 3), ('width="12.5mm" height="5mm"', 2.5)],
)
def test_a_drawing_tells_its_proportions(size: str, ratio: float) -> None:
    assert prepared_logo(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode()).ratio == ratio


@pytest.mark.parametrize("size", ['viewBox="0 0 0 40"', 'viewBox="0 0"', 'width="100%"', 'width="a" height="b"'])
def test_a_drawing_without_proportions_is_refused(size: str) -> None:
    assert "no size" in refusal(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode())


def test_wide_and_tall_logos_stay_in_their_place() -> None:
    for width, height in ((4000, 100), (100, 4000)):
        shape = f'<rect width="{width}" height="{height}" fill="#f00000"/>'
        logo = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shape}</svg>'.encode()
        page = picture(render_pdf(an_invoice(), look=Look(logo=logo)), dots_per_inch=72)
        red = [(x, y) for x in range(page.width) for y in range(page.height) if page.getpixel((x, y)) == (240, 0, 0)]
        assert red
        assert all(50 < x < 300 and 50 < y < 110 for x, y in red)
