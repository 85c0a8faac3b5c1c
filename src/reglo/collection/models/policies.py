"""The policy of an organisation, version by version, and the relationship with each customer."""

from typing import ClassVar

from django.db import models

from reglo.core.collection import Channel, Stance
from reglo.customers.models import Contact, Customer
from reglo.organisations.models import Owned


class PolicyVersion(Owned):
    """A ladder of steps as it was written once (*politique de relance*); the one that is active is the latest so."""

    version = models.PositiveIntegerField()
    content = models.JSONField()  #: tree of `core.collection.policy.Policy`
    thanks = models.BooleanField(default=True)  #: for payments that come after a reminder
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    activated_at = models.DateTimeField(null=True)  #: None while it is only written and tried
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "version"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(activated_at__isnull=False, ended_at=None),
                name="policy_one_active",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class Relationship(Owned):
    """How one deals with a customer (*profil de relation*); without a row it is the standard one."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="relationship")
    stance = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in Stance], default=Stance.STANDARD
    )
    channel = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Channel], blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")  #: whom to write to
    weekday = models.PositiveSmallIntegerField(null=True)  #: preferred day, Monday is 0
    difficulty = models.TextField(blank=True)  #: what is known of its trouble; not empty is "in difficulty"
    is_strategic = models.BooleanField(default=False)
    paused_until = models.DateField(null=True)  #: last day on which it is left alone
    insolvent_since = models.DateField(null=True)  #: opening of the proceedings (BODACC); L622-7 forbids reminders
    limit_minor = models.BigIntegerField(null=True)  #: exposure that is accepted (*encours autorisé*), in cents of EUR

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "insolvent_since"], name="relationship_insolvent")]

    def __str__(self) -> str:
        return f"{self.customer}: {self.stance}"
