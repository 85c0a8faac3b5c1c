"""Reading a PDF of ours in tests: its text, its pixels, its structure."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image


def texts(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it stands in the file, with plain spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return [_plain(page.get_textpage().get_text_range()) for page in document]


def text(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(texts(pdf))


def places(pdf: bytes, phrase: str) -> list[tuple[int, float]]:
    """Where `phrase` stands: its page, from 1, and how high above the foot of the page, in points."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        reader = page.get_textpage()
        search = reader.search(phrase)
        while hit := search.get_next():
            found.append((number, reader.get_charbox(hit[0])[1]))
    return found


def _plain(raw: str) -> str:
    lines = raw.replace("\u200b", "").replace("\u202f", " ").replace("\u00a0", " ").split("\r\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def picture(pdf: bytes, page: int = 0, *, dots_per_inch: int = 150) -> Image.Image:
    """A page as pixels."""
    image: Image.Image = pypdfium2.PdfDocument(pdf)[page].render(scale=dots_per_inch / 72).to_pil()
    return image


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF, refused where its structure needs any mending."""
    document = pikepdf.open(BytesIO(pdf), attempt_recovery=False)
    assert document.get_warnings() == []
    return document


def metadata(pdf: bytes) -> str:
    """The XMP packet, as it stands in the file."""
    document = opened(pdf)
    return document.Root.Metadata.read_bytes().decode()


def structure(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""
    waiting: list[Any] = [document.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Array):
            waiting[:0] = list(node)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                waiting.insert(0, node.K)


def tags(document: pikepdf.Pdf) -> Counter[str]:
    """How many structure elements of each kind there are."""
    return Counter(str(node.S).removeprefix("/") for node in structure(document))


def fonts(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every font descriptor of the document."""
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item
