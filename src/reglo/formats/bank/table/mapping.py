"""Which column of a bank's table is what: remembered from the last time, or guessed from the names of the columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reglo.formats.bank.table.names import NAMES, SEVERAL
from reglo.formats.data.table.columns import folded

#: Columns that are looked at; a table of a bank has twenty.
MOST_COLUMNS = 200


class DateOrder(StrEnum):
    """What comes first in a date such as 03/04/2026; years first need no telling."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """The columns of a table by the names in its header row; "" is none.

    Needs `booked`, and either `amount` or `debit` and `credit`.
    """

    booked: str
    valued: str = ""
    amount: str = ""  #: signed
    debit: str = ""  #: what went out, with or without a minus
    credit: str = ""
    fee: str = ""  #: kept by the bank beside the amount, and taken off it
    currency: str = ""
    balance: str = ""  #: of the account after the line
    text: tuple[str, ...] = ()
    payer: str = ""
    payer_iban: str = ""
    reference: str = ""  #: a creditor reference where it is one, else text
    bank_reference: str = ""
    account: str = ""  #: IBAN or number, where the table has lines of several accounts
    state: str = ""  #: pending, completed, declined …
    date_order: DateOrder | None = None  #: None: told by the dates of the file

    def names(self) -> tuple[str, ...]:
        """The columns without which the table cannot be read."""
        wanted = (self.booked, self.amount) if self.amount else (self.booked, self.debit, self.credit)
        return tuple(name for name in wanted if name)


def guess_mapping(header: Sequence[str]) -> ColumnMapping | None:
    """What the columns are, by names that French and English banks give them; None without a date and an amount."""
    by_name = {folded(name): name.strip() for name in reversed(header) if name.strip()}
    found = {key: next((by_name[each] for each in names if each in by_name), "") for key, names in NAMES.items()}
    if not found["booked"] or not (found["amount"] or (found["debit"] and found["credit"])):
        return None
    if found["debit"] and found["credit"]:
        found["amount"] = ""
    texts = tuple(by_name[each] for each in SEVERAL if each in by_name)
    return ColumnMapping(text=texts, **found)  # type: ignore[arg-type]  # every key of NAMES is a field of text


def known_names(row: Sequence[object]) -> int:
    """How many cells of a row are names that some bank gives its columns."""
    return sum(1 for cell in row[:MOST_COLUMNS] if folded(str(cell)[:80]) in _ALL)


_ALL = frozenset(name for names in (*NAMES.values(), SEVERAL) for name in names)
