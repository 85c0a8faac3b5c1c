"""What a seal says, and its hash: the same when it is set and when it is verified."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC

from reglo.billing.models import FileKind, Seal


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def files_digest(hashes: Mapping[str, str]) -> str:
    """The digest of an invoice's files, from the SHA-256 of each kind."""
    return sha256("\n".join(f"{kind.value} {hashes[kind.value]}" for kind in FileKind).encode())


def look_digest(logo: bytes | None, accent: str) -> str:
    """The digest by which invoices that look alike share one row."""
    return sha256((logo or b"") + accent.encode())


def seal_hash(seal: Seal, number: str) -> str:
    """SHA-256 of a seal, of the number of its invoice and of the hash before it.

    It covers the previous hash, organisation, place in the chain, invoice, number, what is sealed, digest and instant,
    as a JSON list, so that anybody can work it out again with another program.
    """
    return sha256(json.dumps(seal_facts(seal, number), ensure_ascii=False).encode())


def seal_facts(seal: Seal, number: str) -> tuple[str | int, ...]:
    """What the hash of a seal covers, in its order; the archive of a period hands the same out."""
    return (
        seal.previous,
        seal.organisation_id,
        seal.sequence,
        seal.invoice_id,
        number,
        str(seal.kind),
        seal.digest,
        seal.at.astimezone(UTC).isoformat(timespec="microseconds"),
    )
