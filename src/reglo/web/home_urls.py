"""Addresses of the shell within an organisation: dashboard, search, palette, saved filters."""

from django.urls import URLPattern

app_name = "home"
urlpatterns: list[URLPattern] = []
