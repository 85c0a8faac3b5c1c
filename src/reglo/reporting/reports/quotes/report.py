"""Quotes as a report: what became of them, by month and by customer."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from reglo.billing.queries.quotes import QuoteStanding
from reglo.charts.lines import LineChart, line_chart
from reglo.lists.listing import Column
from reglo.organisations.models import Organisation
from reglo.reporting.columns import amount_column, count_column, days_column, share_column
from reglo.reporting.links import quotes_link
from reglo.reporting.periods import Period, months_within, year_back
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.reports.quotes.facts import Outcome, SentQuote, by_customer, sent_quotes
from reglo.reporting.spoken import days_text, money_text, share_text


def _make(organisation: Organisation, asked: Asked) -> Report:
    quotes = tuple(sent_quotes(organisation, asked))
    whole = _of(organisation, quotes, Period(_("Whole period"), asked.start, asked.end))
    periods = months_within(asked.start, asked.end)
    months = [_of(organisation, quotes, each) for each in periods]
    return Report(
        lead=_lead(whole, asked),
        figures=tuple(_figures(organisation, whole, asked)),
        charts=(_chart(periods, months),) if quotes else (),
        tables=(
            _table("months", _("By month in which they were sent"), _("Month"), months, totals=(whole,)),
            _table("customers", _("By customer"), _("Customer"), by_customer(organisation, quotes)),
        ),
        notes=tuple(_notes()),
    )


def _of(organisation: Organisation, quotes: Sequence[SentQuote], period: Period) -> Outcome:
    within = tuple(each for each in quotes if period.start <= each.on <= period.end)
    return Outcome(label=period.label, link=quotes_link(organisation, None, period.start, period.end), quotes=within)


def _lead(whole: Outcome, asked: Asked) -> str:
    count = len(whole.quotes)
    values = {
        "count": count,
        "share": share_text(whole.conversion),
        "signed": money_text(whole.signed, asked),
        "days": days_text(whole.days),
    }
    if not count:
        return _("No quote was sent in this period.")
    sent = ngettext("You sent %(count)s quote.", "You sent %(count)s quotes.", count) % values
    if whole.conversion is None:
        return " ".join((sent, _("None is decided yet.")))
    won = _("Of those that are decided, %(share)s were accepted, worth %(signed)s without tax.") % values
    if whole.days is None:
        return " ".join((sent, won))
    return " ".join((sent, won, _("An answer usually takes %(days)s.") % values))


def _figures(organisation: Organisation, whole: Outcome, asked: Asked) -> Iterator[Figure]:
    days = (asked.start, asked.end)
    yield Figure(
        label=_("Accepted, by number"),
        value=share_text(whole.conversion),
        meaning=_("Of the quotes that were answered or ran out, the part that was accepted."),
        link=quotes_link(organisation, QuoteStanding.ACCEPTED, *days),
    )
    yield Figure(
        label=_("Accepted, by amount"),
        value=share_text(whole.amount_conversion),
        meaning=_("The same by what was offered. Lower than by number: you win the small ones."),
        link=quotes_link(organisation, QuoteStanding.ACCEPTED, *days),
    )
    yield Figure(
        label=_("Signed, without tax"),
        value=money_text(whole.signed, asked),
        meaning=_("What customers signed, options that they took included."),
        link=quotes_link(organisation, QuoteStanding.ACCEPTED, *days),
    )
    yield Figure(
        label=_("Days to an answer"),
        value=days_text(whole.days),
        meaning=_("Half of the answers came sooner."),
        link=quotes_link(organisation, None, *days),
    )
    yield Figure(
        label=_("Still waiting"),
        value=str(whole.count(QuoteStanding.SENT)),
        meaning=_("Sent in the period, not answered, and still valid today."),
        link=quotes_link(organisation, QuoteStanding.SENT, *days),
    )


def _chart(periods: Sequence[Period], months: Sequence[Outcome]) -> LineChart:
    return line_chart(
        [each.short for each in periods],
        [
            (_("By number"), _percents(each.conversion for each in months)),
            (_("By amount"), _percents(each.amount_conversion for each in months)),
        ],
        key="conversion",
        title=_("Quotes accepted, in percent of those that are decided"),
        about=_("Two lines over the months in which the quotes were sent, by number and by amount."),
    )


def _percents(parts: Iterable[Decimal | None]) -> list[Decimal | None]:
    return [None if part is None else part * 100 for part in parts]


def _table(key: str, caption: str, of: str, rows: Sequence[Outcome], totals: Sequence[Outcome] = ()) -> Table:
    name = Column(key=key, label=of, value=lambda row: row.label, link=lambda row: row.link)
    return Table(
        key=key,
        caption=caption,
        columns=(name, *_columns()),
        rows=rows,
        totals=totals,
        empty=_("No quote was sent in this period."),
    )


def _columns() -> Iterator[Column]:
    yield count_column("sent", pgettext("quotes", "Sent"), lambda row: len(row.quotes), on_phone=True)
    yield count_column(
        "accepted", pgettext("quotes", "Accepted"), lambda row: row.count(QuoteStanding.ACCEPTED), on_phone=True
    )
    yield count_column("refused", pgettext("quotes", "Refused"), lambda row: row.count(QuoteStanding.REFUSED))
    yield count_column("expired", _("Expired"), lambda row: row.count(QuoteStanding.EXPIRED))
    yield count_column("waiting", _("Waiting"), lambda row: row.count(QuoteStanding.SENT))
    yield amount_column("offered", _("Offered"), lambda row: row.offered)
    yield amount_column("signed", _("Signed"), lambda row: row.signed)
    yield share_column("conversion", _("Rate"), lambda row: row.conversion, on_phone=True)
    yield share_column("amount-conversion", _("Rate, by amount"), lambda row: row.amount_conversion)
    yield days_column("days", _("Days"), lambda row: row.days)


def _notes() -> Iterator[str]:
    yield _(
        "Quotes whose date lies in the period, with what became of them until today. A quote is expired once its last "
        "day is past without an answer. Waiting ones are neither won nor lost: they do not count in what is accepted."
    )
    yield _(
        "Offered: without options. Signed: with the options that were taken. Amounts are without tax. "
        "Deleted quotes are left out."
    )


KIND = ReportKind(
    name="quotes",
    title=gettext_lazy("Quotes"),
    question=gettext_lazy("How many of my quotes are accepted, and how soon?"),
    icon="file-description",
    span=Span.PERIOD,
    make=_make,
    usual_period=year_back,
)
