"""`reglo forecast backtest`: the object, the table, and what is refused with a sentence."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Reglo

_HEAD = (
    "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,"
    "PaperlessBill,DaysToSettle,DaysLate"
)


def _us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _row(place: int, delay: int, **cells: str) -> str:
    issued = date(2024, 1, 2) + timedelta(days=7 * place)
    due = issued + timedelta(days=30)
    known = {
        "countryCode": "391",
        "customerID": f"C{place % 3}",
        "PaperlessDate": "1/1/2030",
        "invoiceNumber": str(place),
        "InvoiceDate": _us(issued),
        "DueDate": _us(due),
        "InvoiceAmount": "50.39",
        "Disputed": "No",
        "SettledDate": _us(due + timedelta(days=delay)),
        "PaperlessBill": "Paper",
        "DaysToSettle": "0",
        "DaysLate": "0",
    }
    return ",".join({**known, **cells}[name] for name in _HEAD.split(","))


Table = Callable[..., Path]


@pytest.fixture
def invoices(tmp_path: Path) -> Table:
    """A table of a year and what else it shall hold, the rows that are known good first."""

    def make(*more: str, head: str = _HEAD) -> Path:
        path = tmp_path / "factures.csv"
        rows = [_row(place, (place % 3) * 10 + place % 2) for place in range(52)]
        path.write_text("\n".join([head, *rows, *more]) + "\n")
        return path

    return make


def test_json_is_one_object_with_exactly_these_keys(reglo: Reglo, invoices: Table) -> None:
    answer = reglo("forecast", "backtest", invoices(), "--from", "2024-07-01", "--json")
    said = json.loads(answer.out)
    assert answer.status == 0
    assert set(said) == {"mean_absolute_error_days", "baselines", "coverage_80", "invoices"}
    assert set(said["baselines"]) == {"due_date", "customer_mean_delay", "exponential_smoothing"}
    assert said["invoices"] == 26
    assert said["mean_absolute_error_days"] < said["baselines"]["due_date"]
    assert 0 <= said["coverage_80"] <= 1


def test_columns_that_tell_the_future_change_nothing(reglo: Reglo, invoices: Table) -> None:
    path = invoices()
    plain = reglo("forecast", "backtest", path, "--from", "2024-07-01", "--json").out
    path.write_text(path.read_text().replace("Paper,0,0", "Paper,99,77").replace("1/1/2030", "2/2/2024"))
    assert reglo("forecast", "backtest", path, "--from", "2024-07-01", "--json").out == plain


def test_the_table_shows_errors_by_age_beside_simple_guesses(reglo: Reglo, invoices: Table) -> None:
    out = reglo("forecast", "backtest", invoices(), "--from", "01/07/2024").out
    assert "26 factures à partir du 01/07/2024" in out
    assert "lissage exponentiel" in out
    assert "28 jours" in out
    english = reglo("--lang", "en", "forecast", "backtest", invoices(), "--from", "2024-07-01").out
    assert "within the 80% band" in english


def test_unpaid_invoices_are_counted_and_not_judged(reglo: Reglo, invoices: Table) -> None:
    path = invoices(_row(52, 0, SettledDate=""), _row(53, 0, SettledDate=""))
    out = reglo("forecast", "backtest", path, "--from", "2024-07-01").out
    assert "Sans date de paiement\N{NO-BREAK SPACE}: 2" in out
    assert "26 factures" in out


def test_what_was_paid_before_its_issue_is_left_out_and_said(reglo: Reglo, invoices: Table) -> None:
    answer = reglo("forecast", "backtest", invoices(_row(52, -40)), "--from", "2024-07-01", "--json")
    assert json.loads(answer.out)["invoices"] == 26
    assert "1 ligne payée avant l'émission" in answer.err


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"InvoiceAmount": "-5"}, "Le montant -5"),
        ({"InvoiceAmount": "1,5"}, "Ligne 54"),
        ({"InvoiceAmount": "NaN"}, "InvoiceAmount"),
        ({"InvoiceDate": "31/12/2024"}, "mois/jour/année"),
        ({"InvoiceDate": ""}, "InvoiceDate"),
        ({"DueDate": "2/30/2025"}, "DueDate"),
        ({"SettledDate": "demain"}, "SettledDate"),
        ({"DueDate": "1/1/2024"}, "précède la facture"),
        ({"DueDate": "1/1/9999"}, "plus de dix ans"),
        ({"customerID": ""}, "customerID"),
        ({"Disputed": "perhaps"}, "Yes ou No"),
    ],
)
def test_a_row_that_is_no_invoice_is_refused_by_number_and_column(
    reglo: Reglo, invoices: Table, cells: dict[str, str], said: str
) -> None:
    answer = reglo("forecast", "backtest", invoices(_row(52, 0, **cells)), "--from", "2024-07-01")
    assert (answer.status, answer.out) == (2, "")
    assert "Ligne 54" in answer.err
    assert said in answer.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "aucune facture"),
        (b"a,b\n1,2\n", "Colonnes absentes"),
        (_HEAD.replace("DueDate,", "").encode(), "Colonnes absentes\N{NO-BREAK SPACE}: DueDate"),
        (_HEAD.encode(), "aucune facture"),
        (b"\x00\xff\xfe\x00" * 50, ""),
        (_HEAD.encode() + b'\n"391,never closed\n', "Ligne 2"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(reglo: Reglo, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "autre.csv"
    path.write_bytes(content)
    answer = reglo("forecast", "backtest", path, "--from", "2024-07-01")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("reglo: ")
    assert said in answer.err


@pytest.mark.parametrize(
    ("day", "said"), [("2023-01-01", "Rien n'est connu"), ("2026-01-01", "choisissez un jour plus tôt")]
)
def test_a_day_outside_the_invoices_is_refused(reglo: Reglo, invoices: Table, day: str, said: str) -> None:
    answer = reglo("forecast", "backtest", invoices(), "--from", day)
    assert answer.status == 2
    assert said in answer.err


@pytest.mark.parametrize("arguments", [(), ("--from", "hier"), ("--from", "2024-02-30")])
def test_a_missing_or_wrong_day_is_refused(reglo: Reglo, invoices: Table, arguments: tuple[str, ...]) -> None:
    answer = reglo("forecast", "backtest", invoices(), *arguments)
    assert answer.status == 2
    assert "--from" in answer.err


def test_a_file_that_is_not_there_is_refused(reglo: Reglo, tmp_path: Path) -> None:
    answer = reglo("forecast", "backtest", tmp_path / "rien.csv", "--from", "2024-07-01")
    assert answer.status == 2
    assert "n'existe pas" in answer.err
