"""The Django app of this room."""

from django.apps import AppConfig


class ForecastConfig(AppConfig):
    """Forecast."""

    name = "reglo.forecast"
    default_auto_field = "django.db.models.BigAutoField"
