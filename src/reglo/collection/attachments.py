"""Files that customers send: judged by what they hold, never by what they are called.

Nothing is unpacked or drawn here. A picture says its size in its first bytes; one that would fill a browser's memory
is refused by that. What is kept is only ever handed out as a download, so a PDF can do nothing within our pages.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from reglo.core.errors import DomainError
from reglo.core.findings import Text

LARGEST_FILE = 5 * 1024 * 1024  #: bytes
MOST_FILES = 8  #: of one dispute
_MOST_PIXELS = 50_000_000
_LONGEST_NAME = 100
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_UNSAFE = re.compile(r'[\\/:*?"<>|%;=&#]+')


class BadFile(DomainError):
    """A file that is neither PDF, PNG nor JPEG, or is too large, broken or one too many."""

    code = "bad-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What makes it the same file."""
        return hashlib.sha256(self.content).hexdigest()


def checked_file(name: str, content: bytes) -> CheckedFile:
    """A file with its kind read from its bytes and its name made harmless. Raises BadFile."""
    if not content or len(content) > LARGEST_FILE:
        raise _refused("est vide ou dépasse 5 Mo", "is empty or larger than 5 MB", name)
    media_type = _media_type(content)
    if media_type is None:
        raise _refused("n'est ni un PDF, ni une image PNG ou JPEG", "is neither a PDF nor a PNG or JPEG picture", name)
    if media_type != "application/pdf":
        _require_drawable(name, content, media_type)
    return CheckedFile(name=clean_name(name, _SUFFIXES[media_type]), media_type=media_type, content=content)


def clean_name(name: str, suffix: str) -> str:
    """A file name without folders, control or direction signs, that ends as its content says."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "C")
    stem = _UNSAFE.sub("-", shown.rpartition(".")[0] or shown).strip(" .-")
    return f"{stem[:_LONGEST_NAME] or 'document'}{suffix}"


def _media_type(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if content.startswith(_JPEG) else None


def _require_drawable(name: str, content: bytes, media_type: str) -> None:
    size = _png_size(content) if media_type == "image/png" else _jpeg_size(content)
    if size is None:
        raise _refused("est une image abîmée", "is a damaged picture", name)
    width, height = size
    if not 0 < width * height <= _MOST_PIXELS:
        raise _refused("a trop de pixels (50 millions au plus)", "has too many pixels (50 million at most)", name)


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33 or b"IEND" not in content[-16:]:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """From the frame header (ITU T.81, B.2.2): the first marker C0 to CF that is no table."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = content[place + 5 : place + 7], content[place + 7 : place + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == 0xDA or length < 2:
            return None
        place += 2 + length
    return None


def _refused(french: str, english: str, name: str) -> BadFile:
    shown = clean_name(name, "") or "?"
    return BadFile(Text(fr=f"Le fichier « {shown} » {french}.", en=f"The file “{shown}” {english}."), field="attached")
