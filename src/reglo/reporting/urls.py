"""Addresses of this room, below /o/<slug>/reports/."""

from django.urls import path

from reglo.reporting.views import handing, reports, schedules, statements

app_name = "reporting"

urlpatterns = [
    path("", reports.index, name="index"),
    path("schedules/", schedules.schedules, name="schedules"),
    path("schedules/new/", schedules.schedule_new, name="schedule-new"),
    path("schedules/<int:pk>/", schedules.schedule, name="schedule"),
    path("schedules/<int:pk>/stop/", schedules.schedule_stop, name="schedule-stop"),
    path("schedules/<int:pk>/resume/", schedules.schedule_resume, name="schedule-resume"),
    path("fec/", handing.fec, name="fec"),
    path("fec/entries/", handing.entries, name="entries"),
    path("archive/", handing.archive, name="archive"),
    path("files/<int:pk>/", handing.file, name="file"),
    path("files/<int:pk>/progress/", handing.file_progress, name="file-progress"),
    path("files/<int:pk>/download/", handing.file_download, name="file-download"),
    path("files/<int:pk>/description/", handing.file_description, name="file-description"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:pk>/", statements.statement_run, name="statement-run"),
    path("statements/<int:pk>/progress/", statements.statement_run_progress, name="statement-run-progress"),
    path("statement/<int:customer_pk>/", statements.statement, name="statement"),
    path("statement/<int:customer_pk>/send/", statements.statement_send, name="statement-send"),
    path("statement/<int:customer_pk>/preview/", statements.statement_preview, name="statement-preview"),
    path("<slug:report_name>/", reports.report, name="report"),
]
