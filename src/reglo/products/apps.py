"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Products."""

    name = "reglo.products"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let tables of products be brought in."""
        import_module("reglo.products.table")
