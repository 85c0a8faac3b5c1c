"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """Journal."""

    name = "reglo.journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what each room says of its acts."""
        autodiscover_modules("acts")
