"""The VAT of a period as a report."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from reglo.accounts.language import page_language
from reglo.charts.bars import BarChart, bar_chart
from reglo.core.accounting import AccountRole
from reglo.core.money import from_minor
from reglo.core.parties import VatRegime
from reglo.core.vat_return import FORM, SALES, FilledLine, territory_of
from reglo.formats.pdf import figures
from reglo.ledger.queries import VatMove, sales_booked, vat_account_moved, vat_moves, vat_pending
from reglo.lists.listing import CellKind, Column
from reglo.organisations.franchise import standing
from reglo.organisations.models import FranchiseActivity, Organisation
from reglo.reporting.columns import amount_column
from reglo.reporting.links import lines_link, sales_link
from reglo.reporting.periods import last_month
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.vat.rows import RateRow, eu_rows, proof_rows, rate_rows, return_lines, total_of
from reglo.reporting.spoken import money_text

_CEILINGS_IN = "EUR"


def _make(organisation: Organisation, asked: Asked) -> Report:
    days: dict[str, Any] = {"currency": asked.currency, "start": asked.start, "end": asked.end}
    moves = vat_moves(organisation, **days)
    rates = rate_rows(moves, asked.currency)
    total, lines = total_of(rates), return_lines(rates, territory_of(organisation.post_code))
    account = from_minor(vat_account_moved(organisation, **days), asked.currency)
    return Report(
        lead=_lead(organisation, total, asked),
        figures=tuple(_figures(organisation, total, account, asked)),
        charts=tuple(_charts(rates)),
        tables=tuple(_tables(organisation, moves, rates, lines, asked)),
        notes=tuple(_notes(total, account, asked)),
    )


def _lead(organisation: Organisation, total: RateRow, asked: Asked) -> str:
    values = {"tax": money_text(total.tax, asked), "base": money_text(total.base, asked)}
    if organisation.vat_regime == VatRegime.FRANCHISE and not total.tax:
        return (
            _("You are in the VAT franchise (CGI 293 B): there is no VAT to declare. Sales of the period: %(base)s.")
            % values
        )
    if not total.base and not total.tax:
        return _("Nothing was sold, and no VAT became due, in this period.")
    return _("%(tax)s of VAT became due on your sales in this period, on %(base)s without tax.") % values


def _figures(organisation: Organisation, total: RateRow, account: Decimal, asked: Asked) -> Iterator[Figure]:
    if organisation.vat_regime == VatRegime.FRANCHISE:
        yield _ceiling(organisation, asked)
    entries = lines_link(organisation, AccountRole.VAT_COLLECTED, asked.start, asked.end)
    yield Figure(label=_("VAT due on sales"), value=money_text(total.tax, asked), link=entries)
    invoiced, paid = money_text(total.tax_at_issue, asked), money_text(total.tax_on_payment, asked)
    yield Figure(label=_("Due when invoiced"), value=invoiced, meaning=_("Goods, and services on debits."))
    yield Figure(label=_("Due when paid"), value=paid, meaning=_("Services on receipts, and deposits."))
    pending = from_minor(vat_pending(organisation, currency=asked.currency, on=asked.end), asked.currency)
    yield Figure(
        label=_("Waits for its payment"),
        value=money_text(pending, asked),
        meaning=_("Invoiced and not yet due: nothing to declare until the customer pays."),
        link=lines_link(organisation, AccountRole.VAT_PENDING, None, asked.end),
    )
    if account != total.tax:
        moved = money_text(account, asked)
        yield Figure(label=_("Account 44571"), value=moved, meaning=_("It differs: see the notes."), link=entries)


def _ceiling(organisation: Organisation, asked: Asked) -> Figure:
    """How the sales since 1 January stand to the ceilings of the franchise (CGI 293 B)."""
    start = asked.end.replace(month=1, day=1)
    turnover = sales_booked(organisation, currency=_CEILINGS_IN, start=start, end=asked.end)
    stands = standing(FranchiseActivity(organisation.franchise_activity), turnover, on=asked.end)
    return Figure(
        label=_("Sales since 1 January"),
        value=figures.money(from_minor(turnover, _CEILINGS_IN), _CEILINGS_IN, page_language()),
        meaning=stands.message.in_language(page_language()),
        link=sales_link(organisation, start, asked.end),
    )


def _charts(rates: Sequence[RateRow]) -> Iterator[BarChart]:
    if len([row for row in rates if row.tax]) > 1:
        yield bar_chart(
            [(_rate_text(row.rate), row.tax) for row in rates if row.rate],
            key="vat-rates",
            title=_("VAT due, by rate"),
            about=_("A bar for each rate; the table below says it in figures."),
            height=140,
        )


def _rate_text(rate: Decimal) -> str:
    return figures.percent(rate.normalize() + 0, page_language())


def _tables(
    organisation: Organisation,
    moves: Sequence[VatMove],
    rates: Sequence[RateRow],
    lines: Sequence[FilledLine],
    asked: Asked,
) -> Iterator[Table]:
    yield _form(organisation, lines, asked)
    yield _by_rate(rates)
    if eu := eu_rows(organisation, moves, asked.currency):
        yield _eu(eu)
    yield _proof(organisation, moves, asked)


def _form(organisation: Organisation, lines: Sequence[FilledLine], asked: Asked) -> Table:
    language = page_language()

    def link(row: FilledLine) -> str:
        if row.tax is None and row.line != SALES:  # A1 is what the tax was charged on
            return sales_link(organisation, asked.start, asked.end)
        return lines_link(organisation, AccountRole.VAT_COLLECTED, asked.start, asked.end)

    return Table(
        key="ca3",
        caption=_("Lines of the return (CA3), in whole euros"),
        columns=(
            Column(key="line", label=_("Line"), value=lambda row: row.line.code, link=link),
            Column(
                key="name",
                label=pgettext("accounting", "Name"),
                value=lambda row: row.line.name.in_language(language),
                on_phone=False,
            ),
            Column(key="base", label=_("Base, to write"), value=_whole("whole_base"), kind=CellKind.COUNT),
            Column(key="tax", label=_("Tax, to write"), value=_whole("whole_tax"), kind=CellKind.COUNT),
            amount_column("exact-base", _("Base, exactly"), lambda row: row.base),
            amount_column("exact-tax", _("Tax, exactly"), lambda row: row.tax),
        ),
        rows=lines,
        empty=_("There is nothing to write: tick “néant”."),
    )


def _whole(name: str) -> Any:
    def value(row: FilledLine) -> int | None:
        found = getattr(row, name)
        return None if found is None else int(found)

    return value


def _by_rate(rates: Sequence[RateRow]) -> Table:
    total = total_of(rates)

    def name(row: RateRow) -> str:
        return _("Total") if row is total else f"{row.category} {_rate_text(row.rate)}"

    return Table(
        key="rates",
        caption=_("By rate, and by when it became due"),
        columns=(
            Column(key="rate", label=_("Category and rate"), value=name),
            amount_column("base-issue", _("Base when invoiced"), lambda row: row.base_at_issue),
            amount_column("tax-issue", _("VAT when invoiced"), lambda row: row.tax_at_issue),
            amount_column("base-paid", _("Base when paid"), lambda row: row.base_on_payment),
            amount_column("tax-paid", _("VAT when paid"), lambda row: row.tax_on_payment),
            amount_column("base", _("Base"), lambda row: row.base, on_phone=True),
            amount_column("tax", _("VAT"), lambda row: row.tax, on_phone=True),
        ),
        rows=rates,
        totals=(total,) if rates else (),
        empty=_("No VAT became due."),
    )


def _eu(rows: Sequence[Any]) -> Table:
    return Table(
        key="eu",
        caption=_("Businesses in the EU (recapitulative statement, DES)"),
        columns=(
            Column(key="customer", label=_("Customer"), value=lambda row: row.customer),
            Column(key="vat-number", label=_("VAT number"), value=lambda row: row.vat_number or _("missing")),
            Column(key="what", label=_("What"), value=lambda row: _("Goods") if row.is_goods else _("Services")),
            amount_column("amount", _("Without tax"), lambda row: row.amount, on_phone=True),
        ),
        rows=rows,
    )


def _proof(organisation: Organisation, moves: Sequence[VatMove], asked: Asked) -> Table:
    def link(row: Any) -> str:
        return reverse("ledger:entry", args=[organisation.slug, row.entry_id])

    return Table(
        key="proof",
        caption=_("What each line is made of"),
        columns=(
            Column(key="reference", label=_("Document"), value=lambda row: row.reference, link=link),
            Column(key="date", label=_("Date"), value=lambda row: row.date, kind=CellKind.DATE),
            Column(key="line", label=_("Line"), value=lambda row: row.line),
            Column(key="rate", label=_("Rate"), value=lambda row: _rate_text(row.rate), on_phone=False),
            amount_column("base", _("Base"), lambda row: row.base, on_phone=True),
            amount_column("tax", _("VAT"), lambda row: row.tax, on_phone=True),
        ),
        rows=proof_rows(moves, territory_of(organisation.post_code), asked.currency),
        empty=_("There are no entries."),
    )


def _notes(total: RateRow, account: Decimal, asked: Asked) -> Iterator[str]:
    yield _(
        "Form 3310-CA3, lines A1 to F2 and 08 to T6: your sales. Purchases, imports and deductible VAT are in the "
        "books of your accountant. A yearly CA12 asks for the same bases by rate, under other numbers."
    )
    yield _("Lines as of form %(form)s of %(year)s; compare their numbers with the form on your screen.") % {
        "form": FORM[0],
        "year": FORM[1],
    }
    yield _(
        "Each line is rounded to whole euros by itself, half up (CGI 1724). Credit notes are deducted; where a line is "
        "less than zero, its amount goes under “régularisations” (B5, F8)."
    )
    yield _(
        "Sales without VAT count on the day of their invoice. Reverse charge and exempt sales stand on E2, exports of "
        "goods on E1, intra-EU supplies of goods on F2."
    )
    if account == total.tax:
        yield _("The account 44571 grew by the same amount, to the cent.")
    else:
        values = {"account": money_text(account, asked), "tax": money_text(total.tax, asked)}
        differs = _("The account 44571 grew by %(account)s and the lines come to %(tax)s: an entry has no rate.")
        yield differs % values


KIND = ReportKind(
    name="vat",
    title=gettext_lazy("VAT (CA3)"),
    question=gettext_lazy("Which VAT do I declare on my sales, and what is each figure made of?"),
    icon="receipt-tax",
    span=Span.PERIOD,
    make=_make,
    usual_period=last_month,
)
