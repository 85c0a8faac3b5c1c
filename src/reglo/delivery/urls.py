"""Addresses of this room."""

from django.urls import path

from reglo.delivery.views import messages, sending, templates

app_name = "delivery"
urlpatterns = [
    path("", messages.messages, name="messages"),
    path("<int:pk>/", messages.message, name="message"),
    path("<int:pk>/html/", messages.html, name="message-html"),
    path("<int:pk>/cancel/", messages.cancel, name="cancel"),
    path("<int:pk>/retry/", messages.retry, name="retry"),
    path("invoice/<int:pk>/send/", sending.send_an_invoice, name="send-invoice"),
    path("quote/<int:pk>/send/", sending.send_a_quote, name="send-quote"),
    path("terms/<int:pk>/send/", sending.send_some_terms, name="send-terms"),
    path("invoice/<int:pk>/preview/", sending.preview_invoice, name="preview-invoice"),
    path("quote/<int:pk>/preview/", sending.preview_quote, name="preview-quote"),
    path("terms/<int:pk>/preview/", sending.preview_terms, name="preview-terms"),
    path("of-invoice/<int:invoice_pk>/", messages.of_invoice, name="of-invoice"),
    path("of-quote/<int:quote_pk>/", messages.of_quote, name="of-quote"),
    path("of-customer/<int:customer_pk>/", messages.of_customer, name="of-customer"),
    path("contact/<int:pk>/revoke/", messages.revoke, name="revoke-links"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<str:kind>/<str:language>/", templates.template, name="template"),
    path("templates/<str:kind>/<str:language>/preview/", templates.preview, name="template-preview"),
    path("templates/<str:kind>/<str:language>/reset/", templates.reset, name="template-reset"),
]
