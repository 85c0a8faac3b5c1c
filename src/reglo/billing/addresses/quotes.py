"""Addresses of quotes."""

from django.urls import path

from reglo.billing.views import follow_ups, quotes

urlpatterns = [
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/new/", quotes.quote_new, name="quote-new"),
    path("quotes/<int:pk>/", quotes.quote, name="quote"),
    path("quotes/<int:pk>/editor/", quotes.quote_editor, name="quote-editor"),
    path("quotes/<int:pk>/live/", quotes.quote_live, name="quote-live"),
    path("quotes/<int:pk>/preview/", quotes.quote_preview, name="quote-preview"),
    path("quotes/<int:pk>/pdf/", quotes.quote_pdf, name="quote-pdf"),
    path("quotes/<int:pk>/customer/", quotes.quote_customer, name="quote-customer"),
    path("quotes/<int:pk>/keep-mine/", quotes.quote_keep_mine, name="quote-keep-mine"),
    path("quotes/<int:pk>/number/", quotes.quote_fix, name="quote-fix"),
    path("quotes/<int:pk>/validity/", quotes.quote_validity, name="quote-validity"),
    path("quotes/<int:pk>/follow-up/", quotes.quote_follow_up, name="quote-follow-up"),
    path("quotes/<int:pk>/accept/", quotes.quote_accept, name="quote-accept"),
    path("quotes/<int:pk>/refuse/", quotes.quote_refuse, name="quote-refuse"),
    path("quotes/<int:pk>/duplicate/", quotes.quote_duplicate, name="quote-duplicate"),
    path("quotes/<int:pk>/delete/", quotes.quote_delete, name="quote-delete"),
    path("quotes/<int:pk>/restore/", quotes.quote_restore, name="quote-restore"),
    path("quotes/<int:pk>/bill/", follow_ups.quote_bill, name="quote-bill"),
    path("invoices/<int:pk>/credit/", follow_ups.invoice_credit, name="invoice-credit"),
    path("invoices/<int:pk>/correct/", follow_ups.invoice_correct, name="invoice-correct"),
]
