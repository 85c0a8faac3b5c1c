"""Addresses of this room, below /o/<slug>/forecast/."""

from django.urls import URLPattern

app_name = "forecast"

urlpatterns: list[URLPattern] = []
