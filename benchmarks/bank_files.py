"""Reading bank files: 100,000 lines of camt, as a stream."""

import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.measure import Row, median
from reglo.core.bank import Balance, BankAccount, BankLine, LineKind, Statement
from reglo.formats.bank import read_bank_file, write_camt053

_FIRST = date(2026, 1, 1)
_IBAN = "FR7630006000011234567890189"


def reading_bank_lines(quick: bool) -> Iterator[Row]:
    """From bytes to checked statements; beside it, what the tree of XML takes above the lines that are kept."""
    count = 10_000 if quick else 100_000
    content = write_camt053(_statement(count))

    def read() -> None:
        reading = read_bank_file(content)
        assert len(reading.statements[0].lines) == count
        assert not reading.faults

    taken = median(read, 1 if quick else 3)
    note = f"{len(content) / 1e6:.0f} MB, {taken / count * 1e6:.0f} µs a line, {_memory(content, count)}"
    yield Row(f"read {count:,} lines of camt.053", taken, reach="≤ 5 s" if not quick else "≤ 0.5 s", note=note)


def _memory(content: bytes, count: int) -> str:
    """Python's memory at its peak beside that of the lines at the end, for each line."""
    tracemalloc.start()
    reading = read_bank_file(content)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reading.statements
    return f"{kept / count:.0f} B kept, {peak / count:.0f} B at most a line"


def _statement(count: int) -> Statement:
    lines = tuple(_line(number) for number in range(count))
    opening = Decimal("10000.00")
    return Statement(
        account=BankAccount(iban=_IBAN, currency="EUR", owner="Atelier Réglo"),
        lines=lines,
        identifier="2026",
        opening=Balance(on=_FIRST - timedelta(days=1), amount=opening),
        closing=Balance(on=date(2026, 12, 31), amount=opening + sum((line.amount for line in lines), Decimal(0))),
    )


def _line(number: int) -> BankLine:
    booked = _FIRST + timedelta(days=number % 365)
    return BankLine(
        booked=booked,
        amount=Decimal(100 + number * 37 % 500_000).scaleb(-2),
        currency="EUR",
        valued=booked,
        kind=LineKind.TRANSFER,
        text=f"Facture F-2026-{number:05d} merci de votre confiance",
        reference="RF18539007547034" if number % 3 else "",
        end_to_end=f"E2E-{number}",
        payer=f"Société numéro {number % 5000}",
        payer_iban="FR1420041010050500013M02606",
        bank_reference=f"B{number:08d}",
    )
