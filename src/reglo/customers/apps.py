"""The Django app of this room."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Customers."""

    name = "reglo.customers"
    default_auto_field = "django.db.models.BigAutoField"
