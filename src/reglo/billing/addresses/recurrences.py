"""Addresses of recurring invoices and number series."""

from django.urls import path

from reglo.billing.views import recurrences, series

urlpatterns = [
    path("settings/series/", series.series, name="series"),
    path("settings/series/<int:pk>/", series.one_series, name="one-series"),
    path("settings/series/<int:pk>/default/", series.series_default, name="series-default"),
    path("settings/series/<int:pk>/archive/", series.series_archive, name="series-archive"),
    path("recurring/", recurrences.recurrences, name="recurrences"),
    path("recurring/new/", recurrences.recurrence_new, name="recurrence-new"),
    path("recurring/<int:pk>/", recurrences.recurrence, name="recurrence"),
    path("recurring/<int:pk>/edit/", recurrences.recurrence_edit, name="recurrence-edit"),
    path("recurring/<int:pk>/pause/", recurrences.recurrence_pause, name="recurrence-pause"),
    path("recurring/<int:pk>/resume/", recurrences.recurrence_resume, name="recurrence-resume"),
    path("recurring/<int:pk>/end/", recurrences.recurrence_end, name="recurrence-end"),
]
