"""Reading CII of 1,000 lines into the model, against drafthorse."""

from collections.abc import Iterator

from benchmarks import documents
from benchmarks.measure import Row, side_by_side
from reglo.formats.cii import read_cii
from reglo.formats.xml import parse_xml


def against_drafthorse(quick: bool) -> Iterator[Row]:
    """Both from bytes to a typed document."""
    from drafthorse.models.document import Document

    data = documents.cii(1000)
    ours, theirs = side_by_side(
        lambda: read_cii(parse_xml(data)), lambda: Document.parse(data, strict=False), 3 if quick else 7
    )
    yield Row("read CII, 1,000 lines", ours, theirs, "drafthorse", "≥ 10 ×")
