"""The Django app of this room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations."""

    name = "reglo.organisations"
    default_auto_field = "django.db.models.BigAutoField"
