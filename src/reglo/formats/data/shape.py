"""The shape of a document: what its dataclasses say about their fields.

Reader, writer and published schema all follow it, so that a term added to `reglo.core.document` is read, written and
described without another line.
"""

from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"  #: a Decimal
    COUNT = "count"  #: an int
    DATE = "date"
    FLAG = "flag"
    BYTES = "bytes"
    CHOICE = "choice"  #: one of an Enum of strings
    NUMBER_OR_CHOICE = "number-or-choice"  #: a VAT rate, or why there is none
    RECORD = "record"  #: another dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a dataclass."""

    name: str
    kind: Kind
    record: type | None  #: the dataclass of a record, the Enum of a choice
    many: bool  #: a tuple of them
    optional: bool  #: None is a value
    default: object  #: what stands for "not there"; MISSING where it must be there


_KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    Decimal: Kind.NUMBER,
    int: Kind.COUNT,
    date: Kind.DATE,
    bool: Kind.FLAG,
    bytes: Kind.BYTES,
}


_KNOWN: dict[type, dict[str, Shape]] = {}  # functools.cache does not take a type for a hashable argument in mypy


def shapes_of(record: type) -> dict[str, Shape]:
    """The fields of a dataclass by name, in the order of the model."""
    if record not in _KNOWN:
        hints = get_type_hints(record)
        _KNOWN[record] = {each.name: _shape(each.name, hints[each.name], _default(each)) for each in fields(record)}
    return _KNOWN[record]


def _default(of: "Field[object]") -> object:
    return of.default if of.default_factory is MISSING else of.default_factory()


def _shape(name: str, hint: object, default: object) -> Shape:
    parts, optional = _parts(hint)
    if choice := _choice_beside_number(parts):
        return Shape(name, Kind.NUMBER_OR_CHOICE, choice, False, optional, default)
    inner = parts[0]
    many = get_origin(inner) is tuple
    if many:
        inner = get_args(inner)[0]
    kind = _KINDS.get(inner)
    if kind is not None:
        return Shape(name, kind, None, many, optional, default)
    if len(parts) > 1 or not isinstance(inner, type):
        raise TypeError(f"{name}: {hint!r} has no form in the data formats")
    return Shape(name, Kind.CHOICE if issubclass(inner, Enum) else Kind.RECORD, inner, many, optional, default)


def _parts(hint: object) -> tuple[list[object], bool]:
    """The types of a union without None, and whether None is one."""
    if get_origin(hint) not in (UnionType, Union):
        return [hint], False
    parts = [each for each in get_args(hint) if each is not NoneType]
    return parts, len(parts) < len(get_args(hint))


def _choice_beside_number(parts: list[object]) -> type[Enum] | None:
    """The Enum of `Decimal | SomeEnum`."""
    choices = [each for each in parts if isinstance(each, type) and issubclass(each, Enum)]
    return choices[0] if len(parts) == 2 and Decimal in parts and choices else None
