"""The table of business terms names every field of the model, and nothing else."""

import dataclasses
import re
import types
import typing
from collections.abc import Iterator

import pytest

from reglo.core import document
from reglo.core.business_terms import UNNUMBERED, business_terms, label, term, term_at
from reglo.core.document import Attachment, Identifier, Invoice

#: Parties of the French extension: the whole party has one number, and two of its fields have their own.
EXTENSION_PARTIES = ("buyer_agent.", "payer.", "seller_agent.", "invoicee.", "invoicer.")


def _inner(annotation: object) -> tuple[object, bool]:
    """The type inside `X | None` or `tuple[X, ...]`, and whether it repeats."""
    if isinstance(annotation, types.UnionType):
        return _inner(next(each for each in typing.get_args(annotation) if each is not type(None)))
    if typing.get_origin(annotation) is tuple:
        return typing.get_args(annotation)[0], True
    return annotation, False


def _paths(cls: type, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Every path of the model, and whether it ends there."""
    hints = typing.get_type_hints(cls, vars(document), vars(document))
    for field in dataclasses.fields(cls):
        inner, repeated = _inner(hints[field.name])
        path = f"{prefix}{field.name}{'[]' if repeated else ''}"
        yield path, not dataclasses.is_dataclass(inner)
        if dataclasses.is_dataclass(inner):
            yield from _paths(typing.cast("type", inner), f"{path}.")


PATHS = dict(_paths(Invoice))
LEAVES = [path for path, is_leaf in PATHS.items() if is_leaf]


@pytest.mark.parametrize("number", business_terms())
def test_each_term_lives_at_a_place_that_exists(number: str) -> None:
    path = business_terms()[number].path
    assert path == "" or path in PATHS


@pytest.mark.parametrize("path", LEAVES)
def test_each_field_is_numbered_or_listed_as_unnumbered(path: str) -> None:
    numbered = {each.path for each in business_terms().values()}
    parent, _, name = path.rpartition(".")
    is_value = name in {field.name for field in dataclasses.fields(Identifier)} and parent in numbered
    is_content = name in {field.name for field in dataclasses.fields(Attachment)} and parent in numbered
    is_line_note = path == "lines[].notes[].text"
    listed = any(path == each or path.startswith(f"{each}.") for each in UNNUMBERED)
    assert path in numbered or is_value or is_content or is_line_note or listed or path.startswith(EXTENSION_PARTIES), (
        path
    )
    assert not (listed and path in numbered), f"{path} is numbered and listed as unnumbered"


@pytest.mark.parametrize("path", UNNUMBERED)
def test_what_is_listed_as_unnumbered_exists(path: str) -> None:
    assert path in PATHS


def test_every_number_of_the_standard_is_there() -> None:
    missing_in_the_standard = {4, *range(166, 200)}
    terms = {f"BT-{n}" for n in range(1, 166) if n not in missing_in_the_standard}
    groups = {f"BG-{n}" for n in range(1, 33)}
    assert terms | groups <= business_terms().keys()


def test_names_are_short_and_in_both_languages() -> None:
    for each in business_terms().values():
        assert each.name.fr
        assert each.name.en
        assert len(each.name.fr) <= 60


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("lines[2].price.net", "BT-146"),
        ("lines[2]", "BG-25"),
        ("lines", "BG-25"),
        ("seller.legal_registration.value", "BT-30"),
        ("seller.legal_registration.scheme", "BT-30-1"),
        ("seller.identifiers[0].value", "BT-29"),
        ("notes[3].text", "BT-22"),
        ("payment.means[0].account.identifier", "BT-84"),
        ("payee.contact.email", "BG-10"),
        ("payment", "BG-16"),
        ("lines[0].charges[1].amount", "BT-141"),
    ],
)
def test_a_place_is_named_by_its_term_or_the_nearest_group(where: str, number: str) -> None:
    found = term_at(where)
    assert found is not None
    assert found.number == number


def test_a_place_outside_the_model_has_no_term() -> None:
    assert term_at("nowhere.at.all") is None
    assert term_at("") is None


def test_a_label_says_words_then_number() -> None:
    assert label("BT-115") == "Net à payer (BT-115)"
    assert label("BT-115", "en") == "Amount due for payment (BT-115)"
    assert label("BR-CO-15") == "BR-CO-15"
    assert term("BT-999") is None


def test_numbers_in_the_docstrings_of_the_model_agree_with_the_table() -> None:
    """A number written next to a field in document.py is a number that the table knows."""
    source = typing.cast("str", document.__loader__.get_source(document.__name__))  # type: ignore[union-attr]
    written = set(re.findall(r"\b(?:BT|BG)-\d+(?:-\d)?\b|EXT-FR-FE-(?:BG-)?\d+", source))
    assert written <= business_terms().keys()
