"""The Django app of this room."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Terms."""

    name = "reglo.terms"
    default_auto_field = "django.db.models.BigAutoField"
