"""The Django app of this room."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class JobsConfig(AppConfig):
    """Jobs."""

    name = "reglo.jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load each room's `tasks.py`, which says what the room handles."""
        for room in apps.get_app_configs():
            if room.name.startswith("reglo.") and find_spec(f"{room.name}.tasks"):
                import_module(f"{room.name}.tasks")
