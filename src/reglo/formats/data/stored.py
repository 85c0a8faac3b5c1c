"""Values of the core as trees that are stored, and back: terms, drafts. What was stored is trusted to be whole."""

from typing import TypeVar

from reglo.formats.data.faults import Fault, InvalidData
from reglo.formats.data.tree import Tree, from_tree, to_tree

_Record = TypeVar("_Record")


def write_stored(record: object) -> Tree:
    """A dataclass of the core as a tree that JSON can hold, numbers as strings; what is absent is left out."""
    return to_tree(record)


def read_stored(record: type[_Record], tree: object) -> _Record:
    """The dataclass that `write_stored` made `tree` of. Raises InvalidData naming each fault."""
    faults: list[Fault] = []
    value = from_tree(record, tree, "", faults)
    if faults or not isinstance(value, record):
        raise InvalidData(faults)
    return value
