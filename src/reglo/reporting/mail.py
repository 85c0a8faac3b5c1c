"""A report as an e-mail: its answer in words, its figures, the whole of it as PDF and XLSX."""

from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from reglo.delivery.composing import one_line
from reglo.delivery.mime import Email, reply_to_of, sender_of
from reglo.organisations.queries import today_of
from reglo.reporting.catalogue import REPORTS
from reglo.reporting.files import pdf_of, spoken_span, xlsx_of
from reglo.reporting.models import Dispatch
from reglo.reporting.report import Asked, Report, ReportKind
from reglo.reporting.rhythm import Rhythm, period_before

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def email_of(dispatch: Dispatch, *, now: datetime) -> Email:
    """The e-mail of one report, in the language that is active. Raises KeyError for a report that is no more."""
    schedule, organisation = dispatch.schedule, dispatch.organisation
    today = today_of(organisation, now)
    kind = REPORTS[schedule.report]
    start, end = period_before(Rhythm(schedule.rhythm), dispatch.day)
    asked = Asked(start=start, end=end, today=today, by=schedule.grouping)
    report = kind.make(organisation, asked)
    values = {
        "title": kind.title,
        "span": spoken_span(kind, asked, schedule.language),
        "report": report,
        "organisation": organisation,
        "link": _link(dispatch, kind, asked),
        "settings_link": settings.PUBLIC_URL.rstrip("/") + reverse("reporting:schedules", args=[organisation.slug]),
    }
    email = Email(
        subject=one_line(f"{kind.title}, {values['span']} – {organisation}"),
        body=render_to_string("reporting/email/report.txt", values),
        from_email=sender_of(organisation),
        to=[dispatch.to],
        reply_to=reply_to_of(organisation),
        headers={
            "Message-ID": dispatch.message_id,
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(render_to_string("reporting/email/report.html", values), "text/html")
    _attach(email, dispatch, kind, asked, report)
    return email


def _attach(email: Email, dispatch: Dispatch, kind: ReportKind, asked: Asked, report: Report) -> None:
    name = f"{kind.name}-{asked.end.isoformat()}"
    pdf = pdf_of(dispatch.organisation, kind, asked, report, dispatch.schedule.language)
    email.attach(f"{name}.pdf", pdf, "application/pdf")
    if report.tables:
        with xlsx_of(report) as book:
            email.attach(f"{name}.xlsx", book.read(), _XLSX)


def _link(dispatch: Dispatch, kind: ReportKind, asked: Asked) -> str:
    """The page of this very report, for those who may log in."""
    path = reverse("reporting:report", args=[dispatch.organisation.slug, kind.name])
    query = urlencode({"start": asked.start.isoformat(), "end": asked.end.isoformat(), "by": asked.by})
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}?{query}"
