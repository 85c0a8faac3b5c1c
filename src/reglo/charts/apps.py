"""The Django app of this room."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Charts."""

    name = "reglo.charts"
