"""Addresses of recurring invoices and number series."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
