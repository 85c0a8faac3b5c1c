"""The daily round, what it last decided of each customer, and how a policy would have done."""

from typing import ClassVar

from django.db import models

from reglo.collection.models.policies import PolicyVersion
from reglo.core.collection import Reason
from reglo.customers.models import Customer
from reglo.organisations.models import Owned


class Round(Owned):
    """The round of a day (*tournée*): all customers with open items, one after the other. Goes on where it stopped."""

    day = models.DateField()
    last_customer = models.BigIntegerField(default=0)  #: id of the last one that is decided
    decided = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    tasks = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "day"], name="round_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"


class Verdict(models.TextChoices):
    """What came of deciding, in a word."""

    MESSAGE = "message"  #: a message or letter
    TASK = "task"  #: something for a person
    WAIT = "wait"


class CustomerDecision(Owned):
    """What was last decided of a customer, and why: the list "what Réglo decided today"."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="last_decision")
    day = models.DateField()
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    reason = models.CharField(max_length=14, choices=[(each.value, each.value) for each in Reason], blank=True)
    why_fr = models.TextField()
    why_en = models.TextField()
    next_on = models.DateField(null=True)  #: nothing is done before if nothing changes; None is never

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "day", "verdict", "id"], name="decision_of_day"),
            models.Index(fields=["organisation", "next_on"], name="decision_next"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.day}"


class PolicyTrial(Owned):
    """What a version of the policy would have sent over some months, beside the one in use (*simulation*)."""

    policy = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="trials")
    first = models.DateField()
    last = models.DateField()
    days_done = models.PositiveIntegerField(default=0)
    days_total = models.PositiveIntegerField()
    result = models.JSONField(null=True)  #: `services.trials` writes and reads it
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["policy", "last"], name="trial_once_a_day")]

    def __str__(self) -> str:
        return f"{self.policy} {self.first}"
