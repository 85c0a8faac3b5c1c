"""An archive says what was issued and booked, proves it without a database, and any flipped byte is found."""

import hashlib
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from random import Random

import pytest

from reglo.billing.models import FileKind
from reglo.billing.seals import files_digest as sealed_digest
from reglo.billing.services.issue import issue_draft
from reglo.core.errors import UnreadableDocument
from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.archive.chains import files_digest
from reglo.reporting.archive.layout import MANIFEST, FileFact, base_name, read_manifest
from reglo.reporting.archive.making import MadeArchive, write_archive
from reglo.reporting.archive.verify import verify_archive
from reglo.reporting.archive.writing import ArchiveWriter
from tests.depth import TIMES
from tests.site import INES, NOW, TODAY, a_customer, a_draft, an_organisation

_START, _END = date(2026, 1, 1), date(2026, 12, 31)


def _firm() -> Organisation:
    """Two invoices to a customer whose name a spreadsheet could take for a formula."""
    organisation = an_organisation()
    customer = a_customer(organisation, name="=Port & Fils")
    for _ in range(2):
        issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    return organisation


def _made(organisation: Organisation, start: date = _START, end: date = _END) -> tuple[MadeArchive, bytes]:
    file = BytesIO()
    made = write_archive(extent_of(organisation, start, end), file)
    return made, file.getvalue()


def _broken(data: bytes) -> str | None:
    """What the first check that does not hold says; None where all hold."""
    try:
        return next((each.reason.en for each in verify_archive(BytesIO(data)) if each.reason), None)
    except UnreadableDocument as error:
        return error.message.en


@pytest.mark.django_db
def test_an_archive_holds_documents_books_and_history_and_verifies_by_itself() -> None:
    organisation = _firm()
    made, data = _made(organisation)
    assert made.sha256 == hashlib.sha256(data).hexdigest()
    assert made.name == "archive-812345676-20260101-20261231.zip"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        manifest = read_manifest(archive.read(MANIFEST))
        sums = archive.read("SHA256SUMS").decode().splitlines()
        pdf = archive.read("invoices/F2026-0001.pdf")
        assert archive.read("fec/812345676FEC20261231.txt").count(b"\r\n") == 7
        assert "'=Port & Fils" in archive.read("entries.csv").decode()
        assert b"sha256sum -c SHA256SUMS" in archive.read("LISEZMOI.txt")
    assert {"README.txt", "customers.csv", "seals.jsonl", "journal.jsonl", "invoices/F2026-0002.json"} <= {*names}
    assert manifest.counts == {"documents": 2, "entries": 2, "customers": 1}
    assert (manifest.seals.count, manifest.seals.previous) == (4, "")
    assert f"{hashlib.sha256(pdf).hexdigest()}  invoices/F2026-0001.pdf" in sums
    assert len(sums) == len(names) - 2
    assert _broken(data) is None


@pytest.mark.django_db
def test_the_archive_of_a_closed_period_is_the_same_bytes_whenever_it_is_made() -> None:
    organisation = _firm()
    assert _made(organisation) == _made(organisation)


@pytest.mark.django_db
def test_any_flipped_byte_is_found() -> None:
    """Sampled over the whole file, and each byte of the end, where a ZIP keeps what belongs to no file."""
    _, data = _made(_firm())
    random = Random(7)
    places = [*random.sample(range(len(data)), 120 * TIMES), *range(len(data) - 120, len(data)), *range(40)]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << random.randrange(8)
        assert _broken(bytes(changed)), place


@pytest.mark.django_db
def test_any_lost_end_is_found() -> None:
    _, data = _made(_firm())
    for length in (0, 1, 21, 100, len(data) // 2, len(data) - 80, len(data) - 1):
        assert _broken(data[:length]), length


@pytest.mark.django_db
def test_what_was_changed_is_named_even_where_every_hash_of_the_zip_is_worked_out_anew() -> None:
    _, data = _made(_firm())
    assert _broken(_redone(data, "entries.csv", lambda old: old + b"x", tells=False)) == "entries.csv was changed."
    sealed = _redone(data, "invoices/F2026-0001.pdf", lambda old: old + b"x")
    assert _broken(sealed) == "invoices/F2026-0001 is not the document that was sealed (seal 2)."
    chained = _redone(data, "journal.jsonl", lambda old: old.replace("Inès".encode(), b"Jean", 1))
    assert _broken(chained) == "The chain is broken at line 1 of journal.jsonl."
    shorter = _redone(data, "seals.jsonl", lambda old: b"".join(old.splitlines(keepends=True)[:-1]))
    assert _broken(shorter) == "The chain is broken at line 4 of seals.jsonl."
    rubbish = _redone(data, "seals.jsonl", lambda old: b"[1]\n" + old)
    assert _broken(rubbish) == "The chain is broken at line 1 of seals.jsonl."
    unbalanced = _redone(data, "fec/812345676FEC20261231.txt", lambda old: old.replace(b"1080,00", b"1081,00", 1))
    assert "FEC-BALANCE" in str(_broken(unbalanced))


def _redone(data: bytes, name: str, change: Callable[[bytes], bytes], *, tells: bool = True) -> bytes:
    """The archive with one file changed, in which all else is as a cunning person would leave it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        contents = {each: archive.read(each) for each in archive.namelist()}
    manifest = read_manifest(contents.pop(MANIFEST))
    contents[name] = change(contents[name])
    file = BytesIO()
    writer = ArchiveWriter(file, _END)
    facts: list[FileFact] = [writer.add(each, [content]) for each, content in contents.items()]
    writer.add(MANIFEST, [(replace(manifest, files=facts) if tells else manifest).to_json()])
    writer.close()
    return file.getvalue()


@pytest.mark.django_db
def test_an_archive_has_nothing_of_another_firm_or_another_period() -> None:
    organisation, other = _firm(), an_organisation()
    issue_draft(draft_id=a_draft(other, a_customer(other, name="Secret")).pk, organisation=other, by=INES, now=NOW)
    _, data = _made(organisation)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not any(b"Secret" in archive.read(each) for each in archive.namelist())
    made, before = _made(organisation, date(2025, 1, 1), date(2025, 12, 31))
    assert (made.documents, made.entries) == (0, 0)
    assert _broken(before) is None


@pytest.mark.django_db
def test_a_period_over_two_fiscal_years_has_a_fec_for_each_that_has_entries() -> None:
    organisation = _firm()
    organisation.closing_month, organisation.closing_day = TODAY.month, TODAY.day - 1
    organisation.save()
    _, data = _made(organisation, date(2026, 11, 1), date(2026, 11, 30))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        fecs = [each for each in archive.namelist() if each.startswith("fec/")]
    assert fecs == ["fec/812345676FEC20261130.txt", "fec/812345676FEC20261130-description.txt"]


def test_the_digest_of_files_is_the_one_that_seals_them() -> None:
    assert files_digest("a", "b") == sealed_digest({FileKind.XML.value: "a", FileKind.PDF.value: "b"})


def test_a_number_that_is_no_file_name_becomes_one_of_its_own() -> None:
    assert base_name("F2026-0001", 7) == "invoices/F2026-0001"
    assert base_name("../../F/1", 7) == "invoices/F-1-7"
    assert base_name("…", 7) == "invoices/document-7"


def _zip(*members: tuple[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def _patched(data: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    place = data.index(mark) + offset
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no ZIP"),
        (b"%PDF-1.7", "is no ZIP"),
        (_zip(("../../etc/passwd", b"x")), "not acceptable ('../../etc/passwd')"),
        (_zip(("/etc/passwd", b"x")), "not acceptable"),
        (_zip(("a\\b", b"x")), "not acceptable"),
        (_zip(("n" * 5000, b"x")), "not acceptable"),
        (_zip(("é\u202e.txt", b"x")), "not acceptable"),
        (_zip(("a", b"x"), ("A", b"y")), "two files of one name"),
        (_zip(("bomb", b"\0" * 50_000_000)), "swells beyond measure (bomb)"),
        (_zip(("a", b"x"), packed=zipfile.ZIP_BZIP2), "something else than deflate"),
        (_patched(_zip(("a", b"x")), b"PK\x01\x02", 8, b"\x01\x00"), "encrypted file (a)"),
        (_patched(_zip(("a", b"x")), b"PK\x05\x06", 12, struct.pack("<L", 2**31)), "announces too many files"),
        (_patched(_zip(("a", b"x" * 99), ("b", b"y")), b"PK\x01\x02", 20, struct.pack("<L", 99)), "overlap"),
        (_zip(("a", b"x")), "is missing or damaged"),
        (_zip((MANIFEST, b"{}")), "is not that of an archive"),
        (_zip((MANIFEST, b"[" * 100_000)), "is not that of an archive"),
        (_zip((MANIFEST, b'{"format": "reglo-archive", "version": 2}')), "is not that of an archive"),
    ],
)
def test_what_is_no_archive_or_made_to_do_harm_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        list(verify_archive(BytesIO(data)))
    assert said in caught.value.message.en
    assert "\n" not in caught.value.message.fr


def test_a_manifest_of_any_shape_is_refused_or_read_never_a_traceback() -> None:
    good = {"format": "reglo-archive", "version": 1, "organisation": {"name": 1, "siren": None}, "period": []}
    trees: tuple[object, ...] = (
        good,
        good | {"period": {"start": "x", "end": "y"}},
        good | {"files": 3},
        [],
        3,
        None,
        "x",
    )
    for tree in trees:
        with pytest.raises(UnreadableDocument):
            read_manifest(json.dumps(tree).encode())
