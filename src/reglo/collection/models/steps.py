"""What was done to be paid: one row for each message, letter or call, with what it was about."""

from typing import ClassVar

from django.db import models

from reglo.collection.models.policies import PolicyVersion
from reglo.core.collection import Channel, TaskKind, Tone
from reglo.customers.models import Customer
from reglo.delivery.models import Message
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Owned


class StepState(models.TextChoices):
    """Where a step stands."""

    TO_DO = "to-do"  #: a call to make, a letter to post, a decision that is a person's
    QUEUED = "queued"  #: its message is in the outbox
    DONE = "done"
    DROPPED = "dropped"  #: no longer right when its time came, or a person let it be


class StepTaken(Owned):
    """A step decided for a customer on a day: a reminder (*rappel*), a dunning step (*relance*), a task."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="steps")
    day = models.DateField()
    tone = models.CharField(max_length=13, choices=[(each.value, each.value) for each in Tone], blank=True)
    channel = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Channel], blank=True)
    state = models.CharField(max_length=7, choices=StepState.choices)
    #: What a person is asked to do (`core.collection.TaskKind`); "" where Réglo does it.
    task_kind = models.CharField(max_length=16, choices=[(each.value, each.value) for each in TaskKind], blank=True)
    task_key = models.CharField(max_length=300, blank=True)  #: a second one with the same key is the same task
    policy = models.ForeignKey(PolicyVersion, null=True, on_delete=models.PROTECT, related_name="steps")
    decision = models.JSONField()  #: what was decided and why, as data: `core.collection` writes and reads it
    why_fr = models.TextField()  #: the reason in a sentence, as it was on that day
    why_en = models.TextField()
    message = models.OneToOneField(Message, null=True, on_delete=models.PROTECT, related_name="step")
    letter = models.BinaryField(null=True)  #: the PDF of a formal notice or another letter, as it was made
    letter_sha256 = models.CharField(max_length=64, blank=True)
    tracking = models.CharField(max_length=40, blank=True)  #: number of a registered letter, once posted
    outcome = models.TextField(blank=True)  #: what a call gave, why it was let be
    decided_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "customer", "day"],
                condition=models.Q(task_kind="") & ~models.Q(state="dropped"),
                name="step_one_message_a_day",
            ),
            models.UniqueConstraint(
                fields=["customer", "task_key"],
                condition=models.Q(state="to-do") & ~models.Q(task_key=""),
                name="step_one_open_task",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-day", "-id"], name="step_newest"),
            models.Index(fields=["organisation", "state", "day"], name="step_state"),
            models.Index(fields=["customer", "-day"], name="step_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class StepItem(Owned):
    """An open item that a step was about, and which rung of the ladder that was for it: never the same twice."""

    step = models.ForeignKey(StepTaken, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=60)  #: of the rung; "" where the item only stood in the table of the message
    tone = models.CharField(max_length=13, choices=[(each.value, each.value) for each in Tone])  #: of the rung
    open_minor = models.BigIntegerField()  #: what was asked of it then

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "key"], condition=~models.Q(key=""), name="step_never_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.key}"
