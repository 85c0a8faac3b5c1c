"""What reaches the terminal, and what reaches the disk."""

import io
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.cli.findings import print_finding
from reglo.cli.output import clean, one_line, print_line, print_paragraph, styled, table, width_of
from reglo.cli.outputs import Names, safe_name, write_whole
from reglo.core.findings import Finding, Severity, Text


@settings(deadline=None)
@given(st.text())
def test_no_text_can_steer_the_terminal(text: str) -> None:
    shown = one_line(text)
    assert all(each >= " " for each in shown)
    assert not any("\x7f" <= each <= "\x9f" for each in shown)
    assert "\u202e" not in shown
    shown.encode()


def test_escape_sequences_lose_their_escape() -> None:
    assert clean("\x1b[2J\x9bm") == "\ufffd[2J\ufffdm"


def test_columns_are_aligned_even_with_wide_characters() -> None:
    assert table([["名前", "1,50"], ["ab", "12,00"]], right=(1,)) == ["名前   1,50", "ab    12,00"]
    assert width_of("e\u0301") == 1


@settings(deadline=None)
@given(st.text())
def test_a_file_name_from_any_number_is_safe(number: str) -> None:
    name = safe_name(number)
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|\0 ')
    assert 0 < len(name) <= 120
    assert not name.startswith((".", "-"))


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("F2026-0001", "F2026-0001"),
        ("../../etc/passwd", "etc-passwd"),
        ("2026/09/001", "2026-09-001"),
        ("Août 1", "Aout-1"),
        ("nul.xml", "facture-nul.xml"),
        ("///", "facture"),
        (None, "facture"),
    ],
)
def test_file_names_stay_readable(number: str | None, name: str) -> None:
    assert safe_name(number) == name


@settings(deadline=None)
@given(st.lists(st.text("aA/-", min_size=1, max_size=3), unique=True))
def test_different_numbers_never_share_a_file(numbers: list[str]) -> None:
    names = Names()
    given_names = [names.name_for(number).casefold() for number in numbers]
    assert len(set(given_names)) == len(numbers)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.xml"
    write_whole(path, b"old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["f.xml"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "coloured"),
    [
        (_Terminal, {}, True),
        (_Terminal, {"NO_COLOR": "1"}, False),
        (_Terminal, {"TERM": "dumb"}, False),
        (io.StringIO, {}, False),
    ],
)
def test_colours_are_for_who_watches_and_wants_them(
    stream: type[io.StringIO], environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", out := stream())
    print_line(styled("refusée", fg="red"))
    assert ("\x1b[31m" in out.getvalue()) is coloured
    assert "refusée" in out.getvalue()


def _narrow(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """A terminal of 40 columns, from now on."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", watched := _Terminal())
    return watched


def test_a_paragraph_is_broken_between_words_and_goes_on_below_its_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = _narrow(monkeypatch)
    print_paragraph("un mot après l'autre, jusqu'au bout de la ligne et plus loin", begin="  → ", indent=4)
    lines = narrow.getvalue().splitlines()
    assert len(lines) == 2
    assert all(len(line) <= 40 for line in lines)
    assert lines[0].startswith("  → un mot")
    assert lines[1].startswith("    ")


def test_a_file_and_a_pipe_get_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdout", out := io.StringIO())
    print_paragraph("mot " * 50)
    assert out.getvalue().count("\n") == 1


def test_the_column_that_flows_leaves_room_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    _narrow(monkeypatch)
    lines = table([["1", "Étude d'éclairage du hall et des chambres", "7 800,00"]], right=(2,), flows=1)
    assert [len(line) <= 40 for line in lines] == [True, True]
    assert lines[0].endswith("7 800,00")
    assert "7 800,00" not in lines[1]


def test_a_place_that_finds_no_room_stands_below_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = _narrow(monkeypatch)
    where = "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID"
    text = Text(fr="Le numéro manque à cette facture, qui ne peut partir.", en="No number.")
    print_finding(
        Finding(rule="X-1", severity=Severity.FATAL, message=text, fix=text, source="C. com.", term=None, where=where)
    )
    lines = narrow.getvalue().splitlines()
    assert lines[:2] == ["  ✗ X-1", f"    {where}"]
    assert all(len(line) <= 40 for line in lines if where not in line)
