"""Addresses of this room, below /o/<slug>/reports/."""

from django.urls import path

from reglo.reporting.views import reports, schedules

app_name = "reporting"

urlpatterns = [
    path("", reports.index, name="index"),
    path("schedules/", schedules.schedules, name="schedules"),
    path("schedules/new/", schedules.schedule_new, name="schedule-new"),
    path("schedules/<int:pk>/", schedules.schedule, name="schedule"),
    path("schedules/<int:pk>/stop/", schedules.schedule_stop, name="schedule-stop"),
    path("schedules/<int:pk>/resume/", schedules.schedule_resume, name="schedule-resume"),
    path("<slug:report_name>/", reports.report, name="report"),
]
