"""The vocabulary of the binding: a table says which element carries which term, an entry how.

A `Table` maps the children of one element to fields of one class of the model, in the order of the UBL schema. Entries
are of few kinds: a value (`Text`, `Code`, `Number`, `Amount`, `Day`, …), a wrapper that is no group of the model
(`Inside`), a group (`One`), a repeated group (`Many`). An entry whose element is a group of the model names it in
`groups`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from lxml import etree

from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Leaf, Values
from reglo.formats.ubl.output import Output
from reglo.formats.xml import CAC, CBC, prefixed


class Entry(Protocol):
    """How one element of UBL carries one or several terms."""

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        """Put into `values` what `element` says."""

    def write(self, name: str, values: Values, out: Output) -> None:
        """Write the element `name`, as often as it takes, with what `values` has for it."""


class Table:
    """The children of one element, by tag, and the fields they fill."""

    __slots__ = ("_readers", "_writers", "entries", "make", "repeatable")

    def __init__(self, make: Callable[..., object], *entries: Mapping[str, Entry]) -> None:
        self.make = make
        self.entries: dict[str, Entry] = {}
        for part in entries:
            self.entries.update(part)
        self.repeatable = tuple(_repeatable(self.entries.values()))
        self._readers = {tag: _reader(entry) for tag, entry in self.entries.items()}
        self._writers = tuple((prefixed(tag), entry.write) for tag, entry in self.entries.items())

    def read_values(self, element: etree._Element, context: Context) -> Values:
        """The fields of the group that `element` carries."""
        values: Values = {}
        self.read_into(element, values, context)
        self.close(values)
        return values

    def close(self, values: Values) -> None:
        """Turn the lists of what is repeated into tuples, once all are read."""
        for field in self.repeatable:
            if field in values:
                values[field] = tuple(values[field])

    def read_into(self, element: etree._Element, values: Values, context: Context) -> None:
        """Add the fields that `element` carries to those of the group around it."""
        readers = self._readers
        for child in element:
            read = readers.get(child.tag)
            if read is None:
                context.unread(child)
            else:
                read(child, values, context)
        if element.attrib:
            context.leftover_attributes(element)

    def write(self, name: str, values: Values, out: Output) -> None:
        """Write the element `name`, unless nothing would be in it."""
        opened = out.open(name)
        self.write_children(values, out)
        out.close(name, opened)

    def write_children(self, values: Values, out: Output) -> None:
        """Write what stands in the element."""
        for child, write in self._writers:
            write(child, values, out)


def _reader(entry: Entry) -> Callable[[etree._Element, Values, Context], None]:
    """What reads an element; for a wrapper, without the detour over itself, since lines have many of them."""
    return entry.table.read_into if isinstance(entry, Inside) else entry.read


def _repeatable(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        if isinstance(entry, Inside):
            yield from entry.table.repeatable
        else:
            yield from getattr(entry, "repeatable", ())


class Each:
    """A value that may be repeated: the field is a tuple."""

    __slots__ = ("leaf", "repeatable")

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.repeatable = (leaf.field,)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        one: Values = {}
        self.leaf.read(element, one, context)
        values.setdefault(self.leaf.field, []).extend(one.values())

    def write(self, name: str, values: Values, out: Output) -> None:
        for value in values.get(self.leaf.field, ()):
            self.leaf.write_value(name, value, out)


class Inside:
    """A wrapper that is no group of the model: what is in it belongs to the group around it."""

    __slots__ = ("table",)

    def __init__(self, *entries: Mapping[str, Entry]) -> None:
        self.table = Table(dict, *entries)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        self.table.write(name, values, out)


class InsideEach:
    """A wrapper that UBL repeats around each value of one field."""

    __slots__ = ("child", "each", "repeatable", "wrapper")

    def __init__(self, child: str, each: "Each") -> None:
        self.child = child
        self.each = each
        self.wrapper = Table(dict, cbc(child, each))
        self.repeatable = each.repeatable

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.wrapper.read_into(element, values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        for value in values.get(self.each.leaf.field, ()):
            self.wrapper.write(name, {self.each.leaf.field: (value,)}, out)


class ReadOnly:
    """An element that is read, but that we write in another place."""

    __slots__ = ("entry", "repeatable")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.repeatable: tuple[str, ...] = getattr(entry, "repeatable", ())

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.entry.read(element, values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        """Write nothing."""


class One:
    """A group.

    lift: fields found inside the group that belong to the group around it, with their names there.
    lower: those of them that are written inside it; all, unless said otherwise.
    """

    __slots__ = ("field", "groups", "lift", "lower", "table", "term")

    def __init__(
        self,
        field: str,
        table: Table,
        term: str | None = None,
        *,
        lift: Mapping[str, str] | None = None,
        lower: Mapping[str, str] | None = None,
    ) -> None:
        self.field = field
        self.groups = (field,)
        self.table = table
        self.term = term
        self.lift = dict(lift or {})
        self.lower = self.lift if lower is None else dict(lower)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field in values:
            context.repeated(element, self.term)
            return
        inner = self.table.read_values(element, context)
        if self.lift:
            lift(inner, values, self.lift, element, context)
        values[self.field] = self.table.make(**inner)

    def write(self, name: str, values: Values, out: Output) -> None:
        self.table.write(name, {**fields_of(values.get(self.field)), **lowered(values, self.lower)}, out)


class Many:
    """A group that may be repeated: the field is a tuple."""

    __slots__ = ("field", "groups", "lift", "repeatable", "table")

    def __init__(self, field: str, table: Table, lift: Mapping[str, str] | None = None) -> None:
        self.field = field
        self.groups = (field,)
        self.table = table
        self.lift = dict(lift or {})
        self.repeatable = (field,)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        if self.lift:
            lift(inner, values, self.lift, element, context)
        values.setdefault(self.field, []).append(self.table.make(**inner))

    def write(self, name: str, values: Values, out: Output) -> None:
        for group in values.get(self.field, ()):
            self.table.write(name, fields_of(group) | lowered(values, self.lift), out)


# Any: a dataclass of the model, or None.
def fields_of(group: Any) -> Values:
    """The fields of a group that say something."""
    if group is None:
        return {}
    names = group.__dataclass_fields__
    return {name: value for name in names if (value := getattr(group, name)) is not None and value != ()}


def lowered(outer: Values, names: Mapping[str, str]) -> Values:
    """The inverse of `lift`: fields of the group around that UBL writes inside, by their names there."""
    return {name: outer[name_outside] for name, name_outside in names.items() if name_outside in outer}


def lift(inner: Values, outer: Values, names: Mapping[str, str], element: etree._Element, context: Context) -> None:
    """Move the fields `names` from a group to the one around it. To say the same twice is no repetition."""
    for name, name_outside in names.items():
        if name not in inner:
            continue
        value = inner.pop(name)
        if outer.setdefault(name_outside, value) != value:
            context.report("repeated", element, None, value=str(value))


def cbc(name: str, entry: Entry) -> dict[str, Entry]:
    """A line of a table for an element with a value."""
    return {f"{{{CBC}}}{name}": entry}


def cac(name: str, entry: Entry) -> dict[str, Entry]:
    """A line of a table for an element with children."""
    return {f"{{{CAC}}}{name}": entry}
