"""Addresses of the ledger, below /o/<slug>/ledger/."""

from django.urls import path

from reglo.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("lines/", views.lines, name="lines"),
    path("accounts/", views.accounts, name="accounts"),
    path("customers/<int:customer_pk>/", views.customer, name="customer"),
]
