import io
from collections import Counter
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reglo.core.errors import UnreadableDocument
from reglo.formats.fec import FecReader, ProblemKind, Regime, read_amount, read_day, read_fec
from reglo.formats.fec.decode import LONGEST_LINE
from tests.formats.fec.samples import GOOD, good_lines, stream


def problems_of(content: bytes) -> Counter[ProblemKind]:
    """How often each kind of problem is met."""
    return Counter(problem.kind for line in read_fec(io.BytesIO(content)) for problem in line.problems)


def rows_of(content: bytes) -> int:
    """Lines that are read as values."""
    return sum(line.values is not None for line in read_fec(io.BytesIO(content)))


def test_a_good_file_has_no_problem_and_all_its_values() -> None:
    lines = list(read_fec(stream(GOOD)))
    assert [line.row for line in lines] == [2, 3, 4, 5, 6, 7, 8]
    first = lines[0].values
    assert first is not None
    assert (first.journal, first.account, first.debit, first.allocation) == ("VE", "411000", Decimal("120.00"), "AA")
    assert not any(line.problems for line in lines)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-15"])
def test_line_ends_and_the_encodings_of_the_article_are_read(end: str, encoding: str) -> None:
    content = GOOD.replace("\n", end).encode(encoding)
    assert rows_of(content) == rows_of(content.rstrip()) == 7
    assert not problems_of(content)
    reader = FecReader(io.BytesIO(content))
    assert any("TVA collectée" in block.columns["CompteLib"] for block in reader.blocks())
    assert reader.encoding == ("UTF-8" if encoding == "utf-8" else "ISO 8859-15")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xef\xbb\xbf" + GOOD.encode(), ProblemKind.BYTE_ORDER_MARK),
        (GOOD.encode("utf-16"), ProblemKind.ENCODING),
        (GOOD.encode("cp500"), ProblemKind.ENCODING),
        (GOOD.encode("cp1140"), ProblemKind.ENCODING),
        (GOOD.encode("cp500").replace(b"\x25", b"\x15"), ProblemKind.ENCODING),
        (GOOD.replace("|", ";").encode(), ProblemKind.SEPARATOR),
        ("\n".join(f'"{line}"'.replace("|", '"|"') for line in good_lines()).encode(), ProblemKind.QUOTES),
        (GOOD.partition("\n")[2].encode(), ProblemKind.NO_HEADER),
        (GOOD.replace("Montantdevise", "MontantDevise").encode(), ProblemKind.COLUMN_NAME),
        (GOOD.replace("CompAux", "CompteAux").encode(), ProblemKind.COLUMN_NAME),
        ("\n".join(line + "|x" for line in good_lines()).encode(), ProblemKind.COLUMN_EXTRA),
    ],
)
def test_what_is_not_as_asked_is_named_and_read_all_the_same(content: bytes, kind: ProblemKind) -> None:
    assert set(problems_of(content)) == {kind}
    assert rows_of(content) == 7
    assert "TVA collectée" in {line.values.account_label for line in read_fec(io.BytesIO(content)) if line.values}


def test_columns_in_another_order_are_read_by_name() -> None:
    turned = "\n".join("|".join(reversed(line.split("|"))) for line in good_lines())
    assert set(problems_of(turned.encode())) == {ProblemKind.COLUMN_ORDER}
    assert [line.values for line in read_fec(stream(turned))][1:] == [line.values for line in read_fec(stream(GOOD))]


def test_spaces_around_values_are_no_part_of_them() -> None:
    padded = GOOD.replace("|", " | ")
    assert [line.values for line in read_fec(stream(padded))] == [line.values for line in read_fec(stream(GOOD))]


def test_the_first_line_in_another_encoding_is_named() -> None:
    utf8, latin = good_lines()[3].encode() + b"\n", good_lines()[3].encode("iso-8859-15") + b"\n"
    for before, after in ((utf8, latin), (latin, utf8)):
        for many in (1, 2000):
            content = good_lines()[0].encode() + b"\n" + before * many + after + before + after
            found = [problem for line in read_fec(io.BytesIO(content)) for problem in line.problems]
            assert [(problem.kind, problem.row) for problem in found] == [(ProblemKind.ENCODING_MIXED, many + 2)]


def test_a_column_that_is_missing_is_blank() -> None:
    without = "\n".join("|".join(line.split("|")[:15] + line.split("|")[16:]) for line in good_lines())
    assert problems_of(without.encode()) == {ProblemKind.COLUMN_MISSING: 1}
    assert {line.values.validated_on for line in read_fec(stream(without)) if line.values} == {None}


@pytest.mark.parametrize(
    ("line", "kind", "is_read"),
    [
        (good_lines()[2].removesuffix("||"), ProblemKind.CELLS, True),
        (good_lines()[2] + "|", ProblemKind.CELLS, True),
        (good_lines()[2].replace("Prestations", "Presta|tions"), ProblemKind.CELLS, False),
        ("n'importe quoi", ProblemKind.CELLS, False),
        ("", ProblemKind.BLANK_LINE, False),
        ("  \t", ProblemKind.BLANK_LINE, False),
        ("x" * (LONGEST_LINE + 1), ProblemKind.LONG_LINE, False),
        (good_lines()[2].replace("Facture", "Fac\x00ture"), ProblemKind.CHARACTERS, True),
        (good_lines()[2].replace("Facture", "Fac\ufffdture"), ProblemKind.CHARACTERS, True),
        (good_lines()[2].replace("Facture", "Fac\x80ture"), ProblemKind.CHARACTERS, True),
        (good_lines()[2].replace("Facture", "SociÃ©tÃ©"), ProblemKind.ACCENTS, True),
        (good_lines()[2].replace("20260115", "2026-01-15", 1), ProblemKind.NOT_A_DAY, False),
        (good_lines()[2].replace("100,00", "100.00", 1), ProblemKind.NOT_AN_AMOUNT, True),
        (good_lines()[2].replace("100,00", "cent", 1), ProblemKind.NOT_AN_AMOUNT, False),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, kind: ProblemKind, is_read: bool) -> None:
    content = f"{GOOD}{line}\n{good_lines()[2]}\n".encode()
    found = {problem for each in read_fec(io.BytesIO(content)) for problem in each.problems}
    assert {(problem.kind, problem.row) for problem in found} == {(kind, 9)}
    assert rows_of(content) == (9 if is_read else 8)


def test_a_windows_1252_file_shows_by_its_euro_sign() -> None:
    content = GOOD.replace("Facture F2026-0001|0,00", "12 €|0,00").encode("cp1252")
    assert problems_of(content) == {ProblemKind.CHARACTERS: 2}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\n" + GOOD.encode(),
        b"<?xml version='1.0'?><comptabilite/>",
        b"PK\x03\x04 ...",
        b"%PDF-1.7",
        b"\x00" * 1000,
        b"x" * (LONGEST_LINE + 1),
        b"date;libelle;montant\n1;2;3\n",
        b"JournalCode only\n",
    ],
)
def test_what_is_no_fec_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        list(read_fec(io.BytesIO(content)))
    assert refused.value.message.fr.endswith(".")


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    class Endless(io.RawIOBase):
        """The good file, then 40 MB on one line."""

        def __init__(self) -> None:
            super().__init__()
            self.given = 0
            self.longest = 0

        def read(self, size: int = -1) -> bytes:
            self.given += 1
            if self.given == 1:
                return GOOD.encode()
            return b"x" * size if self.given < 40_000_000 // size else b""

    import tracemalloc

    tracemalloc.start()
    kinds = [problem.kind for line in read_fec(Endless()) for problem in line.problems]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kinds == [ProblemKind.LONG_LINE]
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("names", "regime"),
    [
        ("|DateRglt|ModeRglt|NatOp", Regime.AGRICULTURAL_CASH),
        ("|DateRglt|ModeRglt|NatOp|IdClient", Regime.LIBERAL_CASH),
    ],
)
def test_cash_books_are_told_by_their_columns(names: str, regime: Regime) -> None:
    values = "|20260115|Virement|Honoraires|C12"[: None if "IdClient" in names else -4]
    first, *others = good_lines()
    reader = FecReader(stream("\n".join([first + names, *(line + values for line in others)])))
    assert (reader.header.regime, reader.problems) == (regime, ())
    assert {mode for block in reader.blocks() for mode in block.columns["ModeRglt"]} == {"Virement"}


@pytest.mark.parametrize(
    ("text", "value", "is_as_asked"),
    [
        ("1234,50", "1234.50", True),
        ("-12,00", "-12", True),
        ("12,00-", "-12", True),
        ("+7", "7", True),
        ("", "0", True),
        ("1234.50", "1234.50", False),
        ("1 234,50", "1234.50", False),
        ("1\N{NARROW NO-BREAK SPACE}234,50", "1234.50", False),
        ("1.234,50", "1234.50", False),
        ("1,234.50", "1234.50", False),
        ("-5-", None, False),
        ("1e3", None, False),
        ("NaN", None, False),
        ("١٢", None, False),
        ("9" * 40, None, False),
    ],
)
def test_amounts_are_read_in_any_spelling_and_judged_by_that_of_the_article(
    text: str, value: str | None, is_as_asked: bool
) -> None:
    assert read_amount(text) == (None if value is None else Decimal(value), is_as_asked)


def test_days_are_of_the_calendar() -> None:
    assert read_day("20240229") is not None
    assert not any(
        map(read_day, ("20230229", "20261301", "31122026", "2026-1-1", "00000000", "", "18991231", "２0260101"))
    )


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD.encode()) - 1), st.binary(max_size=3)), max_size=12),
    st.sampled_from(["utf-8", "iso-8859-15", "utf-16", "cp500"]),
)
@example([(0, b"")], "utf-16")
def test_damaged_bytes_never_raise_anything_but_a_refusal(changes: list[tuple[int, bytes]], encoding: str) -> None:
    content = bytearray(GOOD.encode(encoding))
    for place, instead in changes:
        content[place : place + 1] = instead
    try:
        lines = list(read_fec(io.BytesIO(bytes(content))))
    except UnreadableDocument:
        return
    assert [line.row for line in lines] == sorted(line.row for line in lines)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnreadableDocument):
        list(read_fec(io.BytesIO(content)))
    assert rows_of(GOOD.encode() + content) >= 7
