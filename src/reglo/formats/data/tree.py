"""Records to plain trees of dictionaries, lists and scalars, and back: what JSON, TOML and tables have in common."""

from collections.abc import Mapping
from dataclasses import MISSING
from decimal import Decimal, InvalidOperation
from typing import Any

from reglo.core.findings import Text
from reglo.formats.data.faults import MOST_FAULTS, Fault, at, shown
from reglo.formats.data.scalars import BadValue, read_scalar, write_scalar
from reglo.formats.data.shape import Kind, Shape, shapes_of

_CONTAINERS: Mapping[type, Text] = {
    dict: Text(fr="une seule table", en="a single table"),
    list: Text(fr="une liste", en="a list"),
}
_IN_BRACKETS = Text(
    fr="Écrivez-la entre crochets : [{ … }], ou en TOML [[nom]] au lieu de [nom].",
    en="Write it in brackets: [{ … }], or in TOML [[name]] instead of [name].",
)
_SEE = Text(fr="Voyez docs/reference/data.md.", en="See docs/reference/data.md.")

Tree = dict[str, Any]  # what json and tomllib give: its values are checked one by one below


def to_tree(record: object) -> Tree:
    """A dataclass as a tree in the order of the model; what is absent is left out."""
    tree: Tree = {}
    for name, shape in shapes_of(type(record)).items():
        value = getattr(record, name)
        if value is None or value == () or (shape.kind is Kind.FLAG and value == shape.default):
            continue
        write = to_tree if shape.kind is Kind.RECORD else write_scalar
        tree[name] = [write(each) for each in value] if shape.many else write(value)
    return tree


def from_tree(record: type, tree: object, path: str, faults: list[Fault]) -> Any:
    """A dataclass from a tree, or None; what is wrong is added to `faults`, of which MOST_FAULTS end it. No guesses."""
    if not isinstance(tree, Mapping):
        faults.append(_wrong_container(path, Text(fr="une table de clés", en="a table of keys"), tree))
        return None
    shapes = shapes_of(record)
    values: dict[str, Any] = {}
    for key, value in tree.items():
        if len(faults) >= MOST_FAULTS:
            return None
        where = f"{path}.{key}" if path else key
        shape = shapes.get(key)
        if shape is None:
            faults.append(unknown_key(where, key, shapes))
        else:
            values[key] = _field(shape, value, where, faults)
    missing = [name for name, shape in shapes.items() if shape.default is MISSING and values.get(name) is None]
    if missing:
        faults.extend(_missing(path, name) for name in missing if name not in values)
        return None
    return record(**values)


def _field(shape: Shape, value: object, where: str, faults: list[Fault]) -> object:
    if not shape.many:
        return _one(shape, value, where, faults)
    if not isinstance(value, list):
        faults.append(_wrong_container(where, Text(fr="une liste", en="a list"), value))
        return ()
    items: list[object] = []
    for index, each in enumerate(value):
        if len(faults) >= MOST_FAULTS:
            break
        items.append(_one(shape, each, f"{where}[{index}]", faults))
    return tuple(each for each in items if each is not None)


def _one(shape: Shape, value: object, where: str, faults: list[Fault]) -> object:
    if shape.kind is Kind.RECORD:
        assert shape.record is not None
        return from_tree(shape.record, value, where, faults)
    try:
        return read_scalar(shape, value)
    except BadValue as bad:
        faults.append(Fault(where=at(where), reason=bad.reason, fix=bad.fix))
        return None


def unknown_key(where: str, key: str, known: Mapping[str, object]) -> Fault:
    """A key that no term has, with the nearest that one has."""
    from difflib import get_close_matches  # only for those who mistyped

    near = get_close_matches(key, list(known), n=1, cutoff=0.5)
    fix = Text(
        fr=f"Vouliez-vous dire « {near[0]} » ?" if near else f"Clés admises ici : {', '.join(known)}.",
        en=f'Did you mean "{near[0]}"?' if near else f"Keys allowed here: {', '.join(known)}.",
    )
    return Fault(
        where=at(where),
        reason=Text(fr=f"la clé « {shown(key)} » est inconnue.", en=f'the key "{shown(key)}" is unknown.'),
        fix=fix,
    )


def _missing(path: str, name: str) -> Fault:
    return Fault(
        where=at(path),
        reason=Text(fr=f"la clé « {name} » manque.", en=f'the key "{name}" is missing.'),
        fix=Text(fr="Ajoutez-la.", en="Add it."),
    )


def _wrong_container(path: str, wanted: Text, value: object) -> Fault:
    found = _CONTAINERS.get(type(value), Text(fr=f"« {shown(value)} »", en=f'"{shown(value)}"'))
    return Fault(
        where=at(path),
        reason=Text(
            fr=f"{wanted.fr} est attendue, et non {found.fr}.",
            en=f"{wanted.en} is wanted, not {found.en}.",
        ),
        fix=_IN_BRACKETS if isinstance(value, Mapping) else _SEE,
    )


def lost_paths(before: object, after: object, path: str = "") -> list[str]:
    """The keys of `before` whose values are not in `after`."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return [
            lost
            for key, value in before.items()
            for lost in lost_paths(value, after.get(key), f"{path}.{key}" if path else str(key))
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            lost
            for index, (one, other) in enumerate(zip(before, after, strict=True))
            for lost in lost_paths(one, other, f"{path}[{index}]")
        ]
    return [] if _same(before, after) else [path]


def _same(before: object, after: object) -> bool:
    """Whether two values say the same; numbers may end in other zeros."""
    if before == after:
        return True
    if not (isinstance(before, str) and isinstance(after, str)):
        return False
    try:
        return Decimal(before) == Decimal(after)
    except InvalidOperation:
        return False
