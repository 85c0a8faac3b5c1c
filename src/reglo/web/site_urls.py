"""Addresses of the site itself: start page, health."""

from django.urls import URLPattern

app_name = "web"
urlpatterns: list[URLPattern] = []
