"""Addresses of drafts and their editor."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
