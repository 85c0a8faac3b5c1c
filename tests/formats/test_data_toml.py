"""TOML: the same keys by hand, and errors that name line and mend."""

import time
from datetime import date
from decimal import Decimal

import pytest

from reglo.core.errors import UnreadableDocument
from reglo.formats.data import read_toml


def _finished(text: str) -> bytes:
    return f'format = "reglo-invoice-1"\n{text}'.encode()


def _message(data: bytes, language: str = "en") -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_toml(data)
    return caught.value.message.in_language(language)


def test_a_finished_document_is_read_as_it_stands() -> None:
    invoice = read_toml(_finished('issue_date = 2026-09-15\n[[lines]]\nquantity = 0.10\nvat_rate = "5.5"')).invoice
    assert invoice.issue_date == date(2026, 9, 15)
    assert invoice.lines[0].quantity == Decimal("0.10")
    assert invoice.lines[0].vat_rate == Decimal("5.5")
    assert invoice.totals is None


def test_a_decimal_comma_is_refused_with_the_number_to_write() -> None:
    message = _message(_finished("[[lines]]\nquantity = 2 400,00"))
    assert message.startswith("line 3, column ")
    assert "Write 2400.00" in message


def test_the_31st_of_february_is_refused_with_its_line() -> None:
    assert _message(_finished("issue_date = 2026-02-31"), "fr").startswith("ligne 2, colonne ")
    assert "cette date n'existe pas" in _message(_finished("issue_date = 2026-02-31"), "fr")
    assert "calendar" in _message(_finished('issue_date = "2026-02-31"'))


def test_a_key_written_twice_is_refused_with_its_line() -> None:
    assert "line 3" in _message(_finished('number = "1"\nnumber = "2"'))


@pytest.mark.parametrize("literal", ["nan", "inf", "-inf", "1e400", "9" * 5000, f"0.{'1' * 200}"])
def test_impossible_numbers_are_refused(literal: str) -> None:
    assert _message(_finished(f"[[lines]]\nquantity = {literal}"))


def test_a_date_with_a_time_is_no_date() -> None:
    assert "is not a date" in _message(_finished("issue_date = 2026-09-15T10:00:00"))


@pytest.mark.parametrize(
    "data",
    [
        b"number = ",
        b"number",
        b'number = "F\xe9"',
        b"a = " + b"[" * 100_000,
        b"a = " + b"{b = " * 100_000,
        b"# " * (1024 * 1024),
        b"a." * 50_000 + b"a = 1",
        b"b = {" + b"a . " * 50_000 + b"a = 1}",
        b"a = " + b"x" * 1_000_000,
    ],
)
def test_damaged_deep_and_enormous_files_are_refused_at_once(data: bytes) -> None:
    begun = time.perf_counter()
    assert _message(data)
    assert time.perf_counter() - begun < 2
