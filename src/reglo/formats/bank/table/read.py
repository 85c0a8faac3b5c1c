"""From a table to statements: find the header, learn how dates and numbers are written, read the rows."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice, pairwise

from reglo.core.bank import Balance, BankAccount, Statement
from reglo.core.findings import Text
from reglo.formats.bank.plain import iban_in
from reglo.formats.bank.reading import BankFormat, BankReading, Faults, UnreadableBankFile, refusal
from reglo.formats.bank.table.cells import date_habit, day_in, plain_number
from reglo.formats.bank.table.mapping import MOST_COLUMNS, ColumnMapping, DateOrder, guess_mapping, known_names
from reglo.formats.bank.table.names import FRENCH
from reglo.formats.bank.table.rows import RowLine, RowReader, place
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Cell, Habits
from reglo.formats.data.table.columns import folded
from reglo.formats.data.table.csv_rows import ROWS_ABOVE, csv_rows

_ZIP = b"PK\x03\x04"
_CURRENCY_OF_HEADER = re.compile(r"\b(EUR|USD|GBP|CHF)(?:OS)?\b", re.IGNORECASE)
_Rows = Callable[[], Iterator[list[Cell]]]


@dataclass(frozen=True, slots=True)
class _Header:
    row: int  #: its number, from 1
    names: tuple[str, ...]
    mapping: ColumnMapping


def read_bank_table(data: bytes, mapping: ColumnMapping | None, account: BankAccount | None) -> BankReading:
    """The statements of a table: one for each account and currency in it. Raises UnreadableDocument."""
    kind, rows = _rows(data, mapping)
    header = _header(rows, mapping)
    faults = Faults()
    reader = _row_reader(rows, header, account, faults)
    lines = list(_lines(rows, header, reader, faults))
    if not lines:
        raise UnreadableBankFile(
            Text(
                fr=f"Le tableau ne contient aucun mouvement sous ses en-têtes (ligne {header.row}).",
                en=f"The table holds no movement below its headers (row {header.row}).",
            )
        )
    return BankReading(format=kind, statements=_statements(lines, account, faults), faults=faults.found())


def _rows(data: bytes, mapping: ColumnMapping | None) -> tuple[BankFormat, _Rows]:
    if data.startswith(_ZIP):
        from reglo.formats.data.table.xlsx_rows import xlsx_rows

        return BankFormat.XLSX, xlsx_rows(data)
    wanted = frozenset(mapping.names()) if mapping is not None else frozenset()
    return BankFormat.CSV, csv_rows(
        data, lambda row: known_names(row) + sum(cell.strip() in wanted for cell in row[:MOST_COLUMNS])
    )


def _header(rows: _Rows, mapping: ColumnMapping | None) -> _Header:
    """The first row that has the columns of the mapping, or whose names tell enough."""
    seen: list[str] = []
    for number, row in enumerate(islice(rows(), ROWS_ABOVE), 1):
        names = tuple(str(cell).strip() for cell in row[:MOST_COLUMNS])
        found = guess_mapping(names) if mapping is None else mapping if set(mapping.names()) <= set(names) else None
        if found is not None:
            return _Header(number, names, found)
        seen = max(seen, [name for name in names if name], key=len)
    raise UnreadableBankFile(_no_header(seen, mapping))


def _no_header(seen: list[str], mapping: ColumnMapping | None) -> Text:
    columns = ", ".join(f"«\N{NO-BREAK SPACE}{shown(name)}\N{NO-BREAK SPACE}»" for name in seen[:12]) or "—"
    english = ", ".join(f'"{shown(name)}"' for name in seen[:12]) or "—"
    if mapping is not None:
        wanted = ", ".join(mapping.names())
        return Text(
            fr=f"Les colonnes retenues ({wanted}) ne sont pas toutes dans ce tableau\N{NO-BREAK SPACE}: {columns}.",
            en=f"The columns remembered ({wanted}) are not in this table, which shows: {english}.",
        )
    return Text(
        fr=f"Rien ne dit quelles colonnes sont la date et le montant\N{NO-BREAK SPACE}: {columns}. "
        "Gardez la ligne d'en-têtes de la banque, ou choisissez les colonnes.",
        en=f"Nothing tells which columns are date and amount: {english}. "
        "Keep the header row of the bank, or choose the columns.",
    )


def _below(rows: _Rows, header: _Header) -> Iterator[tuple[int, list[Cell]]]:
    """The rows under the header that hold anything, with their numbers."""
    for number, row in enumerate(rows(), 1):
        if number > header.row and any(str(cell).strip() for cell in row):
            yield number, row


def _row_reader(rows: _Rows, header: _Header, account: BankAccount | None, faults: Faults) -> RowReader:
    mapping = header.mapping
    index_of = {name: index for index, name in reversed(list(enumerate(header.names))) if name}
    order = mapping.date_order or _order(rows, header, index_of, faults)
    return RowReader(
        mapping=mapping,
        index_of=index_of,
        order=order,
        habits=_habits(rows, header, index_of),
        currency=_currency(mapping, account),
    )


def _column(rows: _Rows, header: _Header, index: int) -> Iterator[Cell]:
    return (row[index] for _, row in _below(rows, header) if index < len(row))


def _order(rows: _Rows, header: _Header, index_of: dict[str, int], faults: Faults) -> DateOrder:
    name = header.mapping.booked
    try:
        habit = date_habit(_column(rows, header, index_of[name]))
    except BadValue as bad:
        raise refusal(Text(fr=f"colonne « {name} »", en=f'column "{name}"'), bad.reason, bad.fix) from bad
    if not habit.is_certain and not any(folded(each).startswith(FRENCH) for each in header.names):
        faults.add(
            Text(fr=f"colonne « {name} »", en=f'column "{name}"'),
            Text(
                fr="toutes les dates se lisent jour/mois aussi bien que mois/jour.",
                en="every date reads day/month as well as month/day.",
            ),
            Text(fr="Elles sont lues jour/mois/année.", en="They are read day/month/year."),
        )
    return habit.order


def _habits(rows: _Rows, header: _Header, index_of: dict[str, int]) -> Habits:
    """The decimal mark of the whole table, as its surest amounts show it."""
    mapping = header.mapping
    columns = [
        index_of[name] for name in (mapping.amount, mapping.debit, mapping.credit, mapping.balance) if name in index_of
    ]
    habits = Habits()
    for _, row in _below(rows, header):
        for index in columns:
            if index < len(row):
                habits = habits.after_number(plain_number(row[index]))
    return habits


def _currency(mapping: ColumnMapping, account: BankAccount | None) -> str:
    """Of the header ("Montant (EUR)"), else of the account, else the euro: most exports of banks do not say it."""
    found = _CURRENCY_OF_HEADER.search(f"{mapping.amount} {mapping.credit}")
    return found[1].upper() if found else (account.currency if account is not None else "") or "EUR"


def _lines(rows: _Rows, header: _Header, reader: RowReader, faults: Faults) -> Iterator[RowLine]:
    for number, row in _below(rows, header):
        amount = reader.amount(number, row, reader.currency_of(row)) if _has_day(reader, row) else None
        if amount is None:
            _note_left_out(reader, number, row, faults)
        elif reader.is_undone(row):
            faults.add(
                place(number),
                Text(fr="l'opération a été refusée ou annulée.", en="the operation was refused or undone."),
                Text(fr="La ligne est laissée de côté.", en="The line is left out."),
            )
        else:
            booked = reader.day(number, row, header.mapping.booked)
            assert booked is not None
            yield reader.line(number, row, booked, amount)


def _has_day(reader: RowReader, row: Sequence[Cell]) -> bool:
    try:
        day_in(reader.cell(row, reader.mapping.booked), reader.order)
    except BadValue:
        return False
    return True


def _note_left_out(reader: RowReader, number: int, row: Sequence[Cell], faults: Faults) -> None:
    """Name a row without a day or an amount; a note of the bank with neither says nothing."""
    names = (reader.mapping.booked, reader.mapping.amount, reader.mapping.debit, reader.mapping.credit)
    if any(str(reader.cell(row, name)).strip() for name in names):
        faults.add(
            place(number),
            Text(fr="la ligne n'a pas de date ou pas de montant.", en="the row has no date or no amount."),
            Text(fr="Elle est laissée de côté.", en="It is left out."),
        )


def _statements(lines: list[RowLine], account: BankAccount | None, faults: Faults) -> tuple[Statement, ...]:
    groups: dict[tuple[str, str], list[RowLine]] = {}
    for each in lines:
        groups.setdefault((each.account, each.line.currency), []).append(each)
    return tuple(
        _statement(_account(number, currency, account), group, faults) for (number, currency), group in groups.items()
    )


def _account(number: str, currency: str, account: BankAccount | None) -> BankAccount:
    if not number:
        return replace(account or BankAccount(), currency=currency)
    iban = iban_in(number)
    return BankAccount(iban=iban, number="" if iban else number, currency=currency)


def _statement(account: BankAccount, group: list[RowLine], faults: Faults) -> Statement:
    lines = tuple(each.line for each in group)
    oldest_first = _in_order(group)
    if oldest_first is None:
        return Statement(account=account, lines=lines)
    if not oldest_first:
        faults.add(
            Text(fr="", en=""),
            Text(
                fr="le solde de chaque ligne n'est pas celui de la précédente plus son montant.",
                en="the balance of each row is not that of the one before plus its amount.",
            ),
            Text(fr="Vérifiez qu'aucune ligne ne manque.", en="Check that no row is missing."),
        )
        return Statement(account=account, lines=lines)
    first, last = oldest_first[0], oldest_first[-1]
    assert first.balance is not None
    assert last.balance is not None
    return Statement(
        account=account,
        lines=lines,
        opening=Balance(on=first.line.booked - timedelta(days=1), amount=first.balance - first.line.amount),
        closing=Balance(on=last.line.booked, amount=last.balance),
    )


def _in_order(group: list[RowLine]) -> list[RowLine] | None:
    """The booked rows, oldest first, as their balances follow; none where they do not; None without balances."""
    booked = [each for each in group if each.line.is_booked]
    if not booked or any(each.balance is None for each in booked):
        return None
    for rows in (booked, booked[::-1]):
        if all(before.balance + after.line.amount == after.balance for before, after in pairwise(rows)):  # type: ignore[operator]  # none is None
            return rows
    return []
