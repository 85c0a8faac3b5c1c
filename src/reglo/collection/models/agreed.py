"""Proposals that help both sides, and the instalment plans that came of them."""

from typing import ClassVar

from django.db import models

from reglo.collection.models.disputes import Dispute
from reglo.core.terms.figures import minor_text
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Owned


class ProposalKind(models.TextChoices):
    """What is proposed."""

    PLAN = "plan"  #: instalments (*échéancier*)
    DISCOUNT = "discount"  #: less, if paid now
    SPLIT = "split"  #: the undisputed part now
    DATE = "date"  #: a later day
    WAIVER = "waiver"  #: penalties and indemnity given up, if paid by a day


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    ASKED = "asked"  #: by the customer, beyond what is granted by itself: a person answers
    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Proposal(Owned):
    """Something offered to a customer in difficulty, or asked by it; once sent its words and figures never change."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=8, choices=ProposalKind.choices)
    state = models.CharField(max_length=9, choices=ProposalState.choices)
    items = models.ManyToManyField(OpenItem, related_name="proposals")
    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.PROTECT, related_name="proposals")  #: of a split
    amount_minor = models.BigIntegerField()  #: of the debt that it is about
    currency = models.CharField(max_length=3)
    content = models.JSONField()  #: tree of the core's value: instalments, discount, day…
    cost_minor = models.BigIntegerField()  #: for us, as it was shown before it was offered
    cost_days = models.IntegerField()  #: later than due, on average
    text_fr = models.TextField(blank=True)  #: as the customer reads it; fixed when sent
    text_en = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)  #: the customer's own words
    valid_until = models.DateField(null=True)
    by_customer = models.BooleanField()  #: it was asked on the portal
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, blank=True)  #: name that was typed
    answered_from = models.GenericIPAddressField(null=True)
    answered_with = models.CharField(max_length=300, blank=True)  #: the browser
    answer = models.TextField(blank=True)  #: reason of a refusal
    settled_at = models.DateTimeField(null=True)  #: the discount was booked, the penalties given up: it was kept

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "-made_at"], name="proposal_state"),
            models.Index(fields=["customer", "-made_at"], name="proposal_of_customer"),
        ]

    @property
    def days_earlier(self) -> int:
        """How much earlier than expected its money comes, in days; 0 where it comes later."""
        return max(-self.cost_days, 0)

    def __str__(self) -> str:
        return minor_text(self.amount_minor, self.currency).fr


class Plan(Owned):
    """An instalment plan in force (*échéancier*). Whether it is respected is worked out from what was paid."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="plans")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="plan")
    currency = models.CharField(max_length=3)
    began_at = models.DateTimeField()
    broken_at = models.DateTimeField(null=True)  #: noted once, when it was found broken
    completed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  #: by a person, or replaced by another

    def __str__(self) -> str:
        return f"{self.proposal}"


class PlanPart(Owned):
    """One instalment of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="parts")
    on = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "on"], name="plan_part_once_a_day"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="plan_part_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class PlanItem(Owned):
    """An open item that a plan pays."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="plan_items")
    open_minor = models.BigIntegerField()  #: when the plan began: what was paid since is counted to the plan

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "item"], name="plan_item_once")]

    def __str__(self) -> str:
        return f"{self.item}"
