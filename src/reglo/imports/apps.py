"""The Django app of this room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports."""

    name = "reglo.imports"
    default_auto_field = "django.db.models.BigAutoField"
