"""What a bank tells: statements with their lines and balances (*relevés bancaires*), whatever file they came in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class LineKind(StrEnum):
    """How the money moved, where the bank says so."""

    TRANSFER = "transfer"  #: virement
    DIRECT_DEBIT = "direct-debit"  #: prélèvement
    CARD = "card"
    CHEQUE = "cheque"
    CASH = "cash"
    FEE = "fee"  #: frais bancaires
    INTEREST = "interest"
    RETURN = "return"  #: a payment that came back: impayé, rejet
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """The account that a statement is about, as far as the file names it."""

    iban: str = ""  #: without spaces, upper case; "" where the bank gives a number of its own
    number: str = ""  #: as the bank writes it where there is no IBAN: bank code, branch, number
    currency: str = ""  #: ISO 4217
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What was on the account at the end of a day (opening: of the day before the statement)."""

    on: date
    amount: Decimal  #: signed: below zero is overdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """One movement of money. A batch that the bank details is one line for each detail, which together are its sum."""

    booked: date
    amount: Decimal  #: signed, in `currency`: above zero came in
    currency: str
    valued: date | None = None  #: date of value
    kind: LineKind = LineKind.OTHER
    text: str = ""  #: everything free the bank wrote, one space between parts
    reference: str = ""  #: structured creditor reference (ISO 11649) where the bank carries it apart
    end_to_end: str = ""  #: what the payer called the transfer; "NOTPROVIDED" is ""
    payer: str = ""  #: name of the other side
    payer_iban: str = ""
    bank_reference: str = ""  #: what the bank calls the movement, unique on an account where it is given
    charges: Decimal = Decimal(0)  #: what the bank kept of it, as it says itself; ≥ 0
    original_amount: Decimal | None = None  #: in `original_currency`, where it was changed on the way
    original_currency: str = ""
    is_booked: bool = True  #: False while the bank only announces it (PDNG): shown, never matched


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One account, one period, its lines in the order of the file."""

    account: BankAccount
    lines: tuple[BankLine, ...]
    identifier: str = ""  #: number of the statement
    opening: Balance | None = None
    closing: Balance | None = None
