"""Words of the other language on a page: what French texts there are in English, and the other way round."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from lxml import html

from tests.browser.server import ROOT

SHORTEST = 12  #: letters: shorter texts are often the same word, or a part of another
_LETTER = re.compile(r"[^\W\d_]")
_HOLE = re.compile(r"%\(|%s|<")
_UNHEARD = ".//script | .//style | .//*[@lang and not(starts-with(@lang, '{}'))]"
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm")


def foreign_texts(page: str, language: str) -> list[str]:
    """Texts of the catalogues that a page in `language` shows in the other one."""
    shown = _spoken(page, language)
    return sorted(text for text in _texts_of("en" if language == "fr" else "fr") if f" {text} " in shown)


def _spoken(page: str, language: str) -> str:
    """What a page says in its own language, each piece between spaces."""
    body: Any = html.fromstring(page).find("body")
    for each in body.xpath(_UNHEARD.format(language)):
        each.drop_tree()
    pieces = [*body.itertext(), *(each for name in _SPOKEN for each in body.xpath(f".//@{name}"))]
    return f" {' · '.join(' '.join(str(each).split()) for each in pieces if str(each).strip())} "


@cache
def _texts_of(language: str) -> frozenset[str]:
    """The texts of all rooms in a language that read otherwise in the other one."""
    found = set()
    for path in Path(ROOT / "src" / "reglo").rglob("fr/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                found |= {_one_line(pair[language == "fr"]) for pair in _pairs(message.id, message.string)}
    return frozenset(found)


def _pairs(english: object, french: object) -> list[tuple[str, str]]:
    """English and French of a text without holes, where they differ enough to tell them apart."""
    if not isinstance(english, str) or not isinstance(french, str):
        return []
    is_clear = english.casefold() != french.casefold() and not _HOLE.search(english)
    is_long = min(len(_LETTER.findall(english)), len(_LETTER.findall(french))) >= SHORTEST
    return [(english, french)] if is_clear and is_long else []


def _one_line(text: str) -> str:
    return " ".join(text.split())
