"""`reglo fec write` and `reglo verify FILE.zip`: the doors without a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.accounting.years import year_closing_in
from reglo.reporting.archive.making import write_archive
from tests.cli.conftest import Reglo
from tests.cli.conftest import reglo as reglo  # a fixture
from tests.ledger.facts import an_invoice
from tests.site import a_customer, an_organisation


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGLO_LANG", "en")


@pytest.fixture
def firm(db: None) -> Organisation:
    """One that issued an invoice."""
    organisation = an_organisation()
    an_invoice(a_customer(organisation))
    return organisation


@pytest.fixture
def archive(firm: Organisation, tmp_path: Path) -> Path:
    """The archive of its year."""
    year, path = year_closing_in(firm, 2026), tmp_path / "archive.zip"
    with path.open("w+b") as file:
        write_archive(extent_of(firm, year.start, year.end), file)
    return path


def test_the_fec_of_a_year_is_written_and_passes_reglo_fec_check(
    reglo: Reglo, firm: Organisation, tmp_path: Path
) -> None:
    answer = reglo("fec", "write", "--organisation", firm.slug, "--year", 2026, "-o", tmp_path / "out")
    assert answer.status == 0
    assert answer.out.splitlines()[-1].strip() == "accepted"
    path = tmp_path / "out" / "812345676FEC20261231.txt"
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert reglo("fec", "check", "--siren", "812345676", path).status == 0


def test_what_is_not_accepted_is_not_there(reglo: Reglo, firm: Organisation, tmp_path: Path) -> None:
    firm.siren = "812345670"
    firm.save()
    answer = reglo("fec", "write", "--organisation", firm.slug, "--year", 2026, "-o", tmp_path)
    assert answer.status == 1
    assert "FEC-SIREN" in answer.out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--organisation": "nobody"}, "No organisation is called nobody"),
        ({"--year": "2020"}, "There is no entry"),
        ({"--year": "12"}, "12"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    reglo: Reglo, firm: Organisation, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    options = {"--organisation": firm.slug, "--year": "2026", "-o": str(tmp_path)} | changed
    answer = reglo("fec", "write", *(part for pair in options.items() for part in pair))
    assert answer.status == 2
    assert said in answer.err
    assert not list(tmp_path.iterdir())


def test_entries_in_other_currencies_are_left_out_where_asked(reglo: Reglo, firm: Organisation, tmp_path: Path) -> None:
    an_invoice(a_customer(firm), currency="USD")
    asked = ("fec", "write", "--organisation", firm.slug, "--year", 2026, "-o", tmp_path)
    assert "1 USD" in reglo(*asked).err
    assert reglo(*asked, "--leave-out-foreign").status == 0


def test_an_archive_verifies_without_database_or_django(archive: Path) -> None:
    script = (
        "import sys, importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'django' else find(name, *rest)\n"
        "from reglo.cli.main import run\n"
        f"status = run(['verify', '--lang', 'en', {str(archive)!r}])\n"
        "assert 'django' not in sys.modules\n"
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "archive.zip is whole." in done.stdout
    assert done.stdout.count("✓") == 5


def test_the_first_break_is_named_and_what_is_no_archive_refused(reglo: Reglo, archive: Path, tmp_path: Path) -> None:
    whole, broken, text = archive.read_bytes(), tmp_path / "broken.zip", tmp_path / "text.zip"
    place = whole.index(b"entries.csv") + 60
    broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    text.write_text("not a ZIP")
    answer = reglo("verify", archive, broken, text, tmp_path / "nowhere.zip")
    assert answer.status == 2
    assert "entries.csv was changed." in answer.out
    assert "archive.zip is whole." in answer.out
    assert "text.zip: This file is no ZIP" in answer.err
    assert "nowhere.zip" in answer.err
    assert reglo("verify", broken).status == 1
