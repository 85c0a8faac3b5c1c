"""A movement of CFONB 120: its record 04 and the records 05 that say more."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from reglo.core.bank import BankLine, LineKind
from reglo.formats.bank.cfonb.records import Record, signed_amount
from reglo.formats.bank.labels import kind_of_label
from reglo.formats.bank.plain import iban_in, joined, plain
from reglo.formats.data.scalars import BadValue

#: Codes of the interbank list whose meaning every bank shares; the label tells the rest.
_KINDS: Mapping[str, LineKind] = {
    "01": LineKind.CHEQUE,
    "02": LineKind.CHEQUE,
    "05": LineKind.TRANSFER,
    "06": LineKind.TRANSFER,
    "08": LineKind.DIRECT_DEBIT,
}
#: What a record 05 may begin with, and which field it fills; whatever else is text.
_NAMES = ("NPY", "NBE")  #: the payer, the payee
_ULTIMATE = ("NPO", "NBU")
_ACCOUNTS = ("CPY", "CBE", "IPY", "IBE")
_TEXTS = ("LIB", "LCC", "LC2", "LCS")
_SILENT = ("RUM", "PDO", "MMO", "REF", "RCN", "FEE")
_ORIGINAL = re.compile(r"([A-Z]{3})([0-9])([0-9]{13}[{}A-R]|[0-9]{14}).*", re.DOTALL)
_CREDITOR_REFERENCE = re.compile(r"\bRF[0-9]{2}[0-9A-Z]{1,21}\b")


def movement_line(record: Record, more: Sequence[Record]) -> BankLine:
    """The line of a movement. Raises BadValue for a date or amount that is none."""
    details = _details(more)
    amount = record.amount
    label = record.field(49, 79)
    text = joined(label, *(each for name, texts in details.items() if _is_text(name) for each in map(plain, texts)))
    original, original_currency = _original(details)
    return BankLine(
        booked=record.day(35),
        amount=amount,
        currency=record.account.currency,
        valued=_valued(record),
        kind=_kind(record, label),
        text=text,
        reference=_structured(details),
        end_to_end=_end_to_end(details),
        payer=_first(details, *(_NAMES if amount >= 0 else _NAMES[::-1]), *_ULTIMATE),
        payer_iban=next((iban for each in _ACCOUNTS if (iban := _iban(_first(details, each)))), ""),
        bank_reference=_first(details, "REF")[:35].strip() or record.field(105, 120),
        original_amount=original,
        original_currency=original_currency,
    )


def _details(more: Sequence[Record]) -> dict[str, list[str]]:
    """The texts of the records 05 by their qualifier (columns 46 to 48), in their order."""
    found: dict[str, list[str]] = {}
    for record in more:
        # Not `field`: within the 70 columns, some qualifiers have fields of their own.
        found.setdefault(record.text[45:48], []).append(record.text[48:118].rstrip())
    return found


def _is_text(qualifier: str) -> bool:
    return qualifier not in (*_NAMES, *_ULTIMATE, *_ACCOUNTS, *_SILENT)


def _first(details: Mapping[str, list[str]], *qualifiers: str) -> str:
    return next((joined(*map(plain, details[name])) for name in qualifiers if name in details), "")


def _end_to_end(details: Mapping[str, list[str]]) -> str:
    """RCN: the payer's own reference in 35 columns, the purpose in the others."""
    found = plain(details.get("RCN", [""])[0][:35])
    return "" if found.upper() == "NOTPROVIDED" else found


def _structured(details: Mapping[str, list[str]]) -> str:
    """A creditor reference of ISO 11649 in LCS, where the bank carries structured references."""
    found = _CREDITOR_REFERENCE.search(_first(details, "LCS").upper())
    return found[0] if found else ""


def _iban(text: str) -> str:
    return next((iban for part in (text, *text.split()) if (iban := iban_in(part))), "")


def _valued(record: Record) -> date | None:
    return record.day(43) if record.text[42:48].strip() else None


def _kind(record: Record, label: str) -> LineKind:
    """A reason of rejection (columns 41 and 42) makes a return; then the code, then the label."""
    if record.text[40:42].strip():
        return LineKind.RETURN
    return _KINDS.get(record.field(33, 34)) or kind_of_label(label)


def _original(details: Mapping[str, list[str]]) -> tuple[Decimal | None, str]:
    """MMO: the amount in the currency of the order."""
    found = _ORIGINAL.fullmatch(details.get("MMO", [""])[0])
    if found is None:
        return None, ""
    figures = found[3] if not found[3].isdigit() else f"{found[3][:-1]}{'{ABCDEFGHI'[int(found[3][-1])]}"
    try:
        return abs(signed_amount(figures, found[2], found[1])), found[1]
    except BadValue:
        return None, ""  # it says nothing about the account, whose own amount is exact
