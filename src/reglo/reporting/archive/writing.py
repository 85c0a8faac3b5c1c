"""Writing a ZIP file after file, with their hashes: the same content gives the same bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.reporting.archive.layout import COMMENT, COMMENT_LENGTH, MOST_FILES, FileFact

_AT_ONCE = 256 * 1024


class TooManyFiles(DomainError):
    """More documents than one archive holds."""

    code = "too-many-files"
    is_lasting = True


class ArchiveWriter:
    """A ZIP in the making. Of what was written, only names and hashes stay in memory."""

    def __init__(self, file: IO[bytes], day: date) -> None:
        self.files: list[FileFact] = []
        self._file = file
        self._moment = (day.year, day.month, day.day, 0, 0, 0)  # not the clock: it would change the bytes
        self._zip = ZipFile(file, "w")

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()  # of a ZIP that was not ended by `close`, nothing is used

    def add(self, name: str, chunks: Iterable[bytes], *, is_packed: bool = False, is_large: bool = False) -> FileFact:
        """Write a file. is_packed: it would not get smaller; is_large: it may have more than 2 GiB."""
        if len(self.files) >= MOST_FILES:
            raise TooManyFiles(
                Text(
                    fr="La période compte trop de documents pour une archive\N{NO-BREAK SPACE}: "
                    "choisissez-en une plus courte.",
                    en="The period has too many documents for one archive: choose a shorter one.",
                ),
                field="start",
            )
        digest, size = hashlib.sha256(), 0
        with self._zip.open(self._info(name, is_packed), "w", force_zip64=is_large) as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        fact = FileFact(name, size, digest.hexdigest())
        self.files.append(fact)
        return fact

    def close(self) -> str:
        """End the ZIP with the hash of all that stands before it; answers the hash of the whole file."""
        self._zip.comment = COMMENT.ljust(COMMENT_LENGTH, b"0")
        self._zip.close()
        end = self._file.seek(0, 2) - COMMENT_LENGTH
        digest = digest_of(chunks_of(self._file, end))
        self._file.seek(end)
        comment = COMMENT + digest.hexdigest().encode()
        self._file.write(comment)
        digest.update(comment)
        return digest.hexdigest()

    def _info(self, name: str, is_packed: bool) -> ZipInfo:
        info = ZipInfo(name, self._moment)
        info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
        info.create_system, info.external_attr = 3, 0o100644 << 16
        return info


def digest_of(chunks: Iterable[bytes]) -> "hashlib._Hash":
    """SHA-256 of some bytes; more may follow."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest


def chunks_of(file: IO[bytes], size: int | None = None) -> Iterator[bytes]:
    """The bytes of a file from its beginning, all or the first `size` of them."""
    file.seek(0)
    left = size
    while chunk := file.read(_AT_ONCE if left is None else min(_AT_ONCE, left)):
        left = None if left is None else left - len(chunk)
        yield chunk
