"""Addresses of this room, below /o/<slug>/."""

from django.urls import URLPattern

app_name = "ledger"

urlpatterns: list[URLPattern] = []
