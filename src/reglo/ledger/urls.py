"""Addresses of the ledger, below /o/<slug>/ledger/."""

from django.urls import path

from reglo.ledger.views import books, decisions

app_name = "ledger"
urlpatterns = [
    path("", books.entries, name="entries"),
    path("entries/<int:pk>/", books.entry, name="entry"),
    path("entries/<int:pk>/reverse/", decisions.reverse_one, name="reverse"),
    path("items/<int:item_pk>/write-off/", decisions.write_off_item, name="write-off"),
    path("items/<int:item_pk>/doubtful/", decisions.doubt_item, name="doubt"),
    path("items/<int:item_pk>/allowance/", decisions.allowance_of_item, name="allowance"),
    path("lines/", books.lines, name="lines"),
    path("accounts/", books.accounts, name="accounts"),
    path("customers/<int:customer_pk>/", books.customer, name="customer"),
]
