"""The published JSON Schemas (2020-12) of a finished invoice and of a draft, made from the dataclasses.

    python -m reglo.formats.data.schema

writes invoice.schema.json and draft.schema.json beside this file; a test says when they are out of date.
"""

import json
from dataclasses import MISSING
from enum import Enum
from pathlib import Path
from typing import Any

from reglo.core.business_terms import business_terms
from reglo.core.composition import Draft
from reglo.core.document import Invoice
from reglo.formats.data.invoices import FORMAT
from reglo.formats.data.scalars import name_of
from reglo.formats.data.shape import Kind, Shape, shapes_of

_FOLDER = Path(__file__).parent
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Node = dict[str, Any]  # JSON Schema is a tree of any JSON

_SCALARS: dict[Kind, _Node] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {
        "description": "An exact number: a string with a point, or a JSON number.",
        "oneOf": [{"type": "string", "pattern": r"^[+-]?[0-9]{1,40}(\.[0-9]{1,40})?$"}, {"type": "number"}],
    },
    Kind.COUNT: {"type": "integer"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.FLAG: {"type": "boolean"},
    Kind.BYTES: {"type": "string", "contentEncoding": "base64"},
}


def invoice_schema() -> _Node:
    """What a finished invoice may hold, each term with its number."""
    definitions: dict[str, _Node] = {"number": _SCALARS[Kind.NUMBER]}
    root = _object(Invoice, "", definitions)
    finished = {"const": FORMAT, "description": "Says that the document is finished and is read as it stands."}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:reglo:schema:{FORMAT}",
        "title": "Réglo invoice",
        "description": "The semantic invoice of EN 16931 with the terms of the French extension, as Réglo writes it.",
        **root,
        "properties": {"$schema": {"type": "string"}, "format": finished, **root["properties"]},
        "$defs": definitions,
    }


def draft_schema() -> _Node:
    """What a founder may type: the draft, with the legal identity in the seller's table and terms as a sentence."""
    definitions: dict[str, _Node] = {"number": _SCALARS[Kind.NUMBER]}
    root = _object(Draft, None, definitions)
    properties = root["properties"]
    seller = properties["seller"]
    identity = seller["properties"].pop("identity")
    seller["properties"] |= identity["properties"]
    seller["required"] = [name for name in seller["required"] if name != "identity"] + identity["required"]
    properties["terms"] = {
        "type": "string",
        "description": "Payment terms in words: 45 jours fin de mois, 2/10 net 30.",
    }
    return {
        "$schema": _DIALECT,
        "$id": "urn:reglo:schema:reglo-draft-1",
        "title": "Réglo draft",
        "description": "An invoice as a founder types it; Réglo completes it.",
        **root,
        "properties": {"$schema": {"type": "string"}, **properties},
        "$defs": definitions,
    }


def published() -> dict[Path, bytes]:
    """The files and what should stand in them."""
    schemas = {"invoice": invoice_schema(), "draft": draft_schema()}
    return {
        _FOLDER / f"{name}.schema.json": (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()
        for name, tree in schemas.items()
    }


def _object(record: type, path: str | None, definitions: dict[str, _Node]) -> _Node:
    """A dataclass. path: of its parts in the invoice, by which terms are found; None where it is no invoice."""
    shapes = shapes_of(record)
    properties = {name: _property(shape, _below(path, name), definitions) for name, shape in shapes.items()}
    node: _Node = {"type": "object", "additionalProperties": False, "properties": properties}
    required = [shape.name for shape in shapes.values() if shape.default is MISSING]
    return {**node, "required": required} if required else node


def _below(path: str | None, name: str) -> str | None:
    return path if path is None else f"{path}{name}"


def _property(shape: Shape, path: str | None, definitions: dict[str, _Node]) -> _Node:
    item = f"{path}[]" if path is not None and shape.many else path
    node = _value(shape, item, definitions)
    if shape.many:
        node = {"type": "array", "items": node}
    description = _description(item)
    return {"description": description, **node} if description else node


def _value(shape: Shape, path: str | None, definitions: dict[str, _Node]) -> _Node:
    if shape.kind in (Kind.NUMBER, Kind.NUMBER_OR_CHOICE):
        number: _Node = {"$ref": "#/$defs/number"}
        return number if shape.record is None else {"anyOf": [number, _choice(shape.record)]}
    if shape.record is None:
        return dict(_SCALARS[shape.kind])
    if issubclass(shape.record, Enum):
        return _choice(shape.record)
    return _object(shape.record, _below(path, "."), definitions)


def _choice(members: type) -> _Node:
    """Examples, not a closed list: words in French serve too."""
    return {"type": "string", "examples": [name_of(member) for member in members if isinstance(member, Enum)]}  # type: ignore[attr-defined]  # the members of an Enum class


def _description(path: str | None) -> str:
    found = [each for each in business_terms().values() if path and each.path in (path, path.removesuffix("[]"))]
    if not found:
        return ""
    numbers = ", ".join(each.number for each in found)
    return f"{numbers}: {found[0].name.en} / {found[0].name.fr}"


if __name__ == "__main__":
    for file, content in published().items():
        file.write_bytes(content)
