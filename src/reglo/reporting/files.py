"""A report as CSV, XLSX and PDF."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reglo.charts.drawing import svg_of
from reglo.formats.pdf import figures, render_paper
from reglo.formats.pdf.papers import Block, Grid, Heading, Paper, Picture, Small
from reglo.lists.files import Sheet, cells_of, csv_lines, headers_of, xlsx_book
from reglo.organisations.letterhead import letterhead_of
from reglo.organisations.models import Organisation
from reglo.organisations.queries import look_of
from reglo.reporting.report import Asked, Figure, Report, ReportKind, Span, Table
from reglo.reporting.shown import written

_WIDE = 6  #: more columns than these need a page on its side


def csv_of(table: Table, language: str) -> Iterator[bytes]:
    """One table, its totals last."""
    rows = (cells_of(row, table.columns) for row in (*table.rows, *table.totals))
    return csv_lines(headers_of(table.columns), rows, language=language)


def xlsx_of(report: Report) -> Any:
    """All tables, a sheet each, in a temporary file."""
    return xlsx_book(
        Sheet(
            title=table.caption,
            headers=list(headers_of(table.columns)),
            rows=(cells_of(row, table.columns) for row in table.rows),
            totals=[list(cells_of(row, table.columns)) for row in table.totals],
        )
        for table in report.tables
    )


def pdf_of(organisation: Organisation, kind: ReportKind, asked: Asked, report: Report, language: str) -> bytes:
    """The whole report on paper."""
    head = letterhead_of(organisation)
    title = f"{kind.title}, {spoken_span(kind, asked, language)}"
    paper = Paper(
        language=language,
        title=title,
        subject=title,
        sender=head.trading_name or head.name,
        sender_lines=(*head.address, " · ".join(head.reach)),
        footer=" · ".join(part for part in (head.name, head.legal) if part),
        look=look_of(organisation),
        is_wide=any(len(table.columns) > _WIDE for table in report.tables),
        blocks=tuple(blocks_of(report, language)),
    )
    return render_paper(paper, written=asked.today)


def spoken_span(kind: ReportKind, asked: Asked, language: str) -> str:
    """The day or the days of which a report speaks."""
    end = figures.day(asked.end, language)
    if kind.span is Span.DAY:
        return end
    return _("from %(start)s to %(end)s") % {"start": figures.day(asked.start, language), "end": end}


def blocks_of(report: Report, language: str) -> Iterator[Block]:
    """What a report says, as parts of a paper."""
    yield from report.lead.split("\n\n")
    if report.figures:
        yield _figures(report.figures)
    for chart in report.charts:
        yield Heading(chart.title)
        yield Picture(svg=svg_of(chart), words=f"{chart.title}. {chart.about}")
    for table in report.tables:
        yield Heading(table.caption)
        yield _grid(table, language) if table.rows else table.empty or _("Nothing to show.")
    for note in report.notes:
        yield Small(note)


def _figures(shown: Sequence[Figure]) -> Grid:
    """The figures that stand out, with what they say where one of them says something."""
    if not any(each.meaning for each in shown):
        rows: tuple[tuple[str, ...], ...] = tuple((each.label, each.value) for each in shown)
        return Grid(headings=(pgettext("column", "Figure"), _("Value")), rows=rows, figures=frozenset({1}))
    rows = tuple((each.label, each.meaning, each.value) for each in shown)
    return Grid(
        headings=(pgettext("column", "Figure"), pgettext("file", "What it says"), _("Value")),
        rows=rows,
        figures=frozenset({2}),
    )


def _grid(table: Table, language: str) -> Grid:
    rows: Sequence[tuple[str, ...]] = [
        tuple(written(row, table.columns, language)) for row in (*table.rows, *table.totals)
    ]
    return Grid(
        headings=tuple(str(column.label) for column in table.columns),
        rows=tuple(rows),
        figures=frozenset(place for place, column in enumerate(table.columns) if column.is_figure),
        totals=len(table.totals),
    )
