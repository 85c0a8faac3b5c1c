"""What a person writes down about a customer: notes, calls, e-mails that came in."""

from typing import ClassVar

from django.db import models

from reglo.customers.models import Customer
from reglo.organisations.models import Owned


class NoteKind(models.TextChoices):
    """What is written down."""

    NOTE = "note"
    CALL = "call"
    EMAIL = "email"  #: pasted, or dropped as .eml


class Note(Owned):
    """A note, a logged call, a filed e-mail."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="filed_notes")
    kind = models.CharField(max_length=5, choices=NoteKind.choices)
    happened_at = models.DateTimeField()
    with_whom = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    message_id = models.CharField(max_length=300, blank=True)  #: of an e-mail: filed once
    attachments = models.JSONField(default=list)  #: names of what came with an e-mail; only `original` holds it
    original = models.BinaryField(null=True)  #: the .eml as it came, if it is small
    written_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "customer", "message_id"],
                condition=~models.Q(message_id=""),
                name="email_filed_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["customer", "-happened_at"], name="note_of_customer")]

    def __str__(self) -> str:
        return self.subject or self.text[:60]
