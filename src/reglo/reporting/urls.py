"""Addresses of this room, below /o/<slug>/reports/."""

from django.urls import URLPattern

app_name = "reporting"

urlpatterns: list[URLPattern] = []
