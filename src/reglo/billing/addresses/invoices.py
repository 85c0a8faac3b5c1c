"""Addresses of issued invoices and their files."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
