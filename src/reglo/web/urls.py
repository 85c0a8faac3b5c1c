"""Every address of the site. Those of an organisation stand below /o/<slug>/, those of customers below /p/<token>/."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("reglo.accounts.urls")),
    path("organisations/", include("reglo.organisations.membership_urls")),
    path("o/<slug:slug>/", include("reglo.web.organisation_urls")),
    path("p/", include("reglo.portal.urls")),
    path("", include("reglo.portal.site_urls")),
    path("", include("reglo.web.site_urls")),
]

if settings.ANYMAIL.get("WEBHOOK_SECRET"):  # without it, anybody could tell of bounces
    urlpatterns.append(path("anymail/", include("anymail.urls")))
