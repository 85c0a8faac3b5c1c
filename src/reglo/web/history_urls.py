"""Addresses of the journal."""

from django.urls import path

from reglo.web import history

app_name = "journal"
urlpatterns = [
    path("", history.journal, name="journal"),
]
