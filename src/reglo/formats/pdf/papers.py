"""Letters and other papers: a head, a window for the address, then paragraphs and tables as they come.

Values only, written out by who knows what they mean; the template (`paper.typ`) places them.
"""

from dataclasses import dataclass
from typing import TypedDict

from reglo.formats.pdf.fonts import families_of
from reglo.formats.pdf.logo import prepared_logo
from reglo.formats.pdf.look import Look, accent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. The columns in `figures` stand at the right; the last rows are totals."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    totals: int = 0  #: how many of the rows, from the end


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """A paragraph in small print: how figures were made."""

    text: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing, as wide as the text."""

    svg: str
    words: str  #: what it shows, for those who cannot see it (PDF/UA)


Block = str | Grid | Heading | Small | NewPage | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter, a statement, a cover."""

    language: str
    title: str  #: of the document, for readers and lists of files
    sender: str
    sender_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipient: tuple[str, ...] = ()  #: name and address, in the window of an envelope (NF Z 10-011)
    postal: str = ""  #: above it: how it is posted
    place_and_day: str = ""
    subject: str = ""
    footer: str = ""
    look: Look | None = None
    is_wide: bool = False  #: on its side, for tables of many columns


class PaperContent(TypedDict):
    """All that the template reads."""

    language: str
    fonts: list[str]
    fill: str
    ink: str
    logo: str
    logo_alt: str
    title: str
    sender: str
    sender_lines: list[str]
    recipient: list[str]
    postal: str
    place_and_day: str
    subject: str
    footer: str
    is_wide: bool
    blocks: list[dict[str, object]]


def paper_content(paper: Paper) -> PaperContent:
    """Everything that the pages of `paper` say."""
    look = paper.look or Look()
    accent = accent_of(look.accent)
    logo = prepared_logo(look.logo) if look.logo else None
    content = PaperContent(
        language=paper.language,
        fonts=[],
        fill=accent.fill,
        ink=accent.ink,
        logo="",
        logo_alt=paper.sender,
        title=paper.title,
        sender=paper.sender,
        sender_lines=list(paper.sender_lines),
        recipient=list(paper.recipient),
        postal=paper.postal,
        place_and_day=paper.place_and_day,
        subject=paper.subject,
        footer=paper.footer,
        is_wide=paper.is_wide,
        blocks=[_block(each) for each in paper.blocks],
    )
    content["fonts"] = families_of("".join(_texts(content)))
    content["logo"] = logo.svg if logo else ""
    return content


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Small(text):
            return {"kind": "small", "text": text}
        case NewPage():
            return {"kind": "page"}
        case Picture(svg=svg, words=words):
            return {"kind": "picture", "svg": svg, "words": words}
        case Grid():
            return {
                "kind": "table",
                "headings": list(block.headings),
                "rows": [list(row) for row in block.rows],
                "figures": sorted(block.figures),
                "totals": block.totals,
            }
        case _:
            return {"kind": "paragraph", "text": block}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []
