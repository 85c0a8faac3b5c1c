"""Addresses of this room, below /o/<slug>/reports/."""

from django.urls import path

from reglo.reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:name>/", views.report, name="report"),
]
