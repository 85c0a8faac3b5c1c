"""The published JSON Schema of a finished invoice (2020-12), made from the dataclasses.

    python -m reglo.formats.data.schema

writes invoice.schema.json beside this file; a test says when it is out of date.
"""

import json
from pathlib import Path
from typing import Any

from reglo.core.business_terms import business_terms
from reglo.core.document import Invoice
from reglo.formats.data.invoices import FORMAT
from reglo.formats.data.shape import Kind, Shape, shapes_of

PUBLISHED = Path(__file__).with_name("invoice.schema.json")

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


def schema() -> _Node:
    """The schema, as a tree."""
    definitions: dict[str, _Node] = {"number": _SCALARS[Kind.NUMBER]}
    root = _object(Invoice, "", definitions)
    root["properties"] = {
        "$schema": {"type": "string"},
        "format": {"const": FORMAT, "description": "Says that the document is finished and is read as it stands."},
        **root["properties"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:reglo:schema:{FORMAT}",
        "title": "Réglo invoice",
        "description": "The semantic invoice of EN 16931 with the terms of the French extension, as Réglo writes it.",
        **root,
        "$defs": definitions,
    }


def schema_bytes() -> bytes:
    """The schema as it is published."""
    return (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode()


def _object(record: type, path: str, definitions: dict[str, _Node]) -> _Node:
    properties = {name: _property(shape, f"{path}{name}", definitions) for name, shape in shapes_of(record).items()}
    node: _Node = {"type": "object", "additionalProperties": False, "properties": properties}
    required = [shape.name for shape in shapes_of(record).values() if not shape.many and not _has_default(shape)]
    return {**node, "required": required} if required else node


def _has_default(shape: Shape) -> bool:
    return shape.optional or shape.kind is Kind.FLAG


def _property(shape: Shape, path: str, definitions: dict[str, _Node]) -> _Node:
    item = f"{path}[]" if shape.many else path
    node = _value(shape, item, definitions)
    if shape.many:
        node = {"type": "array", "items": node}
    description = _description(item)
    return {"description": description, **node} if description else node


def _value(shape: Shape, path: str, definitions: dict[str, _Node]) -> _Node:
    if shape.kind is Kind.RECORD:
        assert shape.record is not None
        return _object(shape.record, f"{path}.", definitions)
    if shape.kind is Kind.NUMBER:
        return {"$ref": "#/$defs/number"}
    return dict(_SCALARS[shape.kind])


def _description(path: str) -> str:
    found = [each for each in business_terms().values() if path and each.path in (path, path.removesuffix("[]"))]
    if not found:
        return ""
    numbers = ", ".join(each.number for each in found)
    return f"{numbers}: {found[0].name.en} / {found[0].name.fr}"


if __name__ == "__main__":
    PUBLISHED.write_bytes(schema_bytes())
