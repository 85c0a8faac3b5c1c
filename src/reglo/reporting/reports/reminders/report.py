"""The effect of reminders as a report, with what it can and cannot prove."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reglo.charts.bars import BarChart, bar_chart
from reglo.collection.wording import TONES
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, count_column, days_column, share_column
from reglo.reporting.periods import year_back
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.reminders.facts import (
    WINDOWS,
    Effect,
    Reminded,
    Watched,
    age_of,
    effects_of,
    median_age,
    median_days,
    owing_invoices,
    paid_within,
    reminded_invoices,
)
from reglo.reporting.spoken import days_text, share_text

_SHOWN = 100  #: invoices in the last table
_MIDDLE = WINDOWS[1]


def _make(organisation: Organisation, asked: Asked) -> Report:
    reminded = reminded_invoices(organisation, asked)
    ages = [age_of([each for each in reminded if each.tone is tone]) for tone in {each.tone for each in reminded}]
    effects = effects_of(reminded, owing_invoices(organisation, asked, ages), asked)
    return Report(
        lead=_lead(reminded, asked),
        figures=tuple(_figures(organisation, reminded, asked)),
        charts=(_chart(effects, asked),) if effects else (),
        tables=(_steps(effects, asked), _comparison(effects, asked), _invoices(organisation, reminded)),
        notes=tuple(_notes()),
    )


def _lead(reminded: Sequence[Reminded], asked: Asked) -> str:
    if not reminded:
        return _("No reminder was sent in this period.")
    watched = [each.watched for each in reminded]
    share = paid_within(watched, _MIDDLE, today=asked.today)
    count = len({each.step_id for each in reminded})
    values = {"count": count, "share": share_text(share), "days": _MIDDLE}
    sent = ngettext("%(count)s reminder was sent.", "%(count)s reminders were sent.", count) % values
    if share is None:
        return " ".join((sent, _("It is too early to see what came of them.")))
    return " ".join((sent, _("%(share)s of the invoices were paid within %(days)s days.") % values))


def _figures(organisation: Organisation, reminded: Sequence[Reminded], asked: Asked) -> Iterator[Figure]:
    watched, policy = [each.watched for each in reminded], reverse("collection:policy", args=[organisation.slug])
    for days in WINDOWS:
        yield Figure(
            label=_("Paid within %(days)s days") % {"days": days},
            value=share_text(paid_within(watched, days, today=asked.today)),
            meaning=_("Of the invoices that a reminder was about at least so long ago."),
            link=policy,
        )
    yield Figure(
        label=_("Days to payment"),
        value=days_text(median_days(watched)),
        meaning=_("From the reminder; half of those that are paid took fewer."),
        link=policy,
    )


def _chart(effects: Sequence[Effect], asked: Asked) -> BarChart:
    return bar_chart(
        [(str(TONES[each.tone]), _percent(each, asked)) for each in effects],
        key="effect",
        title=_("Paid within %(days)s days of the step, in percent") % {"days": _MIDDLE},
        about=_("A bar for each step of the ladder, from the gentlest on."),
    )


def _percent(effect: Effect, asked: Asked) -> Decimal:
    return (paid_within(effect.reminded, _MIDDLE, today=asked.today) or Decimal(0)) * 100


def _steps(effects: Sequence[Effect], asked: Asked) -> Table:
    return Table(
        key="steps",
        caption=_("Step by step"),
        columns=(
            _tone_column(),
            count_column("messages", _("Messages"), lambda row: row.messages),
            count_column("invoices", _("Invoices"), lambda row: len(row.reminded), on_phone=True),
            amount_column("asked", _("Open then"), lambda row: row.asked),
            days_column("before", _("Days late then"), lambda row: median_age(row.reminded)),
            *_windows("within", lambda row: row.reminded, asked),
            days_column("after", _("Days to payment"), lambda row: median_days(row.reminded)),
        ),
        rows=effects,
        empty=_("Once reminders are on, each step of the ladder stands here."),
    )


def _comparison(effects: Sequence[Effect], asked: Asked) -> Table:
    return Table(
        key="comparison",
        caption=_("Invoices of the same age that nobody had written about"),
        columns=(
            _tone_column(),
            count_column("others", _("Invoices"), lambda row: len(row.others), on_phone=True),
            days_column("age", _("Days late then"), lambda row: median_age(row.others)),
            *_windows("others-within", lambda row: row.others, asked),
            days_column("others-after", _("Days to payment"), lambda row: median_days(row.others)),
        ),
        rows=[each for each in effects if each.others],
        empty=_("There are none: nothing can be compared."),
    )


def _tone_column() -> Column:
    return Column(key="step", label=_("Step"), value=lambda row: str(TONES[row.tone]))


def _windows(key: str, watched: Callable[[Effect], Sequence[Watched]], asked: Asked) -> Iterator[Column]:
    def share(days: int) -> Callable[[Effect], Decimal | None]:
        return lambda row: paid_within(watched(row), days, today=asked.today)

    for days in WINDOWS:
        label = _("Paid within %(days)s days") % {"days": days}
        yield share_column(f"{key}-{days}", label, share(days), on_phone=days == _MIDDLE)


def _invoices(organisation: Organisation, reminded: Sequence[Reminded]) -> Table:
    return Table(
        key="invoices",
        caption=_("What the reminders were about, the last %(count)s") % {"count": _SHOWN},
        columns=(
            Column(
                key="day",
                label=_("Day"),
                value=lambda row: row.watched.start,
                kind=CellKind.DATE,
                link=lambda row: reverse("collection:step", args=[organisation.slug, row.step_id]),
            ),
            Column(key="customer", label=_("Customer"), value=lambda row: row.customer),
            Column(key="number", label=_("Invoice"), value=lambda row: row.number, on_phone=False),
            Column(key="tone", label=_("Step"), value=lambda row: str(TONES[row.tone]), on_phone=False),
            days_column("age", _("Days late then"), lambda row: Decimal(row.watched.age)),
            amount_column("asked", _("Open then"), lambda row: row.asked, on_phone=True),
            count_column("days", _("Days to payment"), lambda row: row.watched.days, on_phone=True),
        ),
        rows=reminded[:_SHOWN],
        empty=_("No reminder was sent in this period."),
    )


def _notes() -> Iterator[str]:
    yield _(
        "Messages are calls and letters too. An invoice is paid when its last payment settled all of it. A share "
        "counts only invoices for which the days have passed by now, so that yesterday’s do not look like failures. "
        "An invoice may stand in several steps."
    )
    yield _("Days late then, and days to payment: half of the invoices have fewer. Below zero is before the due date.")
    yield _(
        "What this can show: how soon money comes after each step. What it cannot prove: that it came because of the "
        "step. Many of these invoices would have been paid anyway, and later steps reach only those who did not pay "
        "after the earlier ones."
    )
    yield _(
        "The comparison takes invoices that were open at the age at which the step is usually sent, and that no step "
        "had been about until then. They are not like the others: small sums, considerate profiles, disputes and "
        "promises are left alone on purpose, and some were written about later. Read it as a hint, not as a trial."
    )


KIND = ReportKind(
    name="reminders",
    title=gettext_lazy("Effect of reminders"),
    question=gettext_lazy("Do reminders bring the money sooner, and which step does most?"),
    icon="bell-ringing",
    span=Span.PERIOD,
    make=_make,
    usual_period=year_back,
)
