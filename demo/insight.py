"""Where the firm stands: the forecast, and every report as PDF, XLSX and pictures, in a folder."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from django.utils import translation

from reglo.charts.drawing import svg_of
from reglo.core.terms.figures import amount_text
from reglo.forecast.columns import euro
from reglo.forecast.models import Frequency, OutgoingKind
from reglo.forecast.pictures import charts_of
from reglo.forecast.queries.foreseen import expected_within
from reglo.forecast.queries.tables import book_of, tables_of
from reglo.forecast.services.forecasts import forecast_day
from reglo.forecast.services.outgoings import OutgoingFacts, add_outgoing
from reglo.forecast.stored import read_forecast
from reglo.journal.services import Actor
from reglo.organisations.models import Membership, Organisation, Role
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.accounting.fec import write_ledger_fec
from reglo.reporting.accounting.years import year_closing_in
from reglo.reporting.catalogue import REPORTS
from reglo.reporting.files import pdf_of, xlsx_of
from reglo.reporting.report import Asked, Report, ReportKind, Span

_LANGUAGE = "fr"


#: Kind, label, cents, day of the month, of what surely goes out.
_OUTGOINGS = (
    (OutgoingKind.PAYROLL, "Salaires et cotisations", 31_500_00, 28),
    (OutgoingKind.SUPPLIERS, "Fournisseurs", 24_000_00, 15),
    (OutgoingKind.RENT, "Atelier", 2_400_00, 5),
    (OutgoingKind.VAT, "TVA", 9_800_00, 20),
)


def write_forecast(organisation: Organisation, folder: Path, *, by: Actor, now: datetime, today: date) -> str:
    """Know what goes out, make the forecast of today, write its tables and drawings; the month to come in words."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, label, cents, day in _OUTGOINGS:
        facts = OutgoingFacts(
            kind=kind,
            label=label,
            amount_minor=cents,
            frequency=Frequency.MONTH,
            first_on=today.replace(day=day),
            last_on=None,
        )
        add_outgoing(organisation=organisation, facts=facts, by=by, now=now)
    outlook = read_forecast(forecast_day(organisation=organisation, now=now).content)
    with translation.override(_LANGUAGE), book_of(tables_of(organisation, today, outlook, _LANGUAGE)) as book:
        (folder / "prevision.xlsx").write_bytes(book.read())
        for chart in charts_of(outlook):
            (folder / f"{chart.key}.svg").write_text(svg_of(chart), encoding="utf-8")
    month = expected_within(today, outlook, days=30)
    assert month is not None
    low, middle, high = (amount_text(euro(each)).fr for each in (month.range.low, month.range.middle, month.range.high))
    return f"Sous 30 jours, {middle} attendus ; avec huit chances sur dix, entre {low} et {high}."


def write_fec(organisation: Organisation, folder: Path, *, today: date) -> str:
    """Write the FEC of the last whole fiscal year, checked; what it holds, in words."""
    year = year_closing_in(organisation, today.year - 1)
    with BytesIO() as stream:
        made = write_ledger_fec(extent_of(organisation, year.start, year.end), stream, leaves_out_foreign=True)
        (folder / made.name).write_bytes(stream.getvalue())
    summary, faults = made.report.summary, len(made.report.breaches)
    balanced = "équilibré" if summary.debit == summary.credit else "déséquilibré"
    return f"{made.name} : {summary.lines} lignes, {balanced}, {faults} règle(s) enfreinte(s)"


def owner_of(organisation: Organisation) -> Actor:
    """Who does all this: the owner of the firm."""
    user = Membership.objects.of(organisation).filter(role=Role.OWNER).earliest("pk").user
    return Actor(name=str(user), user_id=user.pk)


def write_reports(organisation: Organisation, folder: Path, *, today: date) -> list[str]:
    """Write each report over its usual days, in French; the first sentence of each answer, by its title."""
    folder.mkdir(parents=True, exist_ok=True)
    with translation.override(_LANGUAGE):
        return [f"{kind.title} : {_written(organisation, kind, folder, today)}" for kind in REPORTS.values()]


def _written(organisation: Organisation, kind: ReportKind, folder: Path, today: date) -> str:
    start, end = (today, today) if kind.span is Span.DAY else kind.usual_period(today)
    by = kind.groupings[0].key if kind.groupings else ""
    asked = Asked(start=start, end=end, today=today, by=by)
    report = kind.make(organisation, asked)
    (folder / f"{kind.name}.pdf").write_bytes(pdf_of(organisation, kind, asked, report, _LANGUAGE))
    _write_tables(folder / f"{kind.name}.xlsx", report)
    for chart in report.charts:
        (folder / f"{kind.name}-{chart.key}.svg").write_text(svg_of(chart), encoding="utf-8")
    return report.lead.split("\n")[0]


def _write_tables(file: Path, report: Report) -> None:
    if report.tables:
        with xlsx_of(report) as book:
            file.write_bytes(book.read())
