"""From the bytes of a file to whole lines of text, a block at a time, in whatever character set they are.

Nothing is ever refused for its bytes: what is not UTF-8 is ISO 8859-15, in which every byte is something.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 64 * 1024  #: characters; a line of a FEC has some hundreds
_LONGEST_BYTES = 4 * LONGEST_LINE
_CHUNK = 64 * 1024  #: small, so that what is made of it stays near the processor: half the time of 512 KiB
_C0 = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"
_C1 = bytes(range(0x80, 0xA0))
#: What UTF-8 becomes where it is taken for ISO 8859-1 or Windows-1252: Ã©, â‚¬, Â°.
_TWICE_ENCODED = re.compile("[ÃÂ][\x80-\xbfŠšŽžŒœŸ€]|â€|â‚¬")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_NEL = "\x85"  # the end of a line of EBCDIC


class Encoded(NamedTuple):
    """A file as bytes of which ASCII is a part."""

    name: str  #: "" where only the bytes tell: UTF-8 or ISO 8859-15
    has_mark: bool  #: byte order mark
    chunks: Iterator[bytes]


def open_bytes(stream: BinaryIO, advance: Callable[[int], None] | None = None) -> Encoded:
    """The file as a run of bytes. advance: told how many bytes were read each time."""
    rest = _chunks(stream, advance)
    first = next(rest, b"")
    if first.startswith(codecs.BOM_UTF8):
        return Encoded("", True, _before(first.removeprefix(codecs.BOM_UTF8), rest))
    chunks = _before(first, rest)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoded("UTF-16", True, _transcoded(chunks, "utf-16"))
    ebcdic = _ebcdic(first)
    if ebcdic:
        return Encoded("EBCDIC", False, _transcoded(chunks, ebcdic))
    return Encoded("", False, chunks)


def _chunks(stream: BinaryIO, advance: Callable[[int], None] | None) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        if advance is not None:
            advance(len(chunk))
        yield chunk


def _before(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _ebcdic(first: bytes) -> str:
    """The code page of EBCDIC, if the first name is written in it; "|" tells which. Letters are the same in all."""
    name = "JournalCode".encode("cp500")
    if not first.startswith(name):
        return ""
    return "cp1140" if first[len(name) : len(name) + 1] == "|".encode("cp1140") else "cp500"


def _transcoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The same as UTF-8, what cannot be read replaced."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chunks:
        yield _utf8(decoder.decode(chunk))
    yield _utf8(decoder.decode(b"", final=True))


def _utf8(text: str) -> bytes:
    return text.replace(_NEL, "\n").encode("utf-8", "replace")


def blocks_of(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Whole lines, some thousand at a time, each ended by a line feed; CR and CR LF end lines too.

    Of a line without end only the beginning is kept, still longer than any may be.
    """
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1  # a last CR may be half of CR LF
        rest = data[cut:]
        if len(rest) > 2 * _LONGEST_BYTES:
            rest = rest[: _LONGEST_BYTES + 1]
        if cut:
            yield _line_feeds(data[:cut])
    if rest:
        yield _line_feeds(rest) if rest.endswith(b"\r") else _line_feeds(rest) + b"\n"


def _line_feeds(block: bytes) -> bytes:
    return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in block else block


class Decoder:
    """Makes blocks text, and remembers which character sets it met."""

    def __init__(self) -> None:
        self.has_utf8 = False
        self.has_latin = False

    def text_of(self, block: bytes) -> str:
        """The text of whole lines."""
        if block.isascii():
            return block.decode("ascii")
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError:
            return "\n".join(map(self._line, block.split(b"\n")))
        self.has_utf8 = True
        return text

    def _line(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        if _is_utf8(line):
            self.has_utf8 = True
            return line.decode("utf-8")
        self.has_latin = True
        return line.decode("iso-8859-15")

    @property
    def is_mixed(self) -> bool:
        """Whether some lines were UTF-8 and others were not."""
        return self.has_utf8 and self.has_latin

    def first_other(self, block: bytes) -> int | None:
        """Which line of the block, from 0, is the first in another character set than the lines before it."""
        known = self.has_utf8 if self.has_utf8 or self.has_latin else None
        for place, line in enumerate(block.split(b"\n")):
            if line.isascii():
                continue
            if known is not None and known != _is_utf8(line):
                return place
            known = _is_utf8(line)
        return None

    @property
    def name(self) -> str:
        """What the file is so far."""
        if self.has_utf8:
            return "UTF-8"
        return "ISO 8859-15" if self.has_latin else "ASCII"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def may_be_unreadable(block: bytes, text: str) -> bool:
    """Whether it is worth looking for unreadable characters in a block, found out fast from its bytes."""
    if len(block.translate(None, _C0)) != len(block):
        return True
    if len(block) == len(text):  # a byte a character
        return len(block.translate(None, _C1)) != len(block)
    return b"\xc2" in block or b"\xef\xbf\xbd" in block


def may_be_twice_encoded(block: bytes) -> bool:
    """Whether it is worth looking for accents that were encoded twice: those that UTF-8 begins with Ã, Â or â."""
    return b"\xc3\x83" in block or b"\xc3\x82" in block or b"\xc3\xa2\xe2" in block


def has_unreadable(line: str) -> bool:
    """Whether the line has control characters, or such as stand for unreadable ones."""
    return _UNREADABLE.search(line) is not None


def is_twice_encoded(line: str) -> bool:
    """Whether the line has accents that were encoded twice."""
    return _TWICE_ENCODED.search(line) is not None
