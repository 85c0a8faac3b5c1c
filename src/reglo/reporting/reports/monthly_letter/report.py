"""The letter as a report: its paragraphs, four figures, the year in bars, who is late."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reglo.charts.bars import BarChart, bar_chart
from reglo.core.accounting import EventKind
from reglo.core.dates import add_months
from reglo.core.money import from_minor
from reglo.ledger.queries import came_in
from reglo.lists.listing import CellKind, Column
from reglo.organisations.models import Organisation
from reglo.reporting.periods import last_month
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.monthly_letter.facts import MonthFacts, month_facts
from reglo.reporting.reports.monthly_letter.words import letter_of, money

_MONTHS = 12


def _make(organisation: Organisation, asked: Asked) -> Report:
    facts = month_facts(organisation, asked)
    return Report(
        lead="\n\n".join(letter_of(facts, asked)),
        figures=tuple(_figures(organisation, facts, asked)),
        charts=(_came_in_by_month(organisation, asked),),
        tables=(_late(organisation, facts),),
        notes=(
            _("From the ledger, with tax. Money that came in is what customers paid, less what was given back."),
            _("Late is what is past its due date at the end of the period, whoever is reminded of it or not."),
        ),
    )


def _figures(organisation: Organisation, facts: MonthFacts, asked: Asked) -> Iterator[Figure]:
    days = f"from={asked.start.isoformat()}&to={asked.end.isoformat()}"
    entries = reverse("ledger:entries", args=[organisation.slug])
    billed, paid = money(facts.now.billed, asked), money(facts.now.came_in, asked)
    yield Figure(label=_("Billed"), value=billed, link=f"{entries}?kind={EventKind.DOCUMENT}&{days}")
    yield Figure(label=_("Came in"), value=paid, link=f"{entries}?kind={EventKind.PAYMENT}&{days}")
    yield Figure(label=_("Owed at the end"), value=money(facts.owed, asked))
    yield Figure(label=_("Late at the end"), value=money(facts.late, asked))


def _came_in_by_month(organisation: Organisation, asked: Asked) -> BarChart:
    """What came in in each of the twelve months that end with the period."""
    first = add_months(asked.end.replace(day=1), 1 - _MONTHS)
    months = [add_months(first, number) for number in range(_MONTHS)]
    paid = dict.fromkeys(months, 0)
    for day, amount in came_in(organisation, currency=asked.currency, start=first, end=asked.end).items():
        paid[day.replace(day=1)] += amount
    return bar_chart(
        [(date_format(month, "N"), from_minor(paid[month], asked.currency)) for month in months],
        key="came-in",
        title=_("Paid by customers, month by month"),
        about=_("Bars of the twelve months that end with this period, the last one marked."),
        marked=-1,
    )


def _late(organisation: Organisation, facts: MonthFacts) -> Table:
    return Table(
        key="late",
        caption=_("Who owes most past its date"),
        columns=(
            Column(
                key="customer",
                label=_("Customer"),
                value=lambda row: row.name,
                link=lambda row: reverse("collection:story", args=[organisation.slug, row.customer_id]),
            ),
            Column(key="owed", label=_("Late, with tax"), value=lambda row: row.owed, kind=CellKind.AMOUNT),
            Column(key="days", label=_("Days at most"), value=lambda row: row.days, kind=CellKind.COUNT),
        ),
        rows=facts.latest,
        empty=_("Nobody was late."),
    )


KIND = ReportKind(
    name="monthly-letter",
    title=gettext_lazy("Monthly letter"),
    question=gettext_lazy("How was the month, and what is worth doing?"),
    icon="mail-opened",
    span=Span.PERIOD,
    make=_make,
    usual_period=last_month,
)
