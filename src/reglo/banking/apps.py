"""The Django app of this room."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """Banking."""

    name = "reglo.banking"
    default_auto_field = "django.db.models.BigAutoField"
