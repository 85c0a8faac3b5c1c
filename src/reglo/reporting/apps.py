"""The Django app of this room."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting."""

    name = "reglo.reporting"
    default_auto_field = "django.db.models.BigAutoField"
