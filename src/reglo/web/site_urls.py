"""Addresses of the site itself: start page, organisations, language, theme."""

from django.urls import path

from reglo.web import health, views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("organisations/", views.organisations, name="organisations"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
