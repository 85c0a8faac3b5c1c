"""Whether an archive still is what was made: files, seals, journal, FEC, and the ZIP itself, byte for byte.

Works from the file alone, without a database. What it cannot see: somebody who changes everything and works out every
hash anew. Against that, compare the SHA-256 of the whole file with the one that the journal of the organisation keeps.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast
from zipfile import ZipFile

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Severity, Text
from reglo.reporting.archive.chains import Link, files_digest, read_entry, read_seal
from reglo.reporting.archive.layout import (
    COMMENT,
    COMMENT_LENGTH,
    FECS,
    INVOICES,
    JOURNAL,
    MANIFEST,
    SEALS,
    ChainFact,
    FileFact,
    Manifest,
    base_name,
    read_manifest,
)
from reglo.reporting.archive.reading import DAMAGE, open_archive
from reglo.reporting.archive.writing import chunks_of, digest_of
from reglo.rules.fec import check_fec

_AT_ONCE = 256 * 1024
_LARGEST_MANIFEST = 128 * 1024 * 1024
_LONGEST_LINK = 8 * 1024 * 1024
Files = Mapping[str, FileFact]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    what: Text
    reason: Text | None  #: the first break; None where it holds


def verify_archive(file: IO[bytes]) -> Iterator[Check]:
    """Look at everything, until something does not hold.

    Raises UnreadableDocument for what is no archive at all. Memory grows with the number of files, not their size.
    """
    with open_archive(file) as archive:
        manifest = _manifest_of(archive)
        files = {each.name: each for each in manifest.files}
        for what, look in _LOOKS:
            reason = look(archive, manifest, files)
            yield Check(what, reason)
            if reason is not None:
                return
        yield Check(Text(fr="le ZIP entier", en="the whole ZIP"), _in_the_zip(file, archive.comment))


def _manifest_of(archive: ZipFile) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > _LARGEST_MANIFEST:
            raise ValueError(info.file_size)
        data = archive.read(info)
    except (KeyError, *DAMAGE) as error:
        raise UnreadableDocument(
            Text(
                fr=f"Le manifeste ({MANIFEST}) manque ou est abîmé\N{NO-BREAK SPACE}: "
                "ce n'est pas une archive de Réglo, ou elle a été modifiée.",
                en=f"The manifest ({MANIFEST}) is missing or damaged: this is no archive of Réglo, or it was changed.",
            )
        ) from error
    return read_manifest(data)


def _in_the_files(archive: ZipFile, manifest: Manifest, files: Files) -> Text | None:
    """Every file that the manifest names is there as it was, and no other."""
    there = set(archive.namelist()) - {MANIFEST}
    for name in sorted(files.keys() - there):
        return Text(fr=f"{name} manque.", en=f"{name} is missing.")
    for name in sorted(there - files.keys()):
        return Text(fr=f"{name} n'est pas dans le manifeste.", en=f"{name} is not in the manifest.")
    for fact in manifest.files:
        if not _is_as_said(archive, fact):
            return Text(fr=f"{fact.name} a été modifié.", en=f"{fact.name} was changed.")
    return None


def _is_as_said(archive: ZipFile, fact: FileFact) -> bool:
    try:
        if archive.getinfo(fact.name).file_size != fact.size:
            return False
        with archive.open(fact.name) as member:
            return digest_of(iter(partial(member.read, _AT_ONCE), b"")).hexdigest() == fact.sha256
    except DAMAGE:
        return False


def _in_the_seals(archive: ZipFile, manifest: Manifest, files: Files) -> Text | None:
    """The chain of seals, and that each document is the one that was sealed."""
    sealed: set[str] = set()
    for link, reason in _links(archive, SEALS, manifest.seals, read_seal):
        wrong = reason or _wrong_with_seal(link, files)
        if wrong is not None:
            return wrong
        sealed.add(_base_of(link))
    for name in files:
        if name.startswith(INVOICES) and name.rpartition(".")[0] not in sealed:
            return Text(fr=f"Aucun scellé ne parle de {name}.", en=f"No seal speaks of {name}.")
    return None


def _wrong_with_seal(link: Link, files: Files) -> Text | None:
    """Whether what a seal is about, where the archive holds it, is what was sealed."""
    base, digest = _base_of(link), link.facts["digest"]
    document, xml, pdf = (files.get(f"{base}.{ending}") for ending in ("json", "xml", "pdf"))
    if document is None or xml is None or pdf is None:
        if document is xml is pdf:  # a document of another period, between two of this one
            return None
        return Text(fr=f"Un fichier de {base} manque.", en=f"A file of {base} is missing.")
    found = document.sha256 if link.facts["kind"] == "document" else files_digest(xml.sha256, pdf.sha256)
    if found == digest:
        return None
    return Text(
        fr=f"{base} n'est pas le document qui a été scellé (scellé {link.sequence}).",
        en=f"{base} is not the document that was sealed (seal {link.sequence}).",
    )


def _base_of(link: Link) -> str:
    return base_name(str(link.facts["number"]), int(str(link.facts["invoice"])))


def _in_the_journal(archive: ZipFile, manifest: Manifest, _: Files) -> Text | None:
    return next((reason for _, reason in _links(archive, JOURNAL, manifest.journal, read_entry) if reason), None)


def _links(
    archive: ZipFile, name: str, said: ChainFact, read: Callable[[bytes], Link]
) -> Iterator[tuple[Link, Text | None]]:
    """The links of a chain, each with what is wrong with it; at the end, whether all that were told are there."""
    previous, count, link = said.previous, 0, None
    with archive.open(name) as lines:
        while line := lines.readline(_LONGEST_LINK):
            try:
                found = read(line)
            except (ValueError, KeyError, TypeError, RecursionError):
                found = Link({}, 0, "", "", "?")
            is_next = link is None or found.sequence == link.sequence + 1
            is_good = is_next and found.previous == previous and found.hash == found.worked_out
            link, previous, count = found, found.hash, count + 1
            yield found, None if is_good else _broken(name, count)
    if (count, previous) != (said.count, said.last):
        yield link or Link({}, 0, "", "", ""), _broken(name, count + 1)


def _broken(name: str, row: int) -> Text:
    return Text(
        fr=f"La chaîne est rompue à la ligne {row} de {name}.", en=f"The chain is broken at line {row} of {name}."
    )


def _in_the_fecs(archive: ZipFile, manifest: Manifest, files: Files) -> Text | None:
    """Each FEC passes the checker, under its name."""
    for name in files:
        if not name.startswith(FECS) or name.endswith("-description.txt"):
            continue
        try:
            with archive.open(name) as stream:  # a reader of bytes, which typeshed calls IO
                report = check_fec(cast("BinaryIO", stream), name=PurePosixPath(name).name, siren=manifest.siren)
        except UnreadableDocument as error:
            return error.message
        for breach in report.breaches:
            if breach.rule.severity is Severity.FATAL:
                rule, said = breach.rule.identifier, breach.rule.statement
                return Text(fr=f"{name}\N{NO-BREAK SPACE}: {rule}. {said.fr}", en=f"{name}: {rule}. {said.en}")
    return None


def _in_the_zip(file: IO[bytes], comment: bytes) -> Text | None:
    """The bytes that belong to no file: headers, directory, end."""
    digest = digest_of(chunks_of(file, file.seek(0, 2) - COMMENT_LENGTH))
    if comment == COMMENT + digest.hexdigest().encode():
        return None
    return Text(
        fr="Des octets du ZIP lui-même ont été modifiés, hors des fichiers qu'il contient.",
        en="Bytes of the ZIP itself were changed, outside the files that it holds.",
    )


_LOOKS: tuple[tuple[Text, Callable[[ZipFile, Manifest, Files], Text | None]], ...] = (
    (Text(fr="fichiers et manifeste", en="files and manifest"), _in_the_files),
    (Text(fr="scellés des documents", en="seals of documents"), _in_the_seals),
    (Text(fr="historique", en="journal"), _in_the_journal),
    (Text(fr="FEC", en="FEC"), _in_the_fecs),
)
