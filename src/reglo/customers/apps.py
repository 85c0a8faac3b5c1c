"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Customers."""

    name = "reglo.customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let tables of customers be brought in."""
        import_module("reglo.customers.table")
