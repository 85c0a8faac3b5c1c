"""Addresses by which one comes into an organisation, below /organisations/."""

from django.urls import path

from reglo.organisations.views import memberships

app_name = "memberships"
urlpatterns = [
    path("new/", memberships.new, name="new"),
    path("new/preview/", memberships.preview, name="new-preview"),
    path("join/<str:token>/", memberships.join, name="join"),
]
