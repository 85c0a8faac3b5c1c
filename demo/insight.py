"""Where the firm stands: every report as PDF, XLSX and pictures, in a folder."""

from datetime import date
from pathlib import Path

from django.utils import translation

from reglo.charts.drawing import svg_of
from reglo.organisations.models import Organisation
from reglo.reporting.catalogue import REPORTS
from reglo.reporting.files import pdf_of, xlsx_of
from reglo.reporting.report import Asked, Report, ReportKind, Span

_LANGUAGE = "fr"


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
