"""Tables: one row a line, headers in two languages, a result for each invoice, errors with row and column."""

import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reglo.core.document import Invoice
from reglo.core.errors import UnreadableDocument
from reglo.formats.data import InvalidData, read_table
from reglo.formats.data.faults import MOST_FAULTS
from reglo.formats.data.table import RowResult
from reglo.formats.data.table.columns import columns, folded
from reglo.formats.data.table.csv_rows import encoding_of
from reglo.formats.data.table.names import COLUMNS, documented

_SELLER = {
    "seller": {"name": "Atelier", "siren": "732829320", "address": {"city": "Lyon"}},
    "buyer": {"siren": "552100554"},
    "nature": "services",
}
_HEAD = "Numéro;Date;Client;Ville;Désignation;Quantité;Prix HT;TVA"
_ROW = "F1;15/09/2026;Martin;Nantes;Conseil;2;1 650,00;20 %"


def _results(*lines: str, encoding: str = "utf-8") -> list[RowResult]:
    return list(read_table("\n".join(lines).encode(encoding), "f.csv", _SELLER))


def _invoice(*lines: str, encoding: str = "utf-8") -> Invoice:
    (result,) = _results(*lines, encoding=encoding)
    assert result.reading is not None, result.faults
    return result.reading.invoice


def _fault(*lines: str) -> str:
    """The one fault of the last invoice."""
    (fault,) = _results(*lines)[-1].faults
    return fault.sentence().en


def _refusal(*lines: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        _results(*lines)
    return caught.value.message.en


def test_a_row_is_a_line_and_becomes_a_complete_invoice() -> None:
    invoice = _invoice(_HEAD, _ROW)
    assert invoice.number == "F1"
    assert invoice.issue_date == date(2026, 9, 15)
    assert invoice.lines[0].price is not None
    assert invoice.lines[0].price.net == Decimal("1650.00")
    assert invoice.totals is not None
    assert invoice.totals.gross == Decimal("3960.00")


def test_rows_of_one_invoice_follow_each_other_with_its_facts_repeated_or_left_blank() -> None:
    first, second = _results(
        _HEAD, _ROW, ";;;;Formation;1;500;20", "F1;15/09/2026;Martin;;Frais;1;10;20", _ROW.replace("F1", "F2")
    )
    assert first.reading is not None
    assert second.reading is not None
    assert [line.item.name for line in first.reading.invoice.lines if line.item] == ["Conseil", "Formation", "Frais"]
    assert (first.number, first.row, second.number, second.row) == ("F1", 2, "F2", 5)


def test_a_table_knows_how_many_invoices_it_holds() -> None:
    data = "\n".join((_HEAD, _ROW, ";;;;Formation;1;500;20", _ROW.replace("F1", "F2"))).encode()
    assert len(read_table(data, "", _SELLER)) == 2


def test_facts_that_contradict_each_other_are_refused() -> None:
    fault = _fault(_HEAD, _ROW, "F1;16/09/2026;;;Formation;1;500;20")
    assert fault.startswith("row 3, column B (Date): ")
    assert "contradicts" in fault
    assert "row 2" in fault


@pytest.mark.parametrize(
    ("row", "place", "reason"),
    [
        (_ROW.replace("15/09/2026", "31/02/2026"), "row 2, column B (Date)", "calendar"),
        (_ROW.replace("1 650,00", "abc"), "row 2, column G (Prix HT)", "not a number"),
        (_ROW.replace("1 650,00", "1.650"), "row 2, column G (Prix HT)", "two ways"),
        (_ROW.replace("20 %", "gratuit"), "row 2, column H (TVA)", "Choose among"),
        (_ROW.replace("20 %", ""), "row 2, column H (TVA)", "VAT rate"),
        (_ROW.replace("F1", ""), "row 2, column A (Numéro)", "no invoice number"),
        (_ROW + ";trop", "row 2, column I", "no header"),
        (_ROW.replace("Martin", "Mar\x07tin"), "row 2, column C (Client)", "U+0007"),
        (_ROW.replace("Martin", ""), "row 2, buyer", '"name" is missing'),
    ],
)
def test_faults_name_row_and_column(row: str, place: str, reason: str) -> None:
    fault = _fault(_HEAD, row)
    assert fault.startswith(f"{place}: ")
    assert reason in fault


def test_faults_of_a_later_line_name_its_row() -> None:
    fault = _fault(_HEAD, _ROW, "", ";;;;Formation;1;500;gratuit")
    assert fault.startswith("row 4, column H (TVA): ")


def test_a_batch_goes_on_with_the_rest() -> None:
    results = _results(_HEAD, _ROW, _ROW.replace("F1", "F2").replace("2026", "x"), _ROW.replace("F1", "F3"))
    assert [result.reading is not None for result in results] == [True, False, True]


def test_a_number_that_comes_twice_is_refused_the_second_time() -> None:
    results = _results(_HEAD, _ROW, _ROW.replace("F1", "F2"), _ROW)
    assert [result.reading is not None for result in results] == [True, True, False]
    assert "already that of row 2" in results[2].faults[0].sentence().en


def test_the_whole_column_tells_what_an_unclear_number_means() -> None:
    unclear = _ROW.replace("1 650,00", "1.650")
    results = _results(_HEAD, unclear, _ROW.replace("F1", "F2"))
    assert results[0].reading is not None
    price = results[0].reading.invoice.lines[0].price
    assert price is not None
    assert price.net == 1650


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    assert _invoice(_HEAD, _ROW.replace("Conseil", "Été à 5 €"), encoding=encoding).lines[0].item is not None
    assert encoding_of("é€".encode("cp1252")) == "cp1252"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_recognised(separator: str) -> None:
    head, row = (line.replace(";", separator) for line in (_HEAD, _ROW.replace("1 650,00", "1650.00")))
    assert _invoice(head, row).number == "F1"


def test_excel_may_name_the_separator_and_titles_may_stand_above() -> None:
    assert _invoice("sep=|", _HEAD.replace(";", "|"), _ROW.replace(";", "|")).number == "F1"
    assert _invoice("Mes factures;de septembre", "", _HEAD, _ROW).number == "F1"
    assert _fault("sep=;", _HEAD, _ROW.replace("2026", "x")).startswith("row 3, ")


@pytest.mark.parametrize("named", ['"', "x", "", ";;"])
def test_a_separator_named_wrongly_is_found_from_the_headers(named: str) -> None:
    assert _invoice(f"sep={named}", _HEAD, _ROW).number == "F1"


def test_quoted_cells_may_hold_separators_and_line_feeds() -> None:
    invoice = _invoice(_HEAD, _ROW.replace("Conseil", '"Conseil; ""bis""\nsuite"'))
    assert invoice.lines[0].item is not None
    assert invoice.lines[0].item.name == 'Conseil; "bis"\nsuite'


def test_headers_are_known_in_both_languages_whatever_their_case_and_accents() -> None:
    english = "INVOICE NUMBER;issue date;Customer;city;Item;Qty;Unit Price;VAT %"
    assert _invoice(english, _ROW) == _invoice(_HEAD, _ROW)
    assert folded(" N° de  COMMANDE ") == folded("no de commande")


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (_HEAD.replace("Quantité", "Quanttié"), 'Did you mean "Quantité"?'),
        (_HEAD.replace("Quantité", "Prix unitaire"), "say the same thing"),
        (_HEAD.replace("Numéro", "#"), "no column gives the invoice number"),
        (_HEAD.replace("Numéro", "Bonjour"), "is unknown"),
    ],
)
def test_headers_that_cannot_be_used_are_refused(head: str, sentence: str) -> None:
    assert sentence in _refusal(head, _ROW)


def test_a_column_is_left_out_where_its_header_says_so() -> None:
    assert _invoice(f"{_HEAD};# interne", f"{_ROW};secret") == _invoice(_HEAD, _ROW)


def test_a_table_without_seller_is_refused_once_with_the_way_out() -> None:
    with pytest.raises(InvalidData) as caught:
        read_table(f"{_HEAD}\n{_ROW}".encode())
    assert "--seller" in caught.value.message.fr


@pytest.mark.parametrize("lines", [(_HEAD,), (_HEAD, ";;;;;;;", ""), ("", ""), (_HEAD, '"' + "x" * 200_000)])
def test_empty_and_broken_tables_are_refused(lines: tuple[str, ...]) -> None:
    assert _refusal(*lines)


def test_lists_and_groups_are_filled_from_columns() -> None:
    head = f"{_HEAD};Facture d'acompte;Date de l'acompte;Acompte TTC;Remise %;Note;Date de livraison;Conditions"
    invoice = _invoice(head, f"{_ROW};A1;01/08/2026;600;10;Merci;14/09/2026;30 jours")
    assert invoice.totals is not None
    assert invoice.totals.paid == 600
    assert invoice.preceding_invoices[0].number == "A1"
    assert invoice.lines[0].allowances[0].percent == 10
    assert invoice.delivery is not None
    assert invoice.delivery.date == date(2026, 9, 14)
    assert "Merci" in [note.text for note in invoice.notes]


def _sheet(*rows: list[object]) -> list[RowResult]:
    """What a workbook of these rows gives."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return list(read_table(out.getvalue(), "f.xlsx", _SELLER))


_SHEET_ROW: list[object] = ["F1", date(2026, 9, 15), "Martin", "Nantes", "Conseil", 2, 1650.0, 0.2]


def test_xlsx_gives_the_same_invoice_as_csv() -> None:
    (result,) = _sheet(_HEAD.split(";"), _SHEET_ROW)
    assert result.reading is not None
    assert result.reading.invoice == _invoice(_HEAD, _ROW)


@pytest.mark.parametrize("column", ["Remise %", "Remise globale %"])
@pytest.mark.parametrize(("cell", "percent"), [(0.1, 10), (0.335, "33.5"), (25, 25), ("0,5 %", "0.5")])
def test_a_discount_in_a_cell_of_percentages_is_what_the_cell_shows(column: str, cell: object, percent: object) -> None:
    reason = column.replace("Remise %", "Motif de la remise").replace("Remise globale %", "Motif de la remise globale")
    (result,) = _sheet([*_HEAD.split(";"), column, reason], [*_SHEET_ROW, cell, "Fidélité"])
    assert result.reading is not None, result.error
    invoice = result.reading.invoice
    (allowance,) = invoice.lines[0].allowances or invoice.allowances
    assert allowance.percent == Decimal(str(percent))


def test_the_reason_of_a_discount_without_discount_is_refused() -> None:
    (result,) = _sheet([*_HEAD.split(";"), "Motif de la remise"], [*_SHEET_ROW, "Fidélité"])
    assert result.error is not None
    assert "pourcentage" in result.error.message.fr


@pytest.mark.parametrize("other", [10, 1])
def test_a_discount_that_reads_in_two_ways_is_refused(other: int) -> None:
    head = [*_HEAD.split(";"), "Remise %"]
    results = _sheet(head, [*_SHEET_ROW, other], ["F2", *_SHEET_ROW[1:], 0.5 if other > 1 else ""])
    refused = [result for result in results if result.error is not None]
    assert len(refused) == 1
    assert "%" in refused[0].error.message.fr


def test_every_header_name_belongs_to_one_column() -> None:
    keys: dict[str, set[str]] = {}
    for key, _, names in COLUMNS:
        for name in names:
            keys.setdefault(folded(name), set()).add(key)
    assert all(len(found) == 1 for found in keys.values())
    assert set(keys) <= set(columns())


def test_memory_stays_flat_however_many_invoices_there_are() -> None:
    def rows() -> Iterator[str]:
        yield _HEAD
        for number in range(500):
            yield _ROW.replace("F1", f"F{number}")

    data = "\n".join(rows()).encode()
    tracemalloc.start()
    count = sum(result.reading is not None for result in read_table(data, "", _SELLER))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 500
    assert peak < 3 * 1024 * 1024


def test_the_documentation_lists_every_column() -> None:
    page = Path(__file__).parents[2].joinpath("docs/reference/data.md").read_text("utf-8")
    assert documented() in page, "run: python -m reglo.formats.data.table.names"


def test_an_invoice_knows_the_rows_and_columns_that_it_was_made_of() -> None:
    head, rows = f"{_HEAD};Lot", [f"{_ROW};A", f"{_ROW};A", f"{_ROW};B"]
    (result,) = _results("Factures du mois", head, *rows)
    assert result.reading is not None
    assert result.origin is not None
    groups = [index for index, line in enumerate(result.reading.invoice.lines) if line.kind == "GROUP"]
    assert groups == [0, 3]
    place = result.origin.place
    assert [place(f"lines[{index}].price.net").en for index in (1, 2, 4)] == [
        f"row {row}, column G (Prix HT)" for row in (3, 4, 5)
    ]
    assert place("lines[3]").en == "row 5"
    assert place("lines[4].vat_rate").fr == "ligne 5, colonne H (TVA)"
    assert place("buyer.name").en == "row 3, column C (Client)"
    assert place("buyer.address").en == "row 3, buyer.address"
    assert place("").en == "row 3"


def test_an_endless_table_is_refused_after_its_first_faults() -> None:
    stray = _results(_HEAD, _ROW + ";x" * 200_000)[0]
    assert [fault.reason.en for fault in stray.faults] == ['"x" has no header.']
    many = _results(_HEAD, *["F1;15/09/2026;Martin;Nantes;Conseil;deux;x;20"] * 300)[0]
    assert len(many.faults) in (MOST_FAULTS, MOST_FAULTS + 1)
    assert many.error is not None
    assert many.error.message.en.endswith(f"beyond {MOST_FAULTS} errors: mend these first.")


def test_more_columns_than_any_invoice_has_are_refused() -> None:
    assert "more than 1000 columns" in _refusal(";".join(["Numéro", *(f"c{index}" for index in range(200_000))]))


def test_a_sign_of_currency_may_stand_before_a_price_too() -> None:
    price = _invoice(_HEAD, _ROW.replace("1 650,00", "€1,650.00")).lines[0].price
    assert price is not None
    assert price.net == Decimal("1650.00")


def test_one_stray_null_does_not_make_a_file_utf_16() -> None:
    assert encoding_of(f"{_HEAD}\n{_ROW}".replace("Conseil", "Con\0seil").encode()) == "utf-8"
    assert encoding_of(f"{_HEAD}\n{_ROW}".encode("utf-16-le")) == "utf-16-le"
