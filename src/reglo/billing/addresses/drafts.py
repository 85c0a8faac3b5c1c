"""Addresses of drafts and their editor."""

from django.urls import path

from reglo.billing.views import drafts

urlpatterns = [
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/new/", drafts.draft_new, name="draft-new"),
    path("drafts/issue/", drafts.drafts_issue, name="drafts-issue"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/live/", drafts.draft_live, name="draft-live"),
    path("drafts/<int:pk>/preview/", drafts.draft_preview, name="draft-preview"),
    path("drafts/<int:pk>/pdf/", drafts.draft_pdf, name="draft-pdf"),
    path("drafts/<int:pk>/customer/", drafts.draft_customer, name="draft-customer"),
    path("drafts/<int:pk>/keep-mine/", drafts.draft_keep_mine, name="draft-keep-mine"),
    path("drafts/<int:pk>/copy/", drafts.draft_copy, name="draft-copy"),
    path("drafts/<int:pk>/delete/", drafts.draft_delete, name="draft-delete"),
    path("drafts/<int:pk>/restore/", drafts.draft_restore, name="draft-restore"),
    path("drafts/<int:pk>/issue/", drafts.draft_issue, name="draft-issue"),
    path("invoices/<int:pk>/copy/", drafts.invoice_copy, name="invoice-copy"),
]
