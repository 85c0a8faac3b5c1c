"""Links of the chains as lines of JSON, and their hashes worked out again.

On purpose these are not the functions that set the seals (`billing.seals`, `journal.canonical`): what one program wrote
another must find, from the lines alone. A test holds both to the same hash.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

Facts = Mapping[str, object]
"""A line: the facts of a link, by name."""

_OF_SEAL = ("previous", "organisation", "sequence", "invoice", "number", "kind", "digest", "at")
_OF_ENTRY = (
    *("previous", "organisation", "sequence", "at", "act", "actor", "actor_name", "subject_type", "subject"),
    *("subject_label", "customer", "before", "after", "address"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a line, and the hash that it should bear."""

    facts: Facts
    sequence: int
    previous: str
    hash: str
    worked_out: str


def seal_line(values: tuple[object, ...], hash_: str) -> bytes:
    """A seal as a line: the facts that its hash is made of, in their order, and the hash."""
    return _line(_OF_SEAL, values, hash_)


def entry_line(values: tuple[object, ...], hash_: str) -> bytes:
    """An entry of the journal as a line."""
    return _line(_OF_ENTRY, values, hash_)


def read_seal(line: bytes) -> Link:
    """A seal from its line. Raises ValueError, KeyError for what is none."""
    return _link(line, _OF_SEAL, is_sorted=False)


def read_entry(line: bytes) -> Link:
    """An entry of the journal from its line. Raises ValueError, KeyError for what is none."""
    return _link(line, _OF_ENTRY, is_sorted=True)


def files_digest(xml_sha256: str, pdf_sha256: str) -> str:
    """The digest that seals the files of a document."""
    return hashlib.sha256(f"xml {xml_sha256}\npdf {pdf_sha256}".encode()).hexdigest()


def _line(names: tuple[str, ...], values: tuple[object, ...], hash_: str) -> bytes:
    facts = dict(zip(names, values, strict=True)) | {"hash": hash_}
    return (json.dumps(facts, ensure_ascii=False) + "\n").encode()


def _link(line: bytes, names: tuple[str, ...], *, is_sorted: bool) -> Link:
    facts = json.loads(line)
    if not isinstance(facts, dict):
        raise ValueError("a link is an object")
    told = json.dumps([facts[name] for name in names], sort_keys=is_sorted, ensure_ascii=False)
    worked_out = hashlib.sha256(told.encode()).hexdigest()
    return Link(facts, int(facts["sequence"]), str(facts["previous"]), str(facts["hash"]), worked_out)
