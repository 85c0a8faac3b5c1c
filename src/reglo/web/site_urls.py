"""Addresses of the site itself: start page, organisations, language, theme."""

from django.urls import path

from reglo.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("organisations/", views.organisations, name="organisations"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
