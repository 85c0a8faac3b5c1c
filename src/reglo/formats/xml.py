"""The one XML parser of Réglo: no DTD, no entities, no network, limits on size and depth.

Nobody else calls lxml's parsers.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import BinaryIO

from lxml import etree

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text

MAX_BYTES = 100 * 1024 * 1024

UBL_INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
UBL_CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"

#: How attributes begin that say where the schema of a document lies (xsi:…), which is no part of it.
SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"

#: Prefixes as every example of the standards writes them.
PREFIXES = {CAC: "cac", CBC: "cbc", RSM: "rsm", RAM: "ram", UDT: "udt", QDT: "qdt"}

#: The other way round, with the prefixes of tables: those that documents do without.
NAMESPACES = {prefix: uri for uri, prefix in PREFIXES.items()} | {
    "in": UBL_INVOICE,
    "cn": UBL_CREDIT_NOTE,
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
}

_DOCTYPE = Text(
    fr="Le fichier contient une DTD (<!DOCTYPE …>), qui n'est pas admise dans une facture : retirez-la.",
    en="The file has a DTD (<!DOCTYPE …>), which an invoice may not have: remove it.",
)


def parse_xml(data: bytes) -> etree._Element:
    """The root element of `data`.

    Raises UnreadableDocument for what is empty, too large, too deep, not well-formed, or carries a DTD.
    """
    if not data.strip():
        raise UnreadableDocument(Text(fr="Le fichier est vide.", en="The file is empty."))
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier XML dépasse {MAX_BYTES // 1024 // 1024} Mio.",
                en=f"The XML file is larger than {MAX_BYTES // 1024 // 1024} MiB.",
            )
        )
    if b"<!DOCTYPE" in data[:4096]:
        raise UnreadableDocument(_DOCTYPE)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(_syntax_message(error)) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # absent from the stubs
        raise UnreadableDocument(_DOCTYPE)
    return root


_NO_DOCTYPE = Text(
    fr="Le fichier contient une DTD (<!DOCTYPE …>), qui n'est pas admise\N{NO-BREAK SPACE}: retirez-la.",
    en="The file has a DTD (<!DOCTYPE …>), which is not allowed: remove it.",
)


def stream_xml(source: BinaryIO, names: Iterable[str]) -> Iterator[etree._Element]:
    """The elements of these names, in any namespace, as each ends, for a document too large to hold as a tree.

    An element may be dropped once it was seen: `forget`. Raises UnreadableDocument as `parse_xml` does, though only
    when it comes to the place. How large `source` may be is for the caller to say; one must be able to seek in it.
    """
    if b"<!DOCTYPE" in source.read(4096):
        raise UnreadableDocument(_NO_DOCTYPE)
    source.seek(0)
    try:
        events = etree.iterparse(
            source,
            events=("end",),
            tag=tuple(f"{{*}}{name}" for name in names),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        is_first = True
        for _, element in events:
            if is_first and element.getroottree().docinfo.doctype:
                raise UnreadableDocument(_NO_DOCTYPE)
            is_first = False
            yield element
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(_syntax_message(error)) from error


def forget(element: etree._Element) -> None:
    """Free the memory of an element that was read, and of what stands before it in its parent and was read too."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None and before.tag == element.tag:
            parent.remove(before)


def _syntax_message(error: etree.XMLSyntaxError) -> Text:
    line, column = error.position if error.position else (0, 0)
    detail = (error.msg or "").split("\n")[0]
    return Text(
        fr=f"Le fichier n'est pas du XML bien formé (ligne {line}, colonne {column}) : {detail}",
        en=f"The file is not well-formed XML (line {line}, column {column}): {detail}",
    )


@cache
def clark(name: str) -> str:
    """A name of ours, such as «cac:Party», as lxml writes it; that of an attribute, «@schemeID», as it is."""
    if name.startswith("@"):
        return name
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@lru_cache(maxsize=1024)
def prefixed(tag: str) -> str:
    """A tag of lxml with its usual prefix, if it has one: the other way round, for any document."""
    namespace, _, local = tag.rpartition("}")
    prefix = PREFIXES.get(namespace.removeprefix("{"))
    return f"{prefix}:{local}" if prefix else local


def clark_steps(path: str) -> tuple[str, ...]:
    """The names of a path such as «cac:Party/cbc:Name», each as lxml writes it."""
    return tuple(map(clark, path.split("/")))


def xpath_of(element: etree._Element, attribute: str | None = None) -> str:
    """A path to `element` that a person can read and a tool can follow: /Invoice/cac:InvoiceLine[2]/cbc:ID."""
    return PathFinder().path_of(element, attribute)


def _name(element: etree._Element) -> str:
    return prefixed(element.tag) if isinstance(element.tag, str) else "comment()"


class PathFinder:
    """`xpath_of` for many elements of one document: it remembers, so that 10,000 paths take no quadratic time."""

    def __init__(self) -> None:
        self._paths: dict[etree._Element, str] = {}

    def path_of(self, element: etree._Element, attribute: str | None = None) -> str:
        """The same path that `xpath_of` gives."""
        path = self._paths.get(element)
        if path is None:
            self._remember_siblings(element)
            path = self._paths[element]
        return f"{path}/@{attribute}" if attribute else path

    def _remember_siblings(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is None:
            self._paths[element] = f"/{_name(element)}"
            return
        above = self.path_of(parent)
        for step, child in _steps_below(parent):
            self._paths[child] = f"{above}/{step}"


def elements_at(root: etree._Element, paths: Iterable[str]) -> Iterator[etree._Element]:
    """The elements that bear these paths, as `xpath_of` writes them; none for the path of an attribute."""
    known = {f"/{_name(root)}": root}
    for path in paths:
        if "/@" not in path:
            found = _element_at(path, known)
            if found is not None:
                yield found


def _element_at(path: str, known: dict[str, etree._Element]) -> etree._Element | None:
    """The element at `path`; on the way, those beside it become `known` too."""
    if path not in known:
        above = path.rpartition("/")[0]
        parent = _element_at(above, known) if above else None
        known.update({} if parent is None else {f"{above}/{step}": child for step, child in _steps_below(parent)})
    return known.get(path)


def _steps_below(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The children of an element, each with the last step of its path."""
    by_tag: dict[str, list[etree._Element]] = {}
    for child in parent:
        by_tag.setdefault(child.tag, []).append(child)
    for siblings in by_tag.values():
        for position, child in enumerate(siblings, 1):
            place = f"[{position}]" if len(siblings) > 1 else ""
            yield f"{_name(child)}{place}", child
