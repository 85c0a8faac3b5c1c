"""Files that nobody should send: too large, not what they say, pictures and drawings that do more than show."""

import struct
import tracemalloc
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from reglo.organisations.models import Organisation
from reglo.terms.models import ConditionsOfSale
from tests.site import a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

FIFTY = 50 * 1024 * 1024
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8"{root}>'
    "{inner}</svg>"
)


class Shop:
    """An organisation and the browser of its owner."""

    def __init__(self) -> None:
        self.organisation = an_organisation()
        self.browser: Client = logged_in(a_member(self.organisation))

    def url(self, page: str) -> str:
        """A page of the organisation."""
        return f"/o/{self.organisation.slug}/{page}"

    def post_logo(self, content: bytes, name: str = "logo.svg") -> Any:
        """Send a logo as the page of settings does."""
        return self.browser.post(
            self.url("settings/look/"), {"logo": SimpleUploadedFile(name, content), "save_logo": "1"}
        )

    def logo(self) -> bytes | None:
        """What is kept."""
        return Organisation.objects.get(pk=self.organisation.pk).logo


@pytest.fixture
def shop() -> Shop:
    return Shop()


class _Flood:
    """The body of a form with a file of fifty megabytes, made while it is read."""

    def __init__(self, field: str) -> None:
        head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="../../f.pdf"\r\n\r\n'
        self._parts = [head.encode(), b"\r\n--x--\r\n"]
        self.length = FIFTY + sum(map(len, self._parts))
        self._left, self._read = FIFTY, 0

    def read(self, size: int = -1) -> bytes:
        """Some more of it."""
        if self._parts and self._read == 0:
            self._read = 1
            return self._parts[0]
        if self._left:
            taken = min(size if size > 0 else 65536, self._left)
            self._left -= taken
            return b"a" * taken
        return self._parts.pop() if len(self._parts) == 2 else b""

    readline = read


@pytest.mark.parametrize(("page", "field"), [("settings/look/", "logo"), ("terms/conditions/", "file")])
def test_fifty_megabytes_are_refused_and_fill_no_memory(shop: Shop, page: str, field: str) -> None:
    flood = _Flood(field)
    tracemalloc.start()
    answer = shop.browser.generic(
        "POST",
        shop.url(page),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": flood, "CONTENT_LENGTH": str(flood.length)},  # type: ignore[arg-type]
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code in (200, 413, 422)
    assert peak < 15 * 1024 * 1024
    assert shop.logo() is None
    assert not ConditionsOfSale.objects.exists()


@pytest.mark.parametrize(
    ("root", "inner"),
    [
        ("", '<script>alert(1)</script><path d="M0 0h8v8z"/>'),
        (' onload="alert(1)"', '<path d="M0 0h8v8z" onclick="alert(1)"/>'),
        ("", '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject><path d="M0 0h8v8z"/>'),
        ("", '<image href="http://evil.example/x.png"/><path d="M0 0h8v8z"/>'),
        ("", '<use xlink:href="http://evil.example/x.svg#a"/><path d="M0 0h8v8z"/>'),
        ("", '<a xlink:href="javascript:alert(1)"><path d="M0 0h8v8z"/></a><path d="M0 0h8v8z"/>'),
        ("", '<style>@import "http://evil.example/x.css"; path {fill: url(//evil.example)}</style><path d="M0 0"/>'),
        (' style="background: url(http://evil.example/x)"', '<path d="M0 0h8v8z"/>'),
        ("", '<animate attributeName="href" to="javascript:alert(1)"/><path d="M0 0h8v8z"/>'),
        ("", '<set attributeName="onmouseover" to="alert(1)"/><path d="M0 0h8v8z"/>'),
    ],
)  # fmt: skip
def test_a_drawing_that_does_more_is_sifted_or_refused(shop: Shop, root: str, inner: str) -> None:
    shop.post_logo(SVG.format(root=root, inner=inner).encode())
    if shop.logo() is None:
        return
    answer = shop.browser.get(shop.url("settings/look/logo.svg"))
    served = answer.content.decode().lower()
    for dangerous in ("<script", "foreignobject", "evil.example", "javascript:", "onload", "onclick", "onmouseover"):
        assert dangerous not in served
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "drawing",
    [
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format(root="", inner="&x;").encode(),
        b'<!DOCTYPE l [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SVG.format(root="", inner="&b;").encode(),
        SVG.format(root="", inner="<g>" * 5000 + "</g>" * 5000).encode(),
        b" " * 5000 + b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>" + SVG.format(root="", inner="&a;").encode(),
        SVG.format(root="", inner='<g id="a"><use href="#a"/></g>').encode(),
        b"<svg" + b"x" * 100_000,
    ],
    ids=["entity", "laughs", "deep", "late-entity", "use-itself", "no-xml"],
)  # fmt: skip
def test_a_drawing_that_swells_is_refused_with_a_sentence(shop: Shop, drawing: bytes) -> None:
    answer = shop.post_logo(drawing)
    assert answer.status_code in (200, 422)
    assert answer.context["logo_form"].errors if "logo_form" in answer.context else b"alert" in answer.content
    assert shop.logo() is None
    assert b"root:" not in answer.content


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_png_bomb(side: int) -> bytes:
    """Black, very large, and small to send."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(bytes(side + 1)) for _ in range(min(side, 500))) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def a_jpeg_bomb() -> bytes:
    """A small picture that says it is 65,000 pixels wide and high."""
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    content = bytearray(file.getvalue())
    place = content.index(b"\xff\xc0") + 5
    content[place : place + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(content)


@pytest.mark.parametrize("bomb", [a_png_bomb(30_000), a_png_bomb(100_000), a_jpeg_bomb()])
def test_a_picture_of_huge_measures_is_refused_unread(shop: Shop, bomb: bytes) -> None:
    tracemalloc.start()
    answer = shop.post_logo(bomb, "logo.png")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code in (200, 422)
    assert shop.logo() is None
    assert peak < 20 * 1024 * 1024


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<html><script>alert(1)</script>", b"PK\x03\x04", b"\x89PNG"])
def test_conditions_that_are_no_pdf_are_refused(shop: Shop, content: bytes) -> None:
    file = SimpleUploadedFile("../../cgv.pdf", content, "application/pdf")
    answer = shop.browser.post(shop.url("terms/conditions/"), {"title": "CGV", "text": "", "file": file})
    assert answer.status_code in (200, 422)
    assert not ConditionsOfSale.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "a\r\nX-Evil: 1.csv", "\u202egpj.exe", "x" * 400]
)
def test_the_name_of_a_file_is_only_shown(shop: Shop, name: str) -> None:
    file = SimpleUploadedFile("x.csv", b"Nom\nDupont\n")
    file._name = name  # type: ignore[attr-defined]  # as a browser that lies would send it
    answer = shop.browser.post(shop.url("imports/new/customers/"), {"file": file}, follow=True)
    assert answer.status_code in (200, 422)
    assert "X-Evil" not in answer
    assert "../" not in answer.content.decode()
