"""The documentation says what happens: every command and every Python session that it shows is run."""

import doctest
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import Block, agrees, blocks_of, commands_of, links_of, pages

DOCS = Path(__file__).parents[2] / "docs"
_SAME_EVERYWHERE = {"REGLO_LANG": "fr", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}


def _name(page: Path) -> str:
    return str(page.relative_to(DOCS))


def _run_commands(block: Block, folder: Path) -> None:
    for command in commands_of(block):
        done = subprocess.run(
            [sys.executable, "-m", "reglo", *command.arguments],
            cwd=folder,
            env={**os.environ, **_SAME_EVERYWHERE},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        answered = done.stdout
        assert done.returncode == command.status, answered
        assert agrees(command.answer, answered), f"reglo {' '.join(command.arguments)} answers now:\n{answered}"


def _run_sessions(sessions: list[str], name: str) -> None:
    """All sessions of a page are one: what the first imports, the second may use."""
    test = doctest.DocTestParser().get_doctest("\n".join(sessions), {}, name, None, None)
    said: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert not results.failed, "".join(said)


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_a_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for sample in (page.parent / "samples").glob("*"):
        shutil.copy(sample, tmp_path)
    sessions = []
    for block in blocks_of(page.read_text("utf-8")):
        if "file" in block.options:
            (tmp_path / block.options["file"]).write_text(block.content, "utf-8")
        elif block.language == "console":
            _run_commands(block, tmp_path)
        elif block.language == "pycon":
            sessions.append(block.content)
    _run_sessions(sessions, _name(page))


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in links_of(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not broken


def test_a_line_of_dots_leaves_out_lines_and_nothing_else() -> None:
    assert agrees(("a", "…", "d"), "a\nb\nc\nd\n")
    assert not agrees(("a", "…", "d"), "a\nb\nc\n")
    assert not agrees(("a", "d"), "a\nb\nd\n")


def test_dots_within_a_line_leave_out_a_part_of_it() -> None:
    assert agrees(("a … c",), "a b c\n")
    assert not agrees(("a … c",), "a b\nc\n")


def test_an_answer_may_be_set_with_other_spaces() -> None:
    assert agrees(("1 200,00",), "1\N{NARROW NO-BREAK SPACE}200,00\n")
    assert not agrees(("1 200,00",), "1 200,01\n")
