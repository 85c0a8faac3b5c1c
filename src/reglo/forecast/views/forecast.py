"""The forecast: when the open invoices will be paid, and what that makes of the treasury."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reglo.accounts.language import page_language
from reglo.charts.band import BandChart, Reach, band_chart
from reglo.forecast.columns import INVOICES, WEEKS
from reglo.forecast.models import Foreseen, Replay
from reglo.forecast.queries.foreseen import expected_within
from reglo.forecast.queries.outgoings import outgoings_between
from reglo.forecast.queries.rows import invoice_rows, week_rows
from reglo.forecast.services.forecasts import is_under_way, up_to_date
from reglo.forecast.services.replays import ask_for_replay
from reglo.forecast.stored import Outlook, read_forecast, read_replay
from reglo.lists.files import Sheet, cells_of, csv_lines, headers_of, xlsx_book
from reglo.lists.listing import Column
from reglo.lists.page import ShownCell
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.models import Organisation
from reglo.organisations.permissions import Permission

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
    tables = _tables(request.organisation, foreseen, outlook)
    if (wanted := request.GET.get("format")) in ("csv", "xlsx"):
        return _file(tables, foreseen.day, wanted)
    invoices, weeks = tables["invoices"][1], tables["weeks"][1]
    values = {
        "foreseen": foreseen,
        "is_under_way": is_under_way(request.organisation),
        "outlook": outlook,
        "month": expected_within(foreseen.day, outlook, days=30),
        "charts": tuple(_charts(outlook)),
        "invoice_columns": INVOICES,
        "invoices": [_cells(row, INVOICES) for row in invoices[:_SHOWN]],
        "more": max(len(invoices) - _SHOWN, 0),
        "week_columns": WEEKS,
        "weeks": [_cells(row, WEEKS) for row in weeks],
    }
    return render(request, "forecast/forecast.html", values)


_Tables = dict[str, tuple[Sequence[Column], Sequence[Any]]]


def _tables(organisation: Organisation, foreseen: Foreseen, outlook: Outlook) -> _Tables:
    last = foreseen.day + timedelta(days=len(outlook.days))
    outgoings = outgoings_between(organisation, foreseen.day, last)
    return {
        "invoices": (INVOICES, invoice_rows(organisation, outlook, page_language())),
        "weeks": (WEEKS, list(week_rows(outlook, outgoings))),
    }


def _cells(row: Any, columns: Iterable[Column]) -> list[ShownCell]:
    return [ShownCell(column=each, value=each.value(row), link=each.link(row) if each.link else "") for each in columns]


def _charts(outlook: Outlook) -> Iterable[BandChart]:
    mondays = [(day.on, date_format(day.on, "j b")) for day in outlook.days if day.on.weekday() == 0]
    if outlook.invoices:
        yield band_chart(
            [Reach(day.on, *_euros(day.so_far.low, day.so_far.middle, day.so_far.high)) for day in outlook.days],
            mondays,
            key="so-far",
            title=_("What comes in from open invoices, added up"),
            about=_("The line is as likely as not, the band holds eight chances in ten; the table tells the weeks."),
        )
    if outlook.lowest is not None:
        yield band_chart(
            [
                Reach(day.on, *_euros(day.balance.low, day.balance.middle, day.balance.high))
                for day in outlook.days
                if day.balance
            ],
            mondays,
            key="treasury",
            title=_("What is on the accounts"),
            about=_("From the balance of the last statements, with what comes in and the known outgoings."),
        )


def _euros(*cents: int) -> tuple[float, ...]:
    """For the drawing alone, which no money is taken from."""
    return tuple(each / 100 for each in cents)


def _file(tables: _Tables, day: date, wanted: str) -> HttpResponseBase:
    name = f"forecast-{day.isoformat()}"
    if wanted == "xlsx":
        titles = {"invoices": _("Open invoices"), "weeks": _("Week by week")}
        book = xlsx_book(
            Sheet(
                title=titles[key],
                headers=list(headers_of(columns)),
                rows=(cells_of(row, columns) for row in rows),
            )
            for key, (columns, rows) in tables.items()
        )
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)
    columns, rows = tables["invoices"]
    lines = csv_lines(headers_of(columns), (cells_of(row, columns) for row in rows), language=page_language())
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
