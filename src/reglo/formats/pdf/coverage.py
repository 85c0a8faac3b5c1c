"""Characters that no font of ours can draw, found before the page is made."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from unicodedata import normalize

from reglo.core.business_terms import term_at
from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity, Text
from reglo.formats.pdf.content import page_content
from reglo.formats.pdf.content.text import texts_in
from reglo.formats.pdf.fonts import PLAIN, font_files
from reglo.formats.pdf.look import Look

#: Characters that shape or break text and are never drawn.
_INVISIBLE = frozenset(
    point
    for first, last in (
        (0x200C, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x2069),
        (0xFE00, 0xFE0F),
        (0xE0020, 0xE007F),
        (0xE0100, 0xE01EF),
    )
    for point in range(first, last + 1)
)


def unprintable(invoice: Invoice) -> tuple[Finding, ...]:
    """A finding for each text of `invoice` that holds characters no font of ours can draw."""
    strings = tuple(_strings(invoice, ""))
    if not _undrawable("".join(text for _, text in strings)):
        return ()  # without laying out the page, which takes longer
    missing = _undrawable("".join(texts_in(page_content(invoice, Look(), "fr"))))
    return tuple(
        _finding(where, [character for character in dict.fromkeys(text) if character in missing])
        for where, text in strings
        if not missing.isdisjoint(text)
    )


def _undrawable(text: str) -> frozenset[str]:
    return frozenset(character for character in set(text) - PLAIN if not _is_drawable(character))


def _is_drawable(character: str) -> bool:
    """Whether a font has the character, or the parts that it is made of."""
    return ord(character) in covered() or all(ord(part) in covered() for part in normalize("NFD", character))


@cache
def covered() -> frozenset[int]:
    """Every code point that some font draws, or that needs no drawing."""
    # Loaded for the rare text that is not Latin.
    from fontTools.ttLib import TTCollection, TTFont

    points: set[int] = set(_INVISIBLE)
    for file in font_files():
        is_collection = file.suffix == ".ttc"
        font = TTCollection(file, lazy=True).fonts[0] if is_collection else TTFont(file, lazy=True)
        points.update(font.getBestCmap())
    return frozenset(points - set(range(0x20)))


def _strings(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a document, with its path in the model: ("buyer.name", "Boulangerie Martin SARL")."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _strings(each, f"{where}[{place}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name), f"{where}.{field.name}".removeprefix("."))


def _finding(where: str, characters: list[str]) -> Finding:
    known = term_at(where)
    shown = ", ".join(
        f"« {each} » (U+{ord(each):04X})" if each.isprintable() else f"U+{ord(each):04X}" for each in characters
    )
    english = shown.replace("« ", '"').replace(" »", '"')
    return Finding(
        rule="REGLO-GLYPH",
        severity=Severity.FATAL,
        message=Text(
            fr=f"Aucune police ne sait imprimer ces caractères : {shown}.",
            en=f"No font can print these characters: {english}.",
        ),
        fix=Text(
            fr="Remplacez-les par des lettres courantes, ou écrivez ce texte en alphabet latin.",
            en="Replace them by ordinary letters, or write this text in the Latin alphabet.",
        ),
        source="Réglo, formats/pdf/fonts",
        term=known.number if known else None,
        where=where,
    )
