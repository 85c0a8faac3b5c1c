"""The forecast: when the open invoices will be paid, and what that makes of the treasury."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reglo.accounts.language import page_language
from reglo.forecast.columns import INVOICES, WEEKS
from reglo.forecast.models import Replay
from reglo.forecast.pictures import charts_of
from reglo.forecast.queries.foreseen import expected_within
from reglo.forecast.queries.kept import kept_forecast
from reglo.forecast.queries.tables import Tables, book_of, tables_of
from reglo.forecast.services.forecasts import is_under_way, up_to_date
from reglo.forecast.services.replays import ask_for_replay
from reglo.forecast.stored import read_forecast, read_replay
from reglo.lists.files import cells_of, csv_lines, headers_of
from reglo.lists.listing import Column
from reglo.lists.page import ShownCell
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200  #: invoices on the page; the file has all


@require_GET
@needs(Permission.READ)
def forecast(request: MemberRequest) -> HttpResponseBase:
    """The forecast of today, or with ?format=csv, xlsx its tables."""
    foreseen = up_to_date(organisation=request.organisation, now=timezone.now())
    if foreseen is None:
        return render(request, "forecast/under_way.html")
    outlook = read_forecast(foreseen.content)
    tables = tables_of(request.organisation, foreseen.day, outlook, page_language())
    if (wanted := request.GET.get("format")) in ("csv", "xlsx"):
        return _file(tables, foreseen.day, wanted)
    values = {
        "foreseen": foreseen,
        "is_under_way": is_under_way(request.organisation),
        "outlook": outlook,
        "month": expected_within(foreseen.day, outlook, days=30),
        "charts": tuple(charts_of(outlook)),
        "invoice_columns": INVOICES,
        "invoices": [_cells(row, INVOICES) for row in tables.invoices[:_SHOWN]],
        "more": max(len(tables.invoices) - _SHOWN, 0),
        "week_columns": WEEKS,
        "weeks": [_cells(row, WEEKS) for row in tables.weeks],
    }
    return render(request, "forecast/forecast.html", values)


def _cells(row: Any, columns: Iterable[Column]) -> list[ShownCell]:
    return [ShownCell(column=each, value=each.value(row), link=each.link(row) if each.link else "") for each in columns]


def _file(tables: Tables, day: date, wanted: str) -> HttpResponseBase:
    name = f"forecast-{day.isoformat()}"
    if wanted == "xlsx":
        book = book_of(tables)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)
    rows = (cells_of(row, INVOICES) for row in tables.invoices)
    lines = csv_lines(headers_of(INVOICES), rows, language=page_language())
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@needs(Permission.READ)
def past(request: MemberRequest) -> HttpResponse:
    """How right the forecast would have been."""
    replay = Replay.objects.of(request.organisation).order_by("-asked_at").first()
    done = Replay.objects.of(request.organisation).exclude(done_at=None).order_by("-asked_at").first()
    scores = read_replay(done.content) if done and done.content else ()
    values = {
        "kept": kept_forecast(request.organisation, today=today_of(request.organisation, timezone.now())),
        "is_under_way": replay is not None and replay.done_at is None,
        "done": done,
        "problem": done and (done.problem_fr if page_language() == "fr" else done.problem_en),
        "scores": [(score, score.coverage * 100) for score in scores],
        "at_issue": scores[0] if scores else None,
    }
    return render(request, "forecast/past.html", values)


@require_POST
@needs(Permission.BOOK)
def replay(request: MemberRequest) -> HttpResponse:
    """Let the past be replayed."""
    ask_for_replay(organisation=request.organisation, now=timezone.now())
    return redirect("forecast:past", request.organisation.slug)
