"""What the tests of the command share: running it in this process, and files to run it on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reglo.cli.main import run
from reglo.formats.data import write_json
from tests.builders import an_invoice


@dataclass(frozen=True)
class Answer:
    """What a run of the command gave."""

    status: int
    out: str
    err: str


Reglo = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _french(monkeypatch: pytest.MonkeyPatch) -> None:
    """French, whatever the machine speaks, and errors of Réglo itself shown whole."""
    monkeypatch.setenv("REGLO_LANG", "fr")
    monkeypatch.setenv("REGLO_TRACEBACK", "1")


@pytest.fixture
def reglo(capsys: pytest.CaptureFixture[str]) -> Reglo:
    """Run the command with arguments."""

    def call(*arguments: object) -> Answer:
        status = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file with an invoice that breaks no rule."""
    path = tmp_path / "bonne.json"
    path.write_bytes(write_json(an_invoice()))
    return path
