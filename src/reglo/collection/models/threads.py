"""What was said about a dispute or a proposal, on both sides."""

from typing import ClassVar

from django.db import models

from reglo.collection.models.agreed import Proposal
from reglo.collection.models.disputes import Dispute
from reglo.organisations.models import Owned


class ThreadMessage(Owned):
    """A few words in the thread of a dispute or of a proposal."""

    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.CASCADE, related_name="thread")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.CASCADE, related_name="thread")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    is_ours = models.BooleanField()
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(dispute=None) ^ models.Q(proposal=None), name="thread_of_one_thing"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dispute", "at"], name="thread_dispute"),
            models.Index(fields=["proposal", "at"], name="thread_proposal"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
