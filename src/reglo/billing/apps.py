"""The Django app of this room."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Billing."""

    name = "reglo.billing"
    default_auto_field = "django.db.models.BigAutoField"
