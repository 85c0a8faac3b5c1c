"""Sums at the end of the lines: VAT by category and rate, totals, what is still to be paid."""

from decimal import Decimal
from typing import TypedDict

from reglo.core.document import Allowance, Invoice, Totals, VatBreakdown
from reglo.formats.epc_qr import CREDIT_NOTES
from reglo.formats.pdf.content.text import Pair, breakable, pair
from reglo.formats.pdf.content.widths import widest
from reglo.formats.pdf.figures import amount, money, percent
from reglo.formats.pdf.wording import long_category_name, word


class VatRow(TypedDict):
    """VAT of one category and rate."""

    name: str
    base: str
    tax: str
    reason: str


class Sums(TypedDict):
    """The block below the lines."""

    vat_heading: str
    vat_header: list[str]
    vat: list[VatRow]
    rows: list[Pair]
    width: float  #: of the widest figure of `rows`, in em of the text
    due: Pair
    settled: str  #: that nothing is left to pay, or nothing
    keep_together: bool


def sums_content(invoice: Invoice, language: str) -> Sums:
    """VAT breakdown (BG-23), allowances and charges of the document (BG-20, BG-21), totals (BG-22)."""
    totals = invoice.totals or Totals()
    label = word("to_credit" if invoice.type_code in CREDIT_NOTES else "to_pay", language)
    vat = [_vat_row(entry, invoice.currency, language) for entry in invoice.vat_breakdown]
    rows = _rows(invoice, totals, language)
    return Sums(
        vat_heading=word("vat_detail", language),
        vat_header=[word(name, language) for name in ("vat_rate", "vat_base", "vat_amount")],
        vat=vat,
        rows=rows,
        width=widest(row["value"] for row in rows),
        due=Pair(label=label, value=_money(totals.due, invoice.currency, language)),
        settled=word("settled", language) if is_settled(invoice) else "",
        # A block that cannot fit on a page must be let go.
        keep_together=len(vat) < 12 and sum(len(row["reason"]) for row in vat) < 1500,
    )


def is_settled(invoice: Invoice) -> bool:
    """Whether the whole amount was paid already (*facture acquittée*)."""
    totals = invoice.totals or Totals()
    return totals.due == 0 and bool(totals.paid) and invoice.type_code not in CREDIT_NOTES


def _rows(invoice: Invoice, totals: Totals, language: str) -> list[Pair]:
    currency = invoice.currency
    adjusted = [
        *(_adjustment(each, "allowance", currency, language) for each in invoice.allowances),
        *(_adjustment(each, "charge", currency, language) for each in invoice.charges),
    ]
    in_vat_currency = word("vat_in", language, currency=invoice.vat_currency or "")
    return [
        *(_row("lines_total", totals.lines, currency, language) if adjusted else []),
        *adjusted,
        *_row("net_total", totals.net, currency, language),
        *_row("vat_total", totals.vat, currency, language),
        *pair(in_vat_currency, _money(totals.vat_accounting, invoice.vat_currency, language)),
        *_row("gross_total", totals.gross, currency, language),
        *(_row(_paid_word(invoice), -totals.paid, currency, language) if totals.paid else []),
        *(_row("rounding", totals.rounding, currency, language) if totals.rounding else []),
    ]


def _paid_word(invoice: Invoice) -> str:
    """What the amount paid is called: a final invoice (BT-23 ending in 4) deducts its deposits, billed if not paid."""
    return "deposits" if (invoice.business_process or "").endswith("4") else "paid"


def _row(name: str, value: Decimal | None, currency: str | None, language: str) -> list[Pair]:
    return pair(word(name, language), _money(value, currency, language))


def _money(value: Decimal | None, currency: str | None, language: str) -> str:
    return "" if value is None else money(value, currency, language)


def _adjustment(each: Allowance, kind: str, currency: str | None, language: str) -> Pair:
    value = each.amount or Decimal(0)
    return Pair(
        label=described(each, kind, language),
        value=money(-value if kind == "allowance" else value, currency, language),
    )


def described(each: Allowance, kind: str, language: str) -> str:
    """An allowance or charge in words: its reason, or what it is, and its percent."""
    name = breakable(each.reason or word(kind, language))
    return name if each.percent is None else f"{name} ({percent(each.percent, language)})"


def _vat_row(entry: VatBreakdown, currency: str | None, language: str) -> VatRow:
    rate = "" if entry.rate is None else percent(entry.rate, language)
    return VatRow(
        name=long_category_name(entry.category, language) or rate,
        base="" if entry.taxable is None else amount(entry.taxable, currency, language),
        tax="" if entry.tax is None else amount(entry.tax, currency, language),
        reason=breakable(entry.exemption_reason or entry.exemption_code or ""),
    )
