"""The Django app of this room."""

from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    """Negotiation."""

    name = "reglo.negotiation"
    default_auto_field = "django.db.models.BigAutoField"
