"""References that mean one thing or another by their type: an invoiced object, a project, a supporting document."""

import base64
from collections.abc import Iterator, Mapping
from typing import ClassVar, Protocol

from lxml import etree

from reglo.core.document import Attachment, Identifier, SupportingDocument
from reglo.formats.ubl.binding import Table, fields_of
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Leaf, Values
from reglo.formats.ubl.output import Output
from reglo.formats.xml import CBC

INVOICED_OBJECT = "130"  #: UNTDID 1001, as UBL marks BT-18 and BT-128

PROJECT = "50"  #: UNTDID 1001, as a UBL credit note marks BT-11

SUPPORTING = "916"  #: UNTDID 1001, as CII marks BG-24; some write it in UBL too


class Meaning(Protocol):
    """What a document reference of one type is."""

    def read(self, element: etree._Element, inner: Values, values: Values, context: Context) -> None:
        """Put into `values` what the reference `inner` says."""

    def references(self, values: Values) -> Iterator[Values]:
        """The references that say what is in `values`."""


class TypedReference:
    """A document reference that means one thing or another, by its type: an object (BT-18, BT-128), a project, a proof.

    meanings: by type code; None is for a reference without type, "other" for all others.
    """

    __slots__ = ("groups", "meanings", "repeatable", "table")

    def __init__(self, table: Table, meanings: Mapping[str | None, Meaning], repeatable: tuple[str, ...] = ()) -> None:
        self.table = table
        self.meanings = meanings
        self.groups = self.repeatable = repeatable

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        kind = element.findtext(_TYPE_CODE)
        meaning = self.meanings.get(None if kind is None else kind.strip(), self.meanings.get("other"))
        if meaning is None:
            context.unread(element)
        else:
            meaning.read(element, self.table.read_values(element, context), values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        for meaning in dict.fromkeys(self.meanings.values()):
            for reference in meaning.references(values):
                self.table.write(name, reference, out)


_TYPE_CODE = f"{{{CBC}}}DocumentTypeCode"


class SingleReference:
    """A reference that is one term: BT-18 and BT-128, an identifier with a scheme; BT-11 of a credit note, a text."""

    __slots__ = ("field", "has_scheme", "term", "type_code")

    def __init__(self, field: str, term: str, type_code: str, *, has_scheme: bool) -> None:
        self.field = field
        self.term = term
        self.type_code = type_code
        self.has_scheme = has_scheme

    def read(self, element: etree._Element, inner: Values, values: Values, context: Context) -> None:
        identifier: Identifier | None = inner.pop("identifier", None)
        inner.pop("type", None)
        if self.field in values:
            context.repeated(element, self.term)
        elif identifier is not None:
            values[self.field] = identifier if self.has_scheme else identifier.value
        if inner or (not self.has_scheme and identifier is not None and identifier.scheme is not None):
            context.unread(element)

    def references(self, values: Values) -> Iterator[Values]:
        value = values.get(self.field)
        if value is not None:
            identifier = value if self.has_scheme else Identifier(value=value)
            yield {"identifier": identifier, "type": self.type_code}


class SupportingReference:
    """A document that supports the claim (BG-24)."""

    __slots__ = ()

    def read(self, element: etree._Element, inner: Values, values: Values, context: Context) -> None:
        identifier: Identifier | None = inner.pop("identifier", None)
        kind = inner.pop("type", None)
        if kind not in (None, SUPPORTING) or (identifier is not None and identifier.scheme is not None):
            context.unread(element)
        document = SupportingDocument(reference=None if identifier is None else identifier.value, **inner)
        values.setdefault("supporting_documents", []).append(document)

    def references(self, values: Values) -> Iterator[Values]:
        for document in values.get("supporting_documents", ()):
            fields = fields_of(document)
            reference = fields.pop("reference", None)
            yield fields if reference is None else {**fields, "identifier": Identifier(value=reference)}


class BinaryFile(Leaf):
    """A file inside the document (BT-125), in base 64."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["mimeCode", "filename"]

    def value(self, element: etree._Element, context: Context) -> object:
        text = "".join((element.text or "").split())
        try:
            content = base64.b64decode(text, validate=True)
        except ValueError:  # binascii.Error is one, and so is what a letter outside ASCII raises
            context.report("not-base64", element, self.term)
            return None
        return Attachment(content=content, mime_code=element.get("mimeCode"), filename=element.get("filename"))

    def write_value(self, name: str, value: Attachment, out: Output) -> None:
        content = base64.b64encode(value.content).decode()
        out.value(name, content, {"mimeCode": value.mime_code, "filename": value.filename})
