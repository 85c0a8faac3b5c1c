"""Addresses of this room."""

from reglo.billing.addresses import drafts, invoices, quotes, recurrences

app_name = "billing"
urlpatterns = [*drafts.urlpatterns, *quotes.urlpatterns, *invoices.urlpatterns, *recurrences.urlpatterns]
