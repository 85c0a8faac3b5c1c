"""Addresses of one organisation, below /o/<slug>/."""

from django.urls import include, path

urlpatterns = [
    path("customers/", include("reglo.customers.urls")),
    path("products/", include("reglo.products.urls")),
    path("terms/", include("reglo.terms.urls")),
    path("lists/", include("reglo.lists.urls")),
    path("journal/", include("reglo.web.history_urls")),
    path("imports/", include("reglo.imports.urls")),
    path("settings/", include("reglo.organisations.urls")),
    path("messages/", include("reglo.delivery.urls")),
    path("ledger/", include("reglo.ledger.urls")),
    path("bank/", include("reglo.banking.urls")),
    path("collection/", include("reglo.collection.urls")),
    path("forecast/", include("reglo.forecast.urls")),
    path("negotiation/", include("reglo.negotiation.urls")),
    path("reports/", include("reglo.reporting.urls")),
    path("", include("reglo.billing.urls")),
    path("", include("reglo.web.home_urls")),
]
