"""The FEC: a million lines written and checked, in a process of its own for its memory, beside csv and Decimal."""

import csv
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Row, python, seconds
from reglo.formats.fec import FecRow, fec_name, write_fec
from reglo.rules.fec import RULES, check_fec

_CLOSING = date(2026, 12, 31)
_NAME = fec_name("123456782", _CLOSING)
_LINES_A_PAIR = 5


def fec_written_and_checked(quick: bool) -> Iterator[Row]:
    """Writing, then checking; the alternative does less: names, dates, numbers, and the balance of entries."""
    count = 50_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        writing = seconds(lambda: _write(path, count))
        plain_writing = seconds(lambda: _write_with_csv(Path(folder) / "plain", count))
        checking = seconds(lambda: _check(path, count))
        plain_checking = seconds(lambda: _check_with_csv(path, count))
        peak, small = _peak(path), _peak(_first_lines(path, count // 20))
    size = f"{count:,} lines"
    yield Row(f"write FEC, {size}", writing, plain_writing, "csv, strftime")
    yield Row(
        f"check FEC, {size}",
        checking,
        plain_checking,
        f"csv, strptime, Decimal: 4 rules of {len(RULES)}",
        note=f"{peak} MiB at most, {small} MiB with a twentieth",
    )
    reach = "≤ 30 s" if not quick else "≤ 1.5 s"
    yield Row(f"write and check FEC, {size}", writing + checking, plain_writing + plain_checking, reach=reach)


def _rows(count: int) -> Iterator[FecRow]:
    """Invoices of three lines and their payments of two, allocated to each other."""
    pairs = count // _LINES_A_PAIR
    for number in range(pairs):
        day = _CLOSING - timedelta(days=364 - number * 365 // pairs)
        net = Decimal(1000 + number * 37 % 900_000).scaleb(-2)
        yield from _pair(number, day, net, (net / 5).quantize(Decimal("0.01")))


def _pair(number: int, day: date, net: Decimal, vat: Decimal) -> Iterator[FecRow]:
    customer = number * 7919 % 5000
    dates = {"booked_on": day, "reference_date": day, "validated_on": day}
    invoice = {
        "journal": "VE",
        "journal_label": "Ventes",
        "number": str(2 * number + 1),
        "reference": f"F2026-{number:06}",
        "label": f"Facture F2026-{number:06} Société n° {customer}",
        **dates,
    }
    payment = {
        "journal": "BQ",
        "journal_label": "Banque",
        "number": str(2 * number + 2),
        "reference": f"R{number:06}",
        "label": f"Virement Société n° {customer}",
        **dates,
    }
    account = {
        "account": "411000",
        "account_label": "Clients",
        "auxiliary": f"C{customer:05}",
        "auxiliary_label": f"Société n° {customer}",
        "allocation": f"L{number}",
        "allocated_on": day,
    }
    yield FecRow(debit=net + vat, **account, **invoice)
    yield FecRow(account="706000", account_label="Prestations de services", credit=net, **invoice)
    yield FecRow(account="445710", account_label="TVA collectée", credit=vat, **invoice)
    yield FecRow(account="512000", account_label="Banque", debit=net + vat, **payment)
    yield FecRow(credit=net + vat, **account, **payment)


def _write(path: Path, count: int) -> None:
    with path.open("wb") as file:
        assert write_fec(_rows(count), file) == count


def _check(path: Path, count: int) -> None:
    with path.open("rb") as file:
        report = check_fec(file, name=_NAME)
    assert report.summary.lines == count
    assert not report.breaches, report.breaches[0]


def _write_with_csv(path: Path, count: int) -> None:
    """As one writes a table in Python."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
        for row in _rows(count):
            writer.writerow(_plain_cells(row))


def _plain_cells(row: FecRow) -> list[str]:
    return [
        row.journal,
        row.journal_label,
        row.number,
        f"{row.booked_on:%Y%m%d}",
        row.account,
        row.account_label,
        row.auxiliary,
        row.auxiliary_label,
        row.reference,
        f"{row.reference_date:%Y%m%d}",
        row.label,
        f"{row.debit:.2f}".replace(".", ","),
        f"{row.credit:.2f}".replace(".", ","),
        row.allocation,
        f"{row.allocated_on:%Y%m%d}" if row.allocated_on else "",
        f"{row.validated_on:%Y%m%d}" if row.validated_on else "",
        "",
        "",
    ]


def _check_with_csv(path: Path, count: int) -> None:
    """Four rules as one writes them at first, a line after the other: blanks, dates, numbers, balance."""
    balances: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    seen = 0
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file, delimiter="\t"):
            seen += 1
            assert all(cells[name] for name in ("JournalCode", "EcritureNum", "CompteNum", "EcritureLib"))
            for name in ("EcritureDate", "PieceDate", "ValidDate"):
                datetime.strptime(cells[name], "%Y%m%d")
            debit, credit = (Decimal(cells[name].replace(",", ".")) for name in ("Debit", "Credit"))
            balances[cells["JournalCode"], cells["EcritureNum"]] += debit - credit
    assert seen == count
    assert not any(balances.values())


def _first_lines(path: Path, count: int) -> Path:
    """A file of the first lines, under the same name."""
    folder = path.parent / "small"
    folder.mkdir()
    with path.open("rb") as whole, (folder / _NAME).open("wb") as part:
        part.writelines(line for line, _ in zip(whole, range(count + 1), strict=False))
    return folder / _NAME


def _peak(path: Path) -> int:
    """MiB that a process held at most that checked the file."""
    command = [python(), "-m", "benchmarks.fec", str(path)]
    return int(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def _main() -> None:
    with Path(sys.argv[1]).open("rb") as file:
        check_fec(file, name=_NAME)
    status = Path("/proc/self/status").read_text()
    print(int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024)


if __name__ == "__main__":
    _main()
