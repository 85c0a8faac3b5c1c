"""Addresses of the site itself: start page, language, theme."""

from django.urls import path

from reglo.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
]
