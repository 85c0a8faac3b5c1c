"""The league as a report: the slowest and the promptest, all who paid, and how late the money came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reglo.accounts.language import page_language
from reglo.charts.bars import BarChart, bar_chart
from reglo.collection.queries.leeway import leeway_of
from reglo.core.accounting import EventKind
from reglo.formats.pdf import figures
from reglo.lists.listing import Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, count_column, days_column, share_column
from reglo.reporting.links import entries_link, story_link
from reglo.reporting.paid import paid_items
from reglo.reporting.periods import year_back
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.payment_league.facts import CLASSES, Payer, by_class, payers_of
from reglo.reporting.spoken import days_text, money_text, share_text

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _DelayClass:
    label: str
    count: int
    amount: Decimal
    share: Decimal | None  #: of all that was paid


def _make(organisation: Organisation, asked: Asked) -> Report:
    items = list(paid_items(organisation, currency=asked.currency, start=asked.start, end=asked.end))
    percent = leeway_of(organisation).money_percent
    payers = payers_of(items, money_percent=percent, currency=asked.currency)
    ranked = [each for each in payers if each.habit is not None]
    classes = _classes(by_class(each.settled for each in items))
    return Report(
        lead=_lead(payers, ranked),
        figures=tuple(_figures(organisation, asked, payers, ranked)),
        charts=(_chart(classes),) if items else (),
        tables=(
            _ranking(organisation, ranked),
            _too_few(organisation, [each for each in payers if each.habit is None]),
            _delays(classes if items else ()),
        ),
        notes=tuple(_notes(percent)),
    )


def _lead(payers: Sequence[Payer], ranked: Sequence[Payer]) -> str:
    if not payers:
        return _("Nobody paid an invoice in full in this period: there is nothing to rank yet.")
    if not ranked:
        return _("No customer paid three invoices or more in this period: too few to speak of a habit.")
    worst, best = ranked[0], ranked[-1]
    values = {"worst": worst.name, "days": days_text(worst.median), "best": best.name, "best_days": _spoken(best)}
    if len(ranked) == 1:
        return _("%(best)s usually pays %(best_days)s.") % values
    if worst.median <= 0:
        return _("Nobody is usually late. %(best)s pays soonest: %(best_days)s.") % values
    return (
        _("%(worst)s is usually the latest: %(days)s after the due date. %(best)s pays soonest: %(best_days)s.")
        % values
    )


def _spoken(payer: Payer) -> str:
    values = {"days": days_text(abs(payer.median))}
    if payer.median < 0:
        return _("%(days)s before the due date") % values
    return _("%(days)s after the due date") % values if payer.median > 0 else _("on the due date")


def _figures(
    organisation: Organisation, asked: Asked, payers: Sequence[Payer], ranked: Sequence[Payer]
) -> Iterator[Figure]:
    amount = sum((each.amount for each in payers), _NOTHING)
    late = sum((each.late_amount for each in payers), _NOTHING)
    entries = entries_link(organisation, EventKind.PAYMENT, asked.start, asked.end)
    yield Figure(
        label=_("Paid late"),
        value=share_text(late / amount if amount else None),
        meaning=_("The part of the money of invoices paid in full that came after the due date."),
        link=entries,
    )
    yield Figure(
        label=_("What delay cost you"),
        value=money_text(sum((each.cost for each in payers), _NOTHING), asked),
        meaning=_("What the late money would have spared or earned you, at your own cost of money."),
        link=entries,
    )
    for label, chosen in ((_("The latest"), ranked[:1]), (_("The soonest"), ranked[-1:])):
        for payer in chosen:
            yield Figure(
                label=label,
                value=payer.name,
                meaning=_("Usually pays %(when)s.") % {"when": _spoken(payer)},
                link=story_link(organisation, payer.customer_id),
            )


def _ranking(organisation: Organisation, ranked: Sequence[Payer]) -> Table:
    return Table(
        key="ranking",
        caption=_("Customers, the latest first"),
        columns=tuple(_columns(organisation)),
        rows=ranked,
        empty=_("A customer is ranked once it has paid three invoices in the period."),
    )


def _columns(organisation: Organisation) -> Iterator[Column]:
    yield _customer(organisation)
    yield days_column("median", _("Days late, median"), lambda row: row.median, on_phone=True)
    yield days_column("spread", _("Spread, days"), lambda row: row.habit.spread)
    yield days_column("trend", _("Trend, days"), lambda row: row.habit.trend)
    yield count_column("count", _("Invoices paid"), lambda row: row.count)
    yield amount_column("amount", _("Paid, with tax"), lambda row: row.amount)
    yield share_column("late", _("Paid late"), lambda row: row.late_share, on_phone=True)
    yield amount_column("cost", _("Cost of the delay"), lambda row: row.cost)


def _too_few(organisation: Organisation, payers: Sequence[Payer]) -> Table:
    return Table(
        key="too-few",
        caption=_("Too few invoices to rank"),
        columns=(
            _customer(organisation),
            count_column("count", _("Invoices paid"), lambda row: row.count),
            days_column("median", _("Days late, median"), lambda row: row.median, on_phone=True),
            amount_column("amount", _("Paid, with tax"), lambda row: row.amount),
            amount_column("cost", _("Cost of the delay"), lambda row: row.cost),
        ),
        rows=payers,
        empty=_("All who paid are ranked above."),
    )


def _customer(organisation: Organisation) -> Column:
    return Column(
        key="customer",
        label=_("Customer"),
        value=lambda row: row.name,
        link=lambda row: story_link(organisation, row.customer_id),
    )


def _classes(found: Mapping[int | None, tuple[int, Decimal]]) -> list[_DelayClass]:
    whole = sum((amount for _count, amount in found.values()), _NOTHING)
    return [
        _DelayClass(label=label, count=count, amount=amount, share=amount / whole if whole else None)
        for label, (count, amount) in zip(_class_labels(), found.values(), strict=True)
    ]


def _class_labels() -> Iterator[str]:
    yield _("In time")
    for first, last in pairwise(CLASSES):
        yield _("%(first)s to %(last)s days late") % {"first": first + 1, "last": last}
    yield _("More than %(days)s days late") % {"days": CLASSES[-1]}


def _chart(classes: Sequence[_DelayClass]) -> BarChart:
    return bar_chart(
        [(each.label, each.amount) for each in classes],
        key="delays",
        title=_("How late the money came"),
        about=_("A bar for each class of delay, as high as the money that came so late. The first bar came in time."),
        marked=0,
    )


def _delays(classes: Sequence[_DelayClass]) -> Table:
    return Table(
        key="delays",
        caption=_("How late the money came"),
        columns=(
            Column(key="class", label=_("Delay"), value=lambda row: row.label),
            count_column("count", _("Invoices paid"), lambda row: row.count, on_phone=True),
            amount_column("amount", _("Paid, with tax"), lambda row: row.amount, on_phone=True),
            share_column("share", _("Share"), lambda row: row.share),
        ),
        rows=classes,
        empty=_("Nothing was paid in full."),
    )


def _notes(percent: Decimal) -> Iterator[str]:
    yield _(
        "Invoices whose last payment came in the period. Days late are calendar days from the due date to that "
        "payment; below zero is early. What was only credited or written off says nothing here."
    )
    yield _(
        "Median: half of its invoices came sooner. Spread: between the quartiles, the smaller, the steadier. Trend: "
        "median of the later half of its invoices less that of the earlier, from eight on; above zero is getting worse."
    )
    rate = figures.percent(percent, page_language())
    yield _(
        "Cost of the delay: amount × days late × %(rate)s a year. You say what money costs you under “What customers "
        "get by themselves”."
    ) % {"rate": rate}


KIND = ReportKind(
    name="payment-league",
    title=gettext_lazy("Who pays well, who pays late"),
    question=gettext_lazy("Which customers pay late, and what does it cost me?"),
    icon="trophy",
    span=Span.PERIOD,
    make=_make,
    usual_period=year_back,
)
