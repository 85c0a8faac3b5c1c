"""Addresses of an organisation's settings, below /o/<slug>/settings/."""

from django.urls import path

from reglo.organisations.views import bank_accounts, identity, people, rates, settings

app_name = "organisations"
urlpatterns = [
    path("", identity.overview, name="settings"),
    path("identity/", identity.identity, name="identity"),
    path("identity/preview/", identity.preview, name="identity-preview"),
    path("vat/", settings.vat, name="vat"),
    path("accounts/", bank_accounts.accounts, name="accounts"),
    path("accounts/<int:pk>/", bank_accounts.account, name="account"),
    path("accounts/<int:pk>/default/", bank_accounts.make_default, name="account-default"),
    path("accounts/<int:pk>/archive/", bank_accounts.archive, name="account-archive"),
    path("accounts/<int:pk>/restore/", bank_accounts.restore, name="account-restore"),
    path("look/", settings.look, name="look"),
    path("look/logo.svg", settings.logo, name="logo"),
    path("look/remove/", settings.drop_logo, name="logo-remove"),
    path("terms/", settings.terms, name="terms"),
    path("terms/preview/", settings.terms_preview, name="terms-preview"),
    path("rates/", rates.rates, name="rates"),
    path("rates/<int:pk>/forget/", rates.forget, name="rate-forget"),
    path("documents/", settings.documents, name="documents"),
    path("sending/", settings.sending, name="sending"),
    path("people/", people.people, name="people"),
    path("people/leave/", people.leave, name="leave"),
    path("people/<int:pk>/role/", people.role, name="role"),
    path("people/<int:pk>/remove/", people.remove, name="remove"),
    path("people/invitations/<int:pk>/revoke/", people.revoke, name="revoke"),
]
