"""The Django app of this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web."""

    name = "reglo.web"
    default_auto_field = "django.db.models.BigAutoField"
