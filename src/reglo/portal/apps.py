"""The Django app of this room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal."""

    name = "reglo.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep keys out of logs."""
        from reglo.portal.privacy import watch_logs

        watch_logs()
