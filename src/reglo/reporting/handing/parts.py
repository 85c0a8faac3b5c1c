"""The bytes of a file in rows of the database: whoever makes it and whoever hands it over may be two machines."""

import zlib
from collections.abc import Iterator
from itertools import islice
from typing import IO

from django.db import transaction

from reglo.reporting.archive.writing import chunks_of
from reglo.reporting.models import FilePart, HandedFile

_PARTS_AT_ONCE = 16  #: in one transaction: SQLite lets one write at a time, and others wait


def keep(file: HandedFile, content: IO[bytes]) -> int:
    """Keep the bytes of a file, in place of any that a maker who died had kept; answers how many they are."""
    forget(file)
    size, numbered = 0, enumerate(chunks_of(content))
    while some := list(islice(numbered, _PARTS_AT_ONCE)):
        size += sum(len(chunk) for _, chunk in some)
        with transaction.atomic():
            FilePart.objects.bulk_create(
                FilePart(organisation_id=file.organisation_id, file=file, place=place, content=zlib.compress(chunk, 5))
                for place, chunk in some
            )
    return size


def kept(file: HandedFile) -> Iterator[bytes]:
    """The bytes of a file, part by part."""
    parts = FilePart.objects.filter(file=file).order_by("place").values_list("content", flat=True)
    for content in parts.iterator(chunk_size=2):
        yield zlib.decompress(bytes(content))


def forget(file: HandedFile) -> None:
    """Delete the bytes of a file."""
    FilePart.objects.filter(file=file).delete()
