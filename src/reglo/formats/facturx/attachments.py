"""What an attached file holds, unpacked with care: a few kilobytes of a PDF can unpack to gigabytes."""

import re
import zlib
from collections.abc import Iterator

import pikepdf

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.xml import MAX_BYTES

#: Enough of a file to see its root element.
_BEGIN = 64 * 1024
#: An invoice in XML shrinks 10 to 40 times; what shrinks more, and is large, was made to do harm.
_PLAUSIBLE_RATIO = 100
_ALWAYS_READ = 8 * 1024 * 1024

#: Packings that qpdf undoes within the limits set in `extract`; LZW it would unpack without any.
_BOUNDED_FILTERS = frozenset({"/FlateDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"})

_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:CrossIndustryInvoice|CrossIndustryDocument|Invoice|CreditNote)[\s/>]")


def is_invoice(begin: bytes) -> bool:
    """Whether a file that begins so is an invoice: its root element is one of CII, ZUGFeRD 1 or UBL."""
    encoding = "utf-16" if begin[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = begin.decode(encoding, errors="replace")
    prologue = _PROLOGUE.match(text)
    return _ROOT.match(text, prologue.end() if prologue else 0) is not None


def begin_of(stream: pikepdf.Stream) -> bytes:
    """The first 64 KiB of the file in `stream`, or nothing where it cannot be unpacked."""
    raw = stream.read_raw_bytes()
    if not _is_plainly_deflated(stream):
        return raw[:_BEGIN] if "/Filter" not in stream else b""
    try:
        return zlib.decompressobj().decompress(raw, _BEGIN)
    except zlib.error:
        return b""


def content_of(stream: pikepdf.Stream, filename: str) -> bytes:
    """The whole file in `stream`.

    Raises UnreadableDocument for what unpacks beyond any invoice or is packed in a way that no writer of invoices uses,
    and pikepdf.DataDecodingError where the data are damaged.
    """
    if not _is_plainly_deflated(stream):
        if not _BOUNDED_FILTERS.issuperset(_filters(stream)):
            raise UnreadableDocument(_strangely_packed(filename))
        return stream.read_bytes()
    raw = stream.read_raw_bytes()
    allowed = min(MAX_BYTES, max(_ALWAYS_READ, _PLAUSIBLE_RATIO * len(raw)))
    if sum(len(chunk) for chunk in _inflated(raw, allowed)) > allowed:
        raise UnreadableDocument(_too_large(filename))
    return b"".join(_inflated(raw, allowed))


def _filters(stream: pikepdf.Stream) -> list[str]:
    filters = stream.get("/Filter", pikepdf.Array())
    return [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _is_plainly_deflated(stream: pikepdf.Stream) -> bool:
    """Whether zlib alone undoes the packing, so that we can stop it in time."""
    return _filters(stream) == ["/FlateDecode"] and "/DecodeParms" not in stream


def _inflated(raw: bytes, allowed: int) -> Iterator[bytes]:
    """The unpacked data in pieces, up to a little more than `allowed` bytes in all."""
    engine = zlib.decompressobj()
    total = 0
    try:
        chunk = engine.decompress(raw, _BEGIN)
        while chunk and total <= allowed:
            total += len(chunk)
            yield chunk
            chunk = engine.decompress(engine.unconsumed_tail, _BEGIN)
    except zlib.error as error:
        raise pikepdf.DataDecodingError(str(error)) from error


def _too_large(filename: str) -> Text:
    return Text(
        fr=f"La pièce jointe « {filename} » du PDF se déploie démesurément : elle n'est pas lue.",
        en=f'The file "{filename}" attached to the PDF unpacks beyond measure: it is not read.',
    )


def _strangely_packed(filename: str) -> Text:
    return Text(
        fr=f"La pièce jointe « {filename} » du PDF est compressée d'une manière qui n'est pas lue.",
        en=f'The file "{filename}" attached to the PDF is compressed in a way that is not read.',
    )
