"""The Django app of this room."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Collection."""

    name = "reglo.collection"
    default_auto_field = "django.db.models.BigAutoField"
