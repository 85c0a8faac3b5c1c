"""Writing CFONB 120, for demonstrations and tests: what the format has no column for is left out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from reglo.core.bank import Balance, BankLine, LineKind, Statement
from reglo.core.folding import folded
from reglo.core.money import minor_amount, minor_units

_PLUS, _MINUS = "{ABCDEFGHI", "}JKLMNOPQR"
#: Interbank codes, and how labels begin, where money comes in and where it goes out.
#: Of the codes, 01, 02, 05, 06 and 08 are read back as such; of the others, the label.
_CODES = {
    LineKind.TRANSFER: (("05", "VIR RECU"), ("06", "VIR EMIS")),
    LineKind.DIRECT_DEBIT: (("08", "PRLV"), ("08", "PRLV")),
    LineKind.CHEQUE: (("02", "REM CHQ"), ("01", "CHQ")),
    LineKind.CARD: (("11", "CB"), ("11", "CB")),
    LineKind.CASH: (("13", "VERSEMENT ESPECES"), ("13", "RETRAIT DAB")),
    LineKind.FEE: (("62", "FRAIS"), ("62", "FRAIS")),
    LineKind.INTEREST: (("65", "INTERETS"), ("65", "INTERETS")),
    LineKind.RETURN: (("09", "REJET"), ("09", "REJET")),
    LineKind.OTHER: (("91", ""), ("91", "")),
}


def write_cfonb120(statement: Statement) -> bytes:
    """The statement as CFONB 120 in ASCII, as banks write it: capitals without accents, cut to their columns.

    Needs the IBAN of a French account and both balances. Raises ValueError without them.
    """
    account = statement.account
    if not account.iban.startswith("FR") or len(account.iban) != 27:
        raise ValueError("CFONB 120 needs a French account")
    if statement.opening is None or statement.closing is None:
        raise ValueError("CFONB 120 needs an opening and a closing balance")
    return "".join(f"{record}\r\n" for record in _records(statement, statement.opening, statement.closing)).encode()


def _records(statement: Statement, opening: Balance, closing: Balance) -> Iterator[str]:
    currency = statement.account.currency
    yield _record(statement, "01", f"  {_day(opening.on)}", _amount(opening.amount, currency))
    for line in statement.lines:
        if line.is_booked:
            yield from _movement(statement, line)
    yield _record(statement, "07", f"  {_day(closing.on)}", _amount(closing.amount, currency))


def _movement(statement: Statement, line: BankLine) -> Iterator[str]:
    code, begin = _CODES[line.kind][line.amount < 0]
    label = _capitals(f"{begin} {line.payer or line.text}")[:31]
    rejected = "01" if line.kind is LineKind.RETURN else "  "
    rest = f"{code}{_day(line.booked)}{rejected}{_day(line.valued or line.booked)}{label:<31}"
    yield _record(statement, "04", rest, _amount(line.amount, line.currency), _capitals(line.bank_reference)[:16])
    for qualifier, text in (
        ("NPY" if line.amount >= 0 else "NBE", line.payer),
        ("CPY" if line.amount >= 0 else "CBE", line.payer_iban),
        ("RCN", line.end_to_end[:35]),
        ("LCC", line.text[:70]),
        ("LC2", line.text[70:140]),
        ("LCS", line.reference),
    ):
        if text:
            yield _record(statement, "05", f"{code}{_day(line.booked)}     {qualifier}{_capitals(text)[:70]}")


def _record(statement: Statement, code: str, rest: str, amount: str = "", reference: str = "") -> str:
    """A record: bank, branch, currency and account in the columns of them all."""
    iban, currency = statement.account.iban, statement.account.currency
    bank, branch, account = iban[4:9], iban[9:14], iban[14:25]
    head = f"{code}{bank}    {branch}{currency}{minor_units(currency)} {account}{rest}"
    return f"{head:<90}{amount}{reference}".ljust(120) if amount else head.ljust(120)


def _amount(amount: Decimal, currency: str) -> str:
    """Fourteen columns, the last of which is digit and sign."""
    digits = str(abs(minor_amount(amount, currency)))
    signs = _MINUS if amount < 0 else _PLUS
    return f"{digits[:-1]}{signs[int(digits[-1])]}".rjust(14, "0")


def _day(day: date) -> str:
    return f"{day:%d%m%y}"


def _capitals(text: str) -> str:
    return folded(text).upper().encode("ascii", "replace").decode()
