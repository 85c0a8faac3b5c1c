"""Change the metadata of a PDF that Typst wrote, and nothing else.

Typst writes the metadata as a plain stream near the end of the file, and one plain cross-reference table after it. So
the packet can be exchanged and the few places behind it moved, in a tenth of a millisecond; to read and write the whole
PDF with a library takes longer than setting the page.
"""

import re
from collections.abc import Callable

_METADATA = re.compile(rb"\n(\d+) 0 obj\n<</Length (\d+)/Type/Metadata/Subtype/XML>>\nstream\n")
_TABLE = re.compile(rb"\nxref\n0 (\d+)\n")
#: Offset of ten digits, generation of five, in use or free, line end of two: ISO 32000-1, 7.5.4.
_ENTRY = 20


def with_metadata(pdf: bytes, change: Callable[[str], str]) -> bytes:
    """`pdf` with its metadata packet passed through `change`.

    Raises ValueError for a PDF that is not laid out as Typst does it.
    """
    metadata, table = _last(_METADATA, pdf), _last(_TABLE, pdf)
    end = metadata.end() + int(metadata[2])
    packet = change(pdf[metadata.end() : end].decode()).encode()
    header = b"\n%b 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n" % (metadata[1], len(packet))
    moved = len(header) + len(packet) - (end - metadata.start())
    first, count = table.end(), int(table[1])
    entries = [pdf[first + place * _ENTRY : first + (place + 1) * _ENTRY] for place in range(count)]
    trailer = pdf[first + count * _ENTRY :].partition(b"startxref\n")[0]
    return b"".join(
        (
            pdf[: metadata.start()],
            header,
            packet,
            pdf[end:first],
            *(_moved(entry, metadata.start() + 1, moved) for entry in entries),
            trailer,
            b"startxref\n%d\n%%%%EOF" % (table.start() + 1 + moved),
        )
    )


def _last(pattern: re.Pattern[bytes], pdf: bytes) -> re.Match[bytes]:
    """The last match, since what an invoice says stands before it and could imitate it."""
    matches = list(pattern.finditer(pdf))
    if not matches:
        raise ValueError("this PDF is not laid out as Typst does it")
    return matches[-1]


def _moved(entry: bytes, after: int, by: int) -> bytes:
    """An entry of the table; objects that stand behind `after` have moved."""
    offset = int(entry[:10])
    return b"%010d%b" % (offset + by, entry[10:]) if offset > after else entry
