"""Broken, huge and hostile bank files: read or refused, and never anything else."""

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.bank import Statement
from reglo.core.findings import Text
from reglo.formats.bank import UnreadableBankFile, read_bank_file, write_camt053
from reglo.formats.bank.amounts import LARGEST_MINOR
from reglo.formats.bank.reading import MAX_BYTES
from tests.formats.bank.samples import CFONB, CSV, MT940, OFX, a_line, a_statement
from tests.formats.bank.workbooks import a_workbook

CAMT = write_camt053(a_statement(a_line(), a_line(amount=Decimal("-85.10"))))
XLSX = a_workbook([["Date", "Libellé", "Montant"], ["15/01/2026", "VIR", "1,00"]])
SAMPLES = (CAMT, CFONB.encode("latin-1"), MT940.encode(), OFX.encode("cp1252"), CSV.encode("cp1252"), XLSX)
BITS = st.one_of(
    st.binary(max_size=4),
    st.sampled_from(
        [b"\0", b"\xff", b"<", b"&", b"\x80\x80", b"9" * 30, b"-", b"\n", b"0000-00-00", b"\xf0\x9f", b"1e999"]
    ),
)


def _read_or_refuse(content: bytes) -> None:
    """Whatever the bytes are: statements whose amounts a database holds, or a reason in both languages."""
    statements: tuple[Statement, ...] = ()
    message = Text(fr="lu", en="read")
    try:
        statements = read_bank_file(content).statements
    except UnreadableBankFile as refused:
        message = refused.message
    assert message.fr
    assert message.en
    for statement in statements:
        for line in statement.lines:
            assert abs(line.amount.scaleb(4)) <= LARGEST_MINOR * 100
            assert "\0" not in line.text + line.payer + line.reference + line.end_to_end + line.bank_reference
            assert max(len(line.text), len(line.payer) * 10, len(line.reference) * 50) <= 2000


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), BITS), min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused(sample: bytes, damages: list[tuple[float, int, bytes]]) -> None:
    content = sample
    for where, removed, put in damages:
        place = int(where * len(content))
        content = content[:place] + put + content[place + removed :]
    _read_or_refuse(content)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1))
def test_a_truncated_file_is_read_or_refused(sample: bytes, where: float) -> None:
    _read_or_refuse(sample[: int(where * len(sample))])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _read_or_refuse(content)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("sample", [CFONB, MT940, CSV, CAMT.decode().replace("UTF-8", "UTF-16")])
def test_byte_order_marks_are_understood(sample: str, encoding: str) -> None:
    if sample.startswith("<?xml") and encoding == "utf-8-sig":
        sample = sample.replace("UTF-16", "UTF-8")
    assert read_bank_file(sample.encode(encoding)).statements[0].lines[0].amount == Decimal("1200.00")


@pytest.mark.parametrize("doctype", ['<!DOCTYPE d [<!ENTITY a "lol">]>', '<!DOCTYPE d SYSTEM "file:///etc/passwd">'])
def test_a_dtd_is_refused_wherever_it_stands(doctype: str) -> None:
    content = CAMT.decode().replace("<Document", f"{'<!-- ' + 'x' * 9000 + ' -->'}{doctype}<Document", 1)
    with pytest.raises(UnreadableBankFile, match="DTD"):
        read_bank_file(content.encode())


def test_a_bomb_of_entities_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(20))
    bomb = CAMT.decode().replace("<Document", f'<!DOCTYPE d [<!ENTITY e0 "lol">{entities}]><Document', 1)
    with pytest.raises(UnreadableBankFile, match="DTD"):
        read_bank_file(bomb.replace("Atelier Réglo", "&e20;").encode())


def test_an_element_a_thousand_deep_is_refused() -> None:
    deep = CAMT.decode().replace("<Ntry>", "<Ntry>" + "<a>" * 1000, 1).replace("</Ntry>", "</a>" * 1000 + "</Ntry>", 1)
    with pytest.raises(UnreadableBankFile, match="depth"):
        read_bank_file(deep.encode())


def test_a_workbook_that_swells_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000_000)
    with pytest.raises(UnreadableBankFile):
        read_bank_file(file.getvalue())


@pytest.mark.parametrize("filling", [b"\0", b"a", b"<", b":", b"0", b"\n", b";", b"04", b":61:", b"<STMTTRN>", b"\xff"])
def test_five_megabytes_of_junk_are_refused_in_no_time(filling: bytes) -> None:
    with pytest.raises(UnreadableBankFile):
        read_bank_file(filling * (5_000_000 // len(filling)))


def test_a_file_larger_than_any_statement_is_refused_unread() -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size == MAX_BYTES + 1
            return bytes(size)

    with pytest.raises(UnreadableBankFile):
        read_bank_file(Endless())


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0old", b"<html></html>", b"", b"  \n ", b"PK\x03\x04"]
)
def test_other_files_are_refused_with_what_they_are(content: bytes) -> None:
    with pytest.raises(UnreadableBankFile):
        read_bank_file(content)
