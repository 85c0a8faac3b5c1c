"""Every address of the site. Those of an organisation stand below /o/<slug>/, those of customers below /p/<token>/."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("reglo.accounts.urls")),
    path("organisations/", include("reglo.organisations.membership_urls")),
    path("o/<slug:slug>/", include("reglo.web.organisation_urls")),
    path("p/", include("reglo.portal.urls")),
    path("", include("reglo.web.site_urls")),
]
