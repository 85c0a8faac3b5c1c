"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "reglo.accounts"
    default_auto_field = "django.db.models.BigAutoField"
