"""The Django app of this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery."""

    name = "reglo.delivery"
    default_auto_field = "django.db.models.BigAutoField"
