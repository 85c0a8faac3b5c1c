"""Opening a ZIP that anybody may have made: nothing is unpacked, and what may do harm is refused unread."""

import re
import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.reporting.archive.layout import MOST_FILES

#: What reading a damaged member raises.
DAMAGE = (BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, struct.error, zlib.error)
_LARGEST_DIRECTORY = MOST_FILES * 250  #: bytes; ours takes about 80 for a file
_LONGEST_TAIL = 65_557  #: bytes from the end record to the end of a ZIP, at most
_END = struct.Struct("<4s4H2LH")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,119}){0,2}")
_MOST_TIMES = 200  #: how much larger a file may be than its packed bytes
_ALWAYS_ALLOWED = 4 * 1024 * 1024  #: bytes
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


def open_archive(file: IO[bytes]) -> ZipFile:
    """The ZIP. Raises UnreadableDocument, with a sentence, for what is damaged or made to do harm."""
    _require_small_directory(file)
    try:
        archive = ZipFile(file)
        members = archive.infolist()
    except DAMAGE as error:
        raise _refused("n'est pas un ZIP, ou il est tronqué", "is no ZIP, or it is cut short") from error
    _require_harmless(members)
    return archive


def _require_small_directory(file: IO[bytes]) -> None:
    """The directory of a ZIP is read into memory at once: its end record says how large it is."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_TAIL))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END.size:
        raise _refused("n'est pas un ZIP, ou il est tronqué", "is no ZIP, or it is cut short")
    directory = _END.unpack_from(tail, place)[5]
    record = tail.rfind(b"PK\x06\x06", 0, place)
    if record >= 0 and len(tail) >= record + 48:
        directory = max(0 if directory == 0xFFFFFFFF else directory, struct.unpack_from("<Q", tail, record + 40)[0])
    if directory > _LARGEST_DIRECTORY:
        raise _refused("annonce trop de fichiers", "announces too many files")


def _require_harmless(members: Sequence[ZipInfo]) -> None:
    if len(members) > MOST_FILES + 1:
        raise _refused("contient trop de fichiers", "holds too many files")
    for member in members:
        _require_good_name(member)
        _require_plain(member)
    names = {member.filename.casefold() for member in members}
    if len(names) < len(members):
        raise _refused("contient deux fichiers du même nom", "holds two files of one name")
    for one, other in pairwise(sorted(members, key=lambda each: each.header_offset)):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset:
            raise _refused("contient des fichiers qui se chevauchent", "holds files that overlap")


def _require_good_name(member: ZipInfo) -> None:
    if not _NAME.fullmatch(member.orig_filename):
        shown = ascii(member.orig_filename[:60])
        raise _refused(
            f"contient un nom de fichier inacceptable ({shown})", f"holds a file name that is not acceptable ({shown})"
        )


def _require_plain(member: ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise _refused(
            f"contient un fichier chiffré ({member.filename})", f"holds an encrypted file ({member.filename})"
        )
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _refused(
            f"contient un fichier comprimé autrement que par deflate ({member.filename})",
            f"holds a file that is packed by something else than deflate ({member.filename})",
        )
    if member.file_size > max(_ALWAYS_ALLOWED, _MOST_TIMES * member.compress_size):
        raise _refused(
            f"contient un fichier qui enfle démesurément ({member.filename})",
            f"holds a file that swells beyond measure ({member.filename})",
        )


def _refused(fr: str, en: str) -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            fr=f"Ce fichier {fr}. Ce n'est pas une archive de Réglo\N{NO-BREAK SPACE}: reprenez l'original.",
            en=f"This file {en}. It is no archive of Réglo: go back to the original.",
        )
    )
