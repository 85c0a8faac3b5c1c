"""Addresses of the shell within an organisation: dashboard, search, palette."""

from django.urls import path

from reglo.web import home

app_name = "home"
urlpatterns = [
    path("", home.dashboard, name="dashboard"),
    path("search/", home.search, name="search"),
    path("palette/", home.palette, name="palette"),
]
