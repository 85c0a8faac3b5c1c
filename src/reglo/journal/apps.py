"""The Django app of this room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Journal."""

    name = "reglo.journal"
    default_auto_field = "django.db.models.BigAutoField"
