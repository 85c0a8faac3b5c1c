"""`reglo interest`: the working, the sums, what is provisional."""

from pathlib import Path

import pytest

from tests.cli.conftest import Reglo

_CLAIM = ("interest", "--amount", "1200", "--due", "2026-01-31")


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_it_shows_each_line_of_the_working_and_the_sums(reglo: Reglo) -> None:
    answer = reglo(*_CLAIM, "--until", "2026-05-15", "--payment", "01/03/2026=500,00")
    out = _plain(answer.out)
    assert answer.status == 0
    assert "01/02/2026  01/03/2026     29  1 200,00  12,15 %     11,58" in out
    assert "02/03/2026  15/05/2026     75    700,00  12,15 %     17,48" in out
    assert "Pénalités de retard         29,06  EUR" in out
    assert "Indemnité de recouvrement   40,00  EUR" in out
    assert "rovisoire" not in out


def test_beyond_the_last_known_rate_the_figure_is_marked_provisional(reglo: Reglo) -> None:
    out = _plain(reglo(*_CLAIM, "--until", "2027-02-15").out)
    assert "EUR (provisoire)" in out
    assert "12,15 % *" in out
    assert "Calcul provisoire" in out


@pytest.mark.parametrize("rate", ["legal x 3", "3 × taux légal", "LÉGAL*3"])
def test_the_legal_rate_has_several_writings(reglo: Reglo, rate: str) -> None:
    assert "7.86%" in reglo(*_CLAIM, "--until", "2026-05-15", "--rate", rate, "--lang", "en").out


@pytest.mark.parametrize(("rate", "shown"), [("bce + 8", "10.15%"), ("ECB+10 points", "12.15%"), ("12 %", "12%")])
def test_other_rates_are_points_over_the_ecb_or_fixed(reglo: Reglo, rate: str, shown: str) -> None:
    assert f" {shown} " in reglo(*_CLAIM, "--until", "2026-05-15", "--rate", rate, "--lang", "en").out


def test_nothing_is_owed_before_the_due_date(reglo: Reglo) -> None:
    answer = reglo(*_CLAIM, "--until", "2026-01-31")
    assert answer.status == 0
    assert "Rien n'est en retard" in answer.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--until", "2026-05-15", "--rate", "beaucoup"),
        ("--until", "2026-05-15", "--payment", "500"),
        ("--until", "2026-05-15", "--payment", "2026-03-01=zéro"),
        ("--until", "2026-05-15", "--payment", "2026-02-31=5"),
        ("--until", "9999-12-31"),
        ("--until", "demain"),
    ],
)
def test_what_cannot_be_counted_is_refused(reglo: Reglo, arguments: tuple[str, ...]) -> None:
    answer = reglo(*_CLAIM, *arguments)
    assert answer.status == 2
    assert answer.err.startswith("reglo: ")


def test_a_rate_published_since_ends_the_provisional_figure(reglo: Reglo, tmp_path: Path) -> None:
    rates = tmp_path / "taux.toml"
    rates.write_text('[rates]\n2026-2 = { ecb = "2.15" }\n', encoding="utf-8")
    out = _plain(reglo(*_CLAIM, "--until", "2026-08-15", "--rates", rates).out)
    assert "taux BCE du semestre 2026-2" in out
    assert "rovisoire" not in out


def test_rates_that_cannot_be_read_are_refused(reglo: Reglo, tmp_path: Path) -> None:
    rates = tmp_path / "taux.toml"
    rates.write_text("2,15", encoding="utf-8")
    answer = reglo(*_CLAIM, "--until", "2026-08-15", "--rates", rates)
    assert answer.status == 2
    assert "[rates]" in answer.err


def test_a_public_buyer_keeps_the_rate_of_the_half_year_in_which_its_delay_began(reglo: Reglo) -> None:
    out = _plain(reglo(*_CLAIM, "--until", "2026-08-15", "--buyer", "public").out)
    assert "10,15 %" in out
    assert "rovisoire" not in out
