"""Keys of the API, answers that are remembered, and webhooks."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned, Role


class ApiKey(Owned):
    """A key with the rights of a role; only its hash is kept."""

    label = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)  #: shown, and finds the row
    secret_sha256 = models.CharField(max_length=64)
    role = models.CharField(max_length=10, choices=Role.choices)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class RememberedAnswer(Owned):
    """The answer to a write, by the caller's Idempotency-Key: the same call again gets the same answer."""

    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)  #: another request with the same key is refused
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "key"], name="answer_once")]


class Webhook(Owned):
    """Whom to tell of what happens."""

    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=100)  #: signs what is sent (Standard Webhooks)
    acts = models.JSONField(default=list)  #: acts of the journal; [] is all
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)
    after_sequence = models.PositiveBigIntegerField(default=0)  #: of the journal: what was told already


class WebhookDelivery(Owned):
    """One entry of the journal to tell one webhook."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    journal_sequence = models.PositiveBigIntegerField()
    delivered_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "journal_sequence"], name="webhook_told_once"),
        ]
