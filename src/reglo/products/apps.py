"""The Django app of this room."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Products."""

    name = "reglo.products"
    default_auto_field = "django.db.models.BigAutoField"
