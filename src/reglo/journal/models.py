"""The journal: rows that are only ever added."""

from typing import ClassVar

from django.db import models


class JournalHead(models.Model):
    """The end of an organisation's chain: the one row that a new entry locks."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.PROTECT, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class JournalEntry(models.Model):
    """One act (*événement de l'historique*): who, what, when, before and after. Triggers refuse any change."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=60)  #: "invoice-issued": the verb comes last
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)  #: as it was then; a customer's name on the portal; "Réglo" for jobs
    subject_type = models.CharField(max_length=40)  #: model name in lower case: "invoice"
    subject_id = models.PositiveBigIntegerField()
    subject_label = models.CharField(max_length=200)
    customer_id = models.PositiveBigIntegerField(null=True)  #: whose story it belongs to
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)  #: where from, for acts on the portal and proofs
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="journal_sequence_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject_type", "subject_id", "-sequence"], name="journal_subject"),
            models.Index(fields=["organisation", "customer_id", "-sequence"], name="journal_customer"),
            models.Index(fields=["organisation", "act", "-sequence"], name="journal_act"),
            models.Index(fields=["organisation", "actor_name", "-sequence"], name="journal_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.act} {self.subject_label}"
