"""The statement in the parts of the model: (A) by brackets, (B) what was left out, (C) reference delays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reglo.accounts.language import page_language
from reglo.formats.pdf import figures
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, count_column, share_column
from reglo.reporting.links import invoices_link, sales_link
from reglo.reporting.periods import last_year
from reglo.reporting.report import Asked, Figure, Grouping, Report, ReportKind, Span, Table
from reglo.reporting.reports.payment_delays.facts import (
    Delays,
    LatePart,
    amount_of,
    brackets_of,
    count_of,
    delays_of,
)
from reglo.reporting.spoken import money_text, share_text

_WITH_TAX = "with-tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    label: str
    count: int
    amount: Decimal
    share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    label: str
    words: str


def _make(organisation: Organisation, asked: Asked) -> Report:
    with_tax = asked.by == _WITH_TAX
    delays = delays_of(organisation, asked, with_tax=with_tax)
    unpaid = [each for each in delays.unpaid if not each.is_disputed]
    late = [each for each in delays.late if not each.is_disputed]
    return Report(
        lead=_lead(unpaid, delays, asked),
        figures=tuple(_figures(organisation, delays, asked, with_tax=with_tax)),
        tables=(
            _brackets("unpaid", _unpaid_caption(), unpaid, delays.turnover, _of_turnover(with_tax), with_tax),
            _excluded(delays.unpaid, with_tax=with_tax),
            _references(delays),
            _brackets("late", _late_caption(), late, delays.issued_amount, _of_issued(with_tax), with_tax),
            _invoices(organisation, "unpaid-invoices", _("Invoices behind the statement at the end"), delays.unpaid),
            _invoices(organisation, "late-invoices", _("Invoices behind the statement of the year"), delays.late),
        ),
        notes=tuple(_notes()),
    )


def _lead(unpaid: Sequence[LatePart], delays: Delays, asked: Asked) -> str:
    past = [each for each in unpaid if each.days > 0]
    amount = amount_of(past)
    values = {
        "day": figures.day(asked.end, page_language()),
        "amount": money_text(amount, asked),
        "share": share_text(amount / delays.turnover if delays.turnover > 0 else None),
    }
    if not past:
        return _("On %(day)s no invoice of yours was past its due date.") % values
    if delays.turnover <= 0:
        return _("On %(day)s invoices of %(amount)s were past their due date; there was no turnover.") % values
    return _("On %(day)s invoices of %(amount)s were past their due date: %(share)s of the turnover.") % values


def _figures(organisation: Organisation, delays: Delays, asked: Asked, *, with_tax: bool) -> Iterator[Figure]:
    yield Figure(
        label=_("Turnover of the year"),
        value=money_text(delays.turnover, asked),
        meaning=_("What was billed, credit notes deducted.") if with_tax else _("What the accounts of sales say."),
        link=sales_link(organisation, asked.start, asked.end),
    )
    yield Figure(
        label=_("Invoices of the year"),
        value=str(delays.issued),
        meaning=_("Worth %(amount)s; credit notes are none.") % {"amount": money_text(delays.issued_amount, asked)},
        link=invoices_link(organisation, asked.start, asked.end),
    )


def _unpaid_caption() -> str:
    return _("(A) Invoices issued and not paid at the end of the year, past their term (D441-6, I, 2°)")


def _late_caption() -> str:
    return _("(A) Invoices issued that were paid late during the year (D441-6, II: may stand instead)")


def _of_turnover(with_tax: bool) -> str:
    return _("Part of the turnover, with tax") if with_tax else _("Part of the turnover, without tax")


def _of_issued(with_tax: bool) -> str:
    if with_tax:
        return _("Part of the invoices of the year, with tax")
    return _("Part of the invoices of the year, without tax")


def _brackets(
    key: str, caption: str, parts: Sequence[LatePart], whole: Decimal, share_label: str, with_tax: bool
) -> Table:
    past = [each for each in parts if each.days > 0]
    rows = [
        _row(label, bracket.count, bracket.amount, whole)
        for label, bracket in zip(_labels(), brackets_of(parts), strict=True)
    ]
    return Table(
        key=key,
        caption=caption,
        columns=(
            Column(key="bracket", label=_("Late by"), value=lambda row: row.label),
            count_column("count", _("Number of invoices"), lambda row: row.count, on_phone=True),
            amount_column("amount", _total_label(with_tax), lambda row: row.amount, on_phone=True),
            share_column("share", share_label, lambda row: row.share),
        ),
        rows=rows,
        totals=(_row(_("Total (1 day and more)"), count_of(past), amount_of(past), whole),),
    )


def _row(label: str, count: int, amount: Decimal, whole: Decimal) -> _Row:
    return _Row(label=label, count=count, amount=amount, share=amount / whole if whole > 0 else None)


def _total_label(with_tax: bool) -> str:
    return _("Total amount, with tax") if with_tax else _("Total amount, without tax")


def _labels() -> tuple[str, ...]:
    return (
        _("0 days (for information)"),
        _("1 to 30 days"),
        _("31 to 60 days"),
        _("61 to 90 days"),
        _("91 days and more"),
    )


def _excluded(parts: Sequence[LatePart], *, with_tax: bool) -> Table:
    """Disputed ones are left out of (A): number and amount must be said (D441-6, IV)."""
    out = [each for each in parts if each.is_disputed]
    row = _row(_("Disputed at the end of the year"), count_of(out), amount_of(out), Decimal(0))
    return Table(
        key="excluded",
        caption=_("(B) Invoices left out of (A): disputed or not booked"),
        columns=(
            Column(key="what", label=_("What"), value=lambda row: row.label),
            count_column("count", _("Number of invoices left out"), lambda row: row.count, on_phone=True),
            amount_column("amount", _total_label(with_tax), lambda row: row.amount, on_phone=True),
        ),
        rows=(row,),
    )


def _references(delays: Delays) -> Table:
    return Table(
        key="references",
        caption=_("(C) Reference delays that were used (contractual, or legal: C. com. L441-10)"),
        columns=(
            Column(key="kind", label=_("Delay"), value=lambda row: row.label),
            Column(key="words", label=_("What was used"), value=lambda row: row.words),
        ),
        rows=(
            _Reference(label=_("Contractual"), words=_contractual(delays)),
            _Reference(label=_("Legal"), words=_("Only where an invoice says no due date: none here.")),
        ),
    )


def _contractual(delays: Delays) -> str:
    if delays.terms is None:
        return _("The due date of each invoice; none was issued in the year.")
    least, middle, most = delays.terms
    values = {"least": least, "most": most, "median": figures.number(middle, page_language())}
    if least == most:
        return _("The due date of each invoice: %(median)s days from its date.") % values
    return _(
        "The due date of each invoice: %(least)s to %(most)s days from its date, half of them up to %(median)s."
    ) % (values)


def _invoices(organisation: Organisation, key: str, caption: str, parts: Sequence[LatePart]) -> Table:
    return Table(
        key=key,
        caption=caption,
        columns=(
            Column(
                key="number",
                label=_("Invoice"),
                value=lambda row: row.number,
                link=lambda row: reverse("billing:invoice", args=[organisation.slug, row.invoice_id]),
            ),
            Column(key="customer", label=_("Customer"), value=lambda row: row.customer),
            Column(key="due", label=_("Due"), value=lambda row: row.due, kind=CellKind.DATE, on_phone=False),
            count_column("days", _("Days late"), lambda row: row.days, on_phone=True),
            amount_column("amount", _("Amount"), lambda row: row.amount, on_phone=True),
            Column(
                key="disputed",
                label=_("Disputed"),
                value=lambda row: _("left out") if row.is_disputed else "",
                on_phone=False,
            ),
        ),
        rows=parts,
        empty=_("No invoice was late."),
    )


def _notes() -> Iterator[str]:
    yield _(
        "Source: C. com. L441-14, D441-6 (decree 2021-211 of 24 February 2021) and the models of annex 4-1 to A441-2. "
        "Asked of companies whose accounts an auditor certifies and that write a management report. Suppliers are the "
        "other half of the statement: they are not in Réglo."
    )
    yield _(
        "The brackets of the model stand below each other here. Due on the last day itself is 0 days late. Delays are "
        "calendar days from the due date of the invoice; of an invoice with several due dates each counts by itself."
    )
    yield _(
        "Amounts at the end are what was left to pay; during the year, the whole invoice or due date. Without tax: in "
        "the proportion of the invoice. You choose with or without tax, and say which (III)."
    )
    yield _(
        "Invoices about which a dispute was open at the end are left out and counted in (B) (IV). What is not booked "
        "is not in the ledger: add it by hand."
    )


KIND = ReportKind(
    name="payment-delays",
    title=gettext_lazy("Payment delays of customers (D441-6)"),
    question=gettext_lazy("What does the management report say of invoices that customers pay late?"),
    icon="calendar-due",
    span=Span.PERIOD,
    make=_make,
    groupings=(
        Grouping(key="without-tax", label=pgettext_lazy("amounts", "Without tax")),
        Grouping(key=_WITH_TAX, label=pgettext_lazy("amounts", "With tax")),
    ),
    usual_period=last_year,
)
