"""The Django app of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "reglo.ledger"
    default_auto_field = "django.db.models.BigAutoField"
