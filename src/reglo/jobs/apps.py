"""The Django app of this room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "reglo.jobs"
    default_auto_field = "django.db.models.BigAutoField"
