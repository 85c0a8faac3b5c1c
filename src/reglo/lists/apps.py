"""The Django app of this room."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists."""

    name = "reglo.lists"
    default_auto_field = "django.db.models.BigAutoField"
