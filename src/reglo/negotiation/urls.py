"""Addresses of this room, below /o/<slug>/negotiation/."""

from django.urls import URLPattern

app_name = "negotiation"

urlpatterns: list[URLPattern] = []
