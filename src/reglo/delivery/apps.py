"""The Django app of this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery."""

    name = "reglo.delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear what the provider of e-mail tells."""
        from reglo.delivery.webhooks import listen

        listen()
