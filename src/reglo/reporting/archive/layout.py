"""What stands where in an archive, and its manifest: the list of its files, with what they come to."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text

FORMAT, VERSION = "reglo-archive", 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
SEALS, JOURNAL = "seals.jsonl", "journal.jsonl"
ENTRIES, CUSTOMERS = "entries.csv", "customers.csv"
INVOICES, FECS = "invoices/", "fec/"
#: At the very end of the file, as the comment of the ZIP: SHA-256 of all bytes before it.
COMMENT = b"SHA-256 "
COMMENT_LENGTH = len(COMMENT) + 64
MOST_FILES = 400_000
"""In one archive, three for each document: its directory stands in memory when it is written or read."""

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,90}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file of an archive."""

    name: str
    size: int  #: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ChainFact:
    """A stretch of a chain: how many links, and between which hashes."""

    count: int
    previous: str  #: hash before its first link; "" where the chain begins here
    last: str  #: hash of its last link; `previous` where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive says of itself."""

    organisation: str
    siren: str
    start: date
    end: date
    counts: Mapping[str, int]  #: documents, entries, customers
    left_out: Mapping[str, int]  #: entries in other currencies than the FEC's, by currency
    seals: ChainFact
    journal: ChainFact
    files: Sequence[FileFact]

    def to_json(self) -> bytes:
        """The same manifest, the same bytes."""
        tree = {
            "format": FORMAT,
            "version": VERSION,
            "organisation": {"name": self.organisation, "siren": self.siren},
            "period": {"start": self.start.isoformat(), "end": self.end.isoformat()},
            "counts": dict(self.counts),
            "entries_left_out_of_fec": dict(self.left_out),
            "chains": {"seals": asdict(self.seals), "journal": asdict(self.journal)},
            "files": [asdict(each) for each in self.files],
        }
        return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def base_name(number: str, row: int) -> str:
    """The name of a document's files without their ending: its number, with its row where that is no file name."""
    if _SAFE.fullmatch(number):
        return f"{INVOICES}{number}"
    plain = _UNSAFE.sub("-", number).strip(".-")[:60]
    return f"{INVOICES}{plain or 'document'}-{row}"


def read_manifest(data: bytes) -> Manifest:
    """The manifest of an archive. Raises UnreadableDocument where it is none that this Réglo understands."""
    try:
        return _manifest(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableDocument(
            Text(
                fr=f"Le manifeste ({MANIFEST}) n'est pas celui d'une archive de Réglo, ou il est abîmé.",
                en=f"The manifest ({MANIFEST}) is not that of an archive of Réglo, or it is damaged.",
            )
        ) from error


def _manifest(tree: Mapping) -> Manifest:
    if (tree["format"], tree["version"]) != (FORMAT, VERSION):
        raise ValueError(tree["version"])
    return Manifest(
        organisation=str(tree["organisation"]["name"]),
        siren=str(tree["organisation"]["siren"]),
        start=date.fromisoformat(tree["period"]["start"]),
        end=date.fromisoformat(tree["period"]["end"]),
        counts={str(name): int(count) for name, count in tree["counts"].items()},
        left_out={str(name): int(count) for name, count in tree["entries_left_out_of_fec"].items()},
        seals=_chain(tree["chains"]["seals"]),
        journal=_chain(tree["chains"]["journal"]),
        files=[_file(each) for each in tree["files"]],
    )


def _chain(tree: Mapping) -> ChainFact:
    return ChainFact(int(tree["count"]), str(tree["previous"]), str(tree["last"]))


def _file(tree: Mapping) -> FileFact:
    found = FileFact(str(tree["name"]), int(tree["size"]), str(tree["sha256"]))
    if not _HASH.fullmatch(found.sha256):
        raise ValueError(found.sha256)
    return found
