"""A line of a FEC as values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.errors import DomainError

_ZERO = Decimal(0)


class BadFecRow(DomainError):
    """A row that no FEC can hold: an amount that is no number, or too large."""

    code = "bad-fec-row"


@dataclass(frozen=True, slots=True, kw_only=True)
class FecRow:
    """One line of a ledger entry, with what the FEC says of its entry, journal and account.

    "" and None are written as blanks. Debit and credit are in euro, one of them zero.
    """

    journal: str  #: JournalCode
    journal_label: str  #: JournalLib
    number: str  #: EcritureNum: the same on all lines of an entry
    booked_on: date  #: EcritureDate
    account: str  #: CompteNum
    account_label: str  #: CompteLib
    auxiliary: str = ""  #: CompAuxNum: account of one customer or supplier
    auxiliary_label: str = ""  #: CompAuxLib
    reference: str  #: PieceRef
    reference_date: date  #: PieceDate
    label: str  #: EcritureLib
    debit: Decimal = _ZERO  #: Debit
    credit: Decimal = _ZERO  #: Credit
    allocation: str = ""  #: EcritureLet (*lettrage*)
    allocated_on: date | None = None  #: DateLet
    validated_on: date | None = None  #: ValidDate
    currency_amount: Decimal | None = None  #: Montantdevise
    currency: str = ""  #: Idevise
    paid_on: date | None = None  #: DateRglt, of cash books
    paid_by: str = ""  #: ModeRglt, of cash books
    operation: str = ""  #: NatOp, of cash books
    client: str = ""  #: IdClient, of cash books of a BNC
