"""The addresses that templates name exist, with the parts that they give."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

ROOMS = Path(__file__).parent.parent.parent / "src" / "reglo"
TAG = re.compile(r"{%-?\s*url_of\s+[\"']([^\"']+)[\"']([^%]*)%}")
PART = re.compile(r"\b(\w+)=")
#: A part may be of any kind: words of the address say which.
VALUES = (1, "invoice", "fr")


def named() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Template, name of the address, parts."""
    for template in sorted(ROOMS.rglob("*.html")):
        for name, rest in TAG.findall(template.read_text(encoding="utf-8")):
            yield template.relative_to(ROOMS).as_posix(), name, tuple(PART.findall(rest))


def exists(name: str, parts: tuple[str, ...]) -> bool:
    """Whether an address of this name takes these parts, each a number or a word."""
    for value in VALUES:
        try:
            reverse(name, kwargs={"slug": "atelier", **dict.fromkeys(parts, value)})
        except NoReverseMatch:
            continue
        return True
    return False


def test_every_address_that_a_template_names_exists() -> None:
    found = set(named())
    assert len(found) > 100
    assert not [each for each in sorted(found) if not exists(each[1], each[2])]


def test_an_address_that_does_not_exist_is_told() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("billing:nowhere", kwargs={"slug": "atelier"})
    assert not exists("billing:invoice", ("number",))
