"""What reaches the terminal, and what reaches the disk."""

import io
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.cli.output import clean, one_line, print_line, styled, table, width_of
from reglo.cli.outputs import Names, safe_name, write_whole


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
