"""The QR code of a SEPA credit transfer (EPC069-12 version 3.1, *quick response code: guidelines*).

Scanned by a banking app, it fills in the whole transfer: whom, where, how much, with which reference.
"""

from decimal import Decimal

import segno
from stdnum import iban
from stdnum.iso11649 import is_valid as is_creditor_reference

from reglo.core.document import BankAccount, Invoice, Payment
from reglo.core.money import round_half_up

#: UNTDID 4461: transfers to an account, the last one SEPA by name.
TRANSFERS = frozenset({"30", "31", "42", "58"})

_SEPA_CODES = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE "
    "SI SK SM VA"
)
#: Countries and territories of the SEPA schemes (EPC409-09), by the country code of their IBANs.
_SEPA = frozenset(_SEPA_CODES.split())
_LOWEST, _HIGHEST = Decimal("0.01"), Decimal("999999999.99")
_MAX_BYTES = 331
#: UNTDID 1001: documents whose amount is owed to the buyer.
CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})


def transfer_code(invoice: Invoice) -> str | None:
    """What the QR code of `invoice` says, or None where a SEPA transfer cannot pay it.

    That is: not in euro, nothing or too much due, a credit note, no transfer among the means of payment, an IBAN that
    is wrong or lies outside SEPA, or a name that leaves no room.
    """
    due = invoice.totals.due if invoice.totals else None
    account = _account(invoice.payment)
    name = _beneficiary(invoice, account)
    if account is None or not name or due is None or invoice.currency != "EUR" or invoice.type_code in CREDIT_NOTES:
        return None
    if not _LOWEST <= due <= _HIGHEST:
        return None
    structured, free = _reference(invoice)
    fields = ["BCD", "002", "1", "SCT", _without_spaces(account.bic), name, _without_spaces(account.identifier)]
    fields += [f"EUR{round_half_up(due, 2)}", "", structured, free]
    payload = "\n".join(fields).rstrip("\n")
    return payload if len(payload.encode()) <= _MAX_BYTES else None


def draw(payload: str) -> str:
    """`payload` as a QR code in SVG: error correction M as EPC069-12 demands, black on white, quiet zone included."""
    # Every mask reads equally well on text; choosing one by score would take five times as long as all the rest.
    code = segno.make(payload, error="m", boost_error=False, micro=False, encoding="utf-8", mask=2)
    path = "".join(_runs(y, bytes(row)) for y, row in enumerate(code.matrix))
    size = len(code.matrix) + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {size} {size}" width="{size}" height="{size}">'
        f'<rect x="-4" y="-4" width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>'
    )


def _account(payment: Payment | None) -> BankAccount | None:
    """The first account that a SEPA transfer can reach."""
    for means in payment.means if payment else ():
        account = means.account
        if means.code in TRANSFERS and account is not None and account.identifier:
            number = _without_spaces(account.identifier)
            if iban.is_valid(number) and number[:2] in _SEPA:
                return account
    return None


def _beneficiary(invoice: Invoice, account: BankAccount | None) -> str:
    names = [account.name if account else None]
    names += [party.name for party in (invoice.payee, invoice.seller) if party is not None]
    return next((_one_line(name, 70) for name in names if name and name.strip()), "")


def _reference(invoice: Invoice) -> tuple[str, str]:
    """The structured reference (ISO 11649), or else free text; never both."""
    text = (invoice.payment.remittance_information if invoice.payment else None) or invoice.number or ""
    if is_creditor_reference(text):
        return _without_spaces(text), ""
    return "", _one_line(text, 140)


def _one_line(text: str, most: int) -> str:
    return " ".join(text.split())[:most].rstrip()


def _without_spaces(text: str | None) -> str:
    return "".join((text or "").split()).upper()


def _runs(y: int, row: bytes) -> str:
    """The dark modules of a row as rectangles, neighbours joined so that no seam shows between them."""
    drawn, x = [], 0
    while x < len(row):
        length = 0
        while x + length < len(row) and row[x + length]:
            length += 1
        if length:
            drawn.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length or 1
    return "".join(drawn)
