"""Addresses of this room, below /o/<slug>/bank/."""

from django.urls import path

from reglo.banking.views import files, lines, payments, reconciling

app_name = "banking"
urlpatterns = [
    path("", reconciling.bank, name="bank"),
    path("lines/", lines.lines, name="lines"),
    path("lines/aside/", lines.aside_many, name="aside-many"),
    path("lines/<int:pk>/", reconciling.line, name="line"),
    path("lines/<int:pk>/accept/", reconciling.accept, name="accept"),
    path("lines/<int:pk>/allocate/", reconciling.allocate, name="allocate"),
    path("lines/<int:pk>/link/", reconciling.link, name="link"),
    path("lines/<int:pk>/aside/", reconciling.aside, name="aside"),
    path("lines/<int:pk>/undo/", reconciling.undo, name="undo-line"),
    path("statements/", lines.statements, name="statements"),
    path("statements/<int:pk>/", lines.statement, name="statement"),
    path("files/new/", files.new, name="file-new"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/columns/", files.columns, name="file-columns"),
    path("files/<int:pk>/account/", files.account, name="file-account"),
    path("files/<int:pk>/take/", files.take, name="file-take"),
    path("files/<int:pk>/progress/", files.progress, name="file-progress"),
    path("files/<int:pk>/drop/", files.drop, name="file-drop"),
    path("payments/", payments.payments, name="payments"),
    path("payments/<int:pk>/", payments.payment, name="payment"),
    path("payments/<int:pk>/undo/", payments.undo, name="payment-undo"),
    path("payments/<int:pk>/release/", payments.release, name="payment-release"),
    path("payments/<int:pk>/use/", payments.use, name="payment-use"),
    path("payments/of-invoice/<int:invoice_pk>/new/", payments.of_invoice_new, name="payment-of-invoice"),
    path("payments/of-customer/<int:customer_pk>/new/", payments.of_customer_new, name="payment-of-customer"),
    path("refunds/<int:item_pk>/new/", payments.refund, name="refund"),
    path("of-invoice/<int:invoice_pk>/", payments.of_invoice, name="of-invoice"),
    path("of-customer/<int:customer_pk>/", payments.of_customer, name="of-customer"),
    path("learnt/", lines.learnt, name="learnt"),
    path("learnt/<int:pk>/forget/", lines.forget, name="forget"),
]
