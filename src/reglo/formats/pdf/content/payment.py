"""How to pay: means, account, reference, and the code that a banking app reads."""

from typing import TypedDict

from stdnum.iso11649 import is_valid as is_creditor_reference

from reglo.core.document import BankAccount, Invoice, Payment, PaymentMeans
from reglo.formats import epc_qr
from reglo.formats.pdf.content.text import Pair, fits, lines_of, pair
from reglo.formats.pdf.content.totals import is_settled
from reglo.formats.pdf.figures import grouped, money
from reglo.formats.pdf.wording import means_name, word

#: What may stand in more rows than this could be longer than a page.
_MANY_ROWS = 20


class PaymentBlock(TypedDict):
    """The block that a payer copies from."""

    heading: str
    rows: list[Pair]
    terms: list[str]
    code: str  #: QR code as SVG, or nothing
    code_alt: str
    code_caption: str
    keep_together: bool


def payment_content(invoice: Invoice, language: str) -> PaymentBlock:
    """Means of payment and terms (BG-16, BT-20); of an invoice that is paid, only how it was."""
    rows, terms = _all_rows(invoice, language), lines_of(invoice.payment_terms)
    payload = epc_qr.transfer_code(invoice)
    return PaymentBlock(
        heading=word("payment", language),
        rows=rows,
        terms=terms,
        code=epc_qr.draw(payload) if payload else "",
        code_alt=_described(invoice, payload, language) if payload else "",
        code_caption=word("qr_caption", language),
        keep_together=fits(terms) and len(rows) < _MANY_ROWS,
    )


def _all_rows(invoice: Invoice, language: str) -> list[Pair]:
    if invoice.payment is None:
        return []
    if is_settled(invoice):  # an account or a reference would ask for the money again
        means = [row for each in invoice.payment.means for row in pair(word("means", language), _means(each, language))]
        return _once(means)
    return _rows(invoice.payment, language)


def _once(rows: list[Pair]) -> list[Pair]:
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def _rows(payment: Payment, language: str) -> list[Pair]:
    rows: list[Pair] = []
    for means in payment.means:
        rows += pair(word("means", language), _means(means, language))
        rows += _account(means.account, language) if means.account else []
        if means.card:
            card = " – ".join(part for part in (means.card.number, means.card.holder) if part)
            rows += pair(word("card", language), card)
        rows += pair(word("debited", language), grouped(means.debited_account or ""))
    rows = _once(rows)
    rows += pair(word("mandate", language), payment.mandate)
    rows += pair(word("creditor", language), payment.creditor)
    return rows + pair(word("remittance", language), _reference(payment.remittance_information))


def _means(means: PaymentMeans, language: str) -> str:
    return means.text or means_name(means.code, language)


def _account(account: BankAccount, language: str) -> list[Pair]:
    return [
        *pair(word("iban" if account.is_iban else "account", language), grouped(account.identifier or "")),
        *pair(word("bic", language), account.bic),
        *pair(word("holder", language), account.name),
    ]


def _reference(text: str | None) -> str:
    """An RF reference in groups of four, as ISO 11649 prints it; other text as it is."""
    return grouped(text) if text and is_creditor_reference(text) else (text or "")


def _described(invoice: Invoice, payload: str, language: str) -> str:
    """What the code holds, for who cannot see it."""
    fields = payload.split("\n")
    due = invoice.totals.due if invoice.totals else None
    return word(
        "qr_alt",
        language,
        amount="" if due is None else money(due, invoice.currency, language),
        name=fields[5],
        reference=fields[-1],
    )
