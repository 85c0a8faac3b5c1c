"""The Django app of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Api."""

    name = "reglo.api"
    default_auto_field = "django.db.models.BigAutoField"
