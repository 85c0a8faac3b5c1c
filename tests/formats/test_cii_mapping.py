"""The table that reading and writing share agrees with the schemas of the profiles, and with the model."""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from lxml import etree

from reglo.core.document import Invoice, Line, Party
from reglo.formats.cii import write_cii
from reglo.formats.cii.grammar import STRUCTURES, Kind, Node, grammar
from reglo.formats.profiles import Profile
from reglo.formats.xml import RSM, PathFinder, parse_xml, xpath_of
from reglo.rules.schema import Kind as Fault
from reglo.rules.schema import Type, schema_of_cii
from tests.builders import an_invoice

PROFILES = {
    "M": Profile.MINIMUM,
    "W": Profile.BASIC_WL,
    "B": Profile.BASIC,
    "E": Profile.EN16931,
    "X": Profile.EXTENDED,
    "F": Profile.EXTENDED,
}
ORDER = "MWBEXF"


def walk(node: Node, least: str = "M", path: tuple[Node, ...] = ()) -> Iterator[tuple[tuple[Node, ...], str]]:
    """Every element of the table with those around it, and the profile that it needs there."""
    for child in node.children:
        needed = max(least, child.profile, key=ORDER.index)
        yield (*path, child), needed
        yield from walk(child, needed, (*path, child))


def type_at(path: tuple[Node, ...], profile: Profile) -> Type | None:
    found = schema_of_cii(profile, profile.value).type_inside(f"{{{RSM}}}CrossIndustryInvoice")
    for node in path:
        found = None if found is None else found.type_inside(node.tag)
    return found


def test_every_element_is_known_to_the_schema_of_the_profile_it_needs() -> None:
    for path, needed in walk(grammar()):
        assert type_at(path, PROFILES[needed]) is not None, [node.name for node in path]


def test_an_element_said_to_need_extended_or_en_16931_as_a_whole_part_is_not_in_basic() -> None:
    for path, needed in walk(grammar()):
        if needed in "EXF" and path[-1].kind in STRUCTURES and path[-1].repeats and path[-1].test is None:
            assert type_at(path, Profile.BASIC) is None, [node.name for node in path]


def test_elements_stand_in_the_order_of_the_schema() -> None:
    for path, _ in [((), "M"), *walk(grammar())]:
        inside = path[-1].children if path else grammar().children
        found = type_at(path, Profile.EXTENDED)
        assert found is not None
        faults = {fault.kind for fault, _ in found.mistakes_inside([node.tag for node in inside])}
        assert not faults & {Fault.UNKNOWN, Fault.ORDER}, [node.name for node in path]


@pytest.mark.parametrize(
    ("model", "prefix"), [(Invoice, ()), (Line, ("lines",)), (Party, ("seller",)), (Party, ("invoicee",))]
)
def test_every_field_of_the_model_has_a_place(model: type, prefix: tuple[str, ...]) -> None:
    carried = set()
    for path, _ in walk(grammar()):
        target: tuple[str, ...] = ()
        for node in path:
            target = node.target if node.outer else (*target, *node.target)
            carried.add(target)
    places = {
        target[len(prefix)] for target in carried if target[: len(prefix)] == prefix and len(target) > len(prefix)
    }
    attributes = {"unit"}  # in @unitCode
    assert {field.name for field in fields(model)} - attributes <= places


def test_constants_are_never_fields() -> None:
    for path, _ in walk(grammar()):
        node = path[-1]
        assert (node.kind is Kind.CONSTANT) == (node.constant is not None)
        assert not (node.constant and node.target)


def test_the_path_finder_gives_the_paths_of_each_element_that_a_tool_can_follow() -> None:
    root = parse_xml(write_cii(an_invoice()))
    root[1].append(etree.Element("{urn:other}thing"))
    finder = PathFinder()
    for element in root.iter():
        assert finder.path_of(element) == xpath_of(element)
        assert finder.path_of(element, "format") == xpath_of(element, "format")
