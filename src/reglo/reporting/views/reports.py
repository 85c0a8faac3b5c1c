"""The index of reports, and the page and files of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reglo.accounts.language import page_language
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.reporting.catalogue import GROUPS, REPORTS
from reglo.reporting.files import csv_of, pdf_of, spoken_span, xlsx_of
from reglo.reporting.forms.asked import AskedForm
from reglo.reporting.periods import Period, offered_periods
from reglo.reporting.queries import currencies_of
from reglo.reporting.report import Asked, Report, ReportKind, Span, Table
from reglo.reporting.shown import shown

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = ("csv", "xlsx", "pdf")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A period that is offered, and whether it is shown."""

    period: Period
    is_current: bool


@require_GET
@needs(Permission.READ)
def index(request: MemberRequest) -> HttpResponse:
    """All reports, by what one wants to know."""
    return render(request, "reporting/index.html", {"groups": GROUPS})


@require_GET
@needs(Permission.READ)
def report(request: MemberRequest, report_name: str) -> HttpResponseBase:
    """A report: its page, or with ?format=csv, xlsx, pdf a file of it."""
    kind = REPORTS.get(report_name)
    if kind is None:
        raise Http404
    today = today_of(request.organisation, timezone.now())
    form = AskedForm(request.GET, kind=kind, currencies=currencies_of(request.organisation), today=today)
    is_clear = form.is_valid()
    asked = form.asked
    made = kind.make(request.organisation, asked)
    if is_clear and (wanted := request.GET.get("format", "")) in _FORMATS:
        return _file(request, kind, asked, made, wanted)
    values = {
        "kind": kind,
        "form": form,
        "asked": asked,
        "report": made,
        "span": spoken_span(kind, asked, page_language()),
        "tables": [shown(table) for table in made.tables],
        "periods": _offered(kind, asked, today),
        "query": _query(kind, asked),
    }
    return render(request, "reporting/report.html", values)


def _offered(kind: ReportKind, asked: Asked, today: date) -> Sequence[_Choice]:
    if kind.span is Span.DAY:
        return ()
    return [_Choice(each, (each.start, each.end) == (asked.start, asked.end)) for each in offered_periods(today)]


def _query(kind: ReportKind, asked: Asked) -> str:
    """The query string of this very report."""
    parts = {"end": asked.end.isoformat(), "currency": asked.currency}
    if kind.span is Span.PERIOD:
        parts["start"] = asked.start.isoformat()
    if len(kind.groupings) > 1:
        parts["by"] = asked.by
    return "&".join(f"{name}={value}" for name, value in parts.items())


def _file(request: MemberRequest, kind: ReportKind, asked: Asked, made: Report, wanted: str) -> HttpResponseBase:
    name = f"{kind.name}-{asked.end.isoformat()}"
    match wanted:
        case "xlsx":
            return FileResponse(xlsx_of(made), as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)
        case "pdf":
            content = pdf_of(request.organisation, kind, asked, made, page_language())
            return _attached([content], f"{name}.pdf", "application/pdf")
        case _:
            table = _table(made, request.GET.get("table", ""))
            # All at once: labels are lazy, and the language of the request ends before a stream does.
            lines = list(csv_of(table, page_language()))
            return _attached(lines, f"{name}-{table.key}.csv", "text/csv; charset=utf-8")


def _attached(content: Iterable[bytes], name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _table(made: Report, key: str) -> Table:
    """The table that is asked for, the first where none is."""
    found = next((each for each in made.tables if each.key == key or not key), None)
    if found is None:
        raise Http404
    return found
