"""Addresses of issued invoices and their files."""

from django.urls import path

from reglo.billing.views import invoices, of_customer

urlpatterns = [
    path("invoices/", invoices.invoices, name="invoices"),
    path("customers/<int:customer_pk>/documents/", of_customer.of_customer, name="of-customer"),
    path("invoices/totals/", invoices.invoices_totals, name="invoices-totals"),
    path("invoices/zip/", invoices.invoices_zip, name="invoices-zip"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/preview/", invoices.invoice_preview, name="invoice-preview"),
    path("invoices/<int:pk>/pdf/", invoices.invoice_pdf, name="invoice-pdf"),
    path("invoices/<int:pk>/xml/", invoices.invoice_xml, name="invoice-xml"),
    path("invoices/<int:pk>/json/", invoices.invoice_json, name="invoice-json"),
]
