"""From file names on the command line to documents: one of a file, or many of a table."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reglo.core.errors import DomainError, UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.detect import FileKind, kind_of, read_xml
from reglo.formats.reading import Reading

if TYPE_CHECKING:
    from reglo.formats.data.table.places import Origin

MAX_BYTES = 200 * 1024 * 1024
STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a file, or the reason why it cannot be read."""

    file: str  #: as the user named it
    number: str | None = None  #: of the invoice within a table
    kind: FileKind | None = None
    reading: Reading | None = None
    xml: bytes | None = None  #: the XML itself, where the file has one
    origin: "Origin | None" = None  #: its rows, within a table
    error: DomainError | None = None

    @property
    def name(self) -> str:
        """How messages name it."""
        return f"{self.file} [{self.number}]" if self.number else self.file

    @property
    def format(self) -> str | None:
        """Its format in one word: factur-x, cii, ubl-invoice, ubl-credit-note, json, toml, csv, xlsx."""
        if self.kind is FileKind.PDF:
            return "factur-x"
        if self.kind is FileKind.XML and self.reading is not None:
            return self.reading.syntax.value
        return self.kind.value if self.kind is not None else None


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of stdin for "-". Raises UnreadableDocument."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if path == STDIN else _file_bytes(path)
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier dépasse {MAX_BYTES // 1024 // 1024} Mio.",
                en=f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB.",
            )
        )
    return data


def _file_bytes(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unopened(error) from None


def unopened(error: OSError | ValueError) -> UnreadableDocument:
    """Why a file does not open, in words."""
    if isinstance(error, FileNotFoundError):
        return UnreadableDocument(Text(fr="Ce fichier n'existe pas.", en="There is no such file."))
    if isinstance(error, IsADirectoryError):
        return UnreadableDocument(
            Text(fr="C'est un dossier : nommez les fichiers.", en="This is a folder: name the files.")
        )
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableDocument(
        Text(fr=f"Le fichier ne s'ouvre pas : {reason}.", en=f"The file does not open: {reason}.")
    )


def read_documents(path: str, defaults: Mapping[str, object] | None = None) -> Iterator[Document]:
    """The documents of a file, one after the other. What cannot be read is a document with an error.

    defaults: keys of a draft that the file may leave out, such as the seller.
    """
    try:
        data = read_bytes(path)
        kind = kind_of(data, path)
        if kind.is_table:
            yield from _rows(path, kind, data, defaults)
        else:
            yield _single(path, kind, data, defaults)
    except DomainError as error:
        yield Document(file=path, error=error)


def _single(path: str, kind: FileKind, data: bytes, defaults: Mapping[str, object] | None) -> Document:
    if kind in (FileKind.PDF, FileKind.XML):
        xml = _embedded(data) if kind is FileKind.PDF else data
        return Document(file=path, kind=kind, reading=read_xml(xml), xml=xml)
    from reglo.formats.data import read_json, read_toml

    read = read_json if kind is FileKind.JSON else read_toml
    return Document(file=path, kind=kind, reading=read(data, defaults))


def _embedded(pdf: bytes) -> bytes:
    from reglo.formats.facturx import extract_invoice

    return extract_invoice(pdf).xml


def _rows(path: str, kind: FileKind, data: bytes, defaults: Mapping[str, object] | None) -> Iterator[Document]:
    from reglo.formats.data import read_table

    for result in read_table(data, path, defaults=defaults):
        yield Document(
            file=path,
            number=result.number,
            kind=kind,
            reading=result.reading,
            origin=result.origin,
            error=result.error,
        )


def count_documents(path: str, defaults: Mapping[str, object] | None = None) -> int:
    """How many documents a file holds, for a progress bar; 1 for what cannot be read, and for stdin."""
    if path == STDIN:
        return 1
    try:
        data = read_bytes(path)
        if not kind_of(data, path).is_table:
            return 1
        from reglo.formats.data import read_table

        return len(read_table(data, path, defaults=defaults))
    except DomainError:
        return 1


def read_defaults(path: str | None) -> Mapping[str, object]:
    """The keys of a draft that a file gives for every document: seller, terms… Raises DomainError with its name."""
    if path is None:
        return {}
    from reglo.formats.data.json import parse_json
    from reglo.formats.data.toml import parse_toml

    try:
        data = read_bytes(path)
        tree = parse_json(data) if kind_of(data, path) is FileKind.JSON else parse_toml(data)
    except DomainError as error:
        raise UnreadableDocument(Text(fr=f"{path} : {error.message.fr}", en=f"{path}: {error.message.en}")) from error
    if not isinstance(tree, dict):
        raise UnreadableDocument(
            Text(fr=f"{path} : une table de clés est attendue.", en=f"{path}: a table of keys is wanted.")
        )
    return tree
