"""Negotiations and their rounds. What core values they hold is read and written in `stored` alone."""

from typing import ClassVar

from django.db import models

from reglo.core.negotiation import Side
from reglo.customers.models import Customer
from reglo.organisations.models import Owned
from reglo.terms.models import TermsAgreement

_SIDES = [(each.value, each.value) for each in Side]


class Counterpart(models.TextChoices):
    """With whom one negotiates."""

    CUSTOMER = "customer"
    PROSPECT = "prospect"  #: not among the customers yet
    TENDER = "tender"  #: a call for tenders (*appel d'offres*)


class NegotiationState(models.TextChoices):
    """Where a negotiation stands."""

    OPEN = "open"
    AGREED = "agreed"
    ABANDONED = "abandoned"


class MoneySource(models.TextChoices):
    """Where one's own money comes from, which says what it costs."""

    OVERDRAFT = "overdraft"  #: *découvert*
    FACTORING = "factoring"  #: *affacturage*
    SPARE = "spare"  #: cash that would otherwise earn a little
    ASKED = "asked"  #: the return that one asks of one's money


class Negotiation(Owned):
    """Terms under discussion with somebody: the deal, one's own limits, the levers, where the sliders stand."""

    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="negotiations")
    kind = models.CharField(max_length=8, choices=Counterpart.choices)
    name = models.CharField(max_length=200)  #: of the customer, the prospect or the tender
    state = models.CharField(max_length=9, choices=NegotiationState.choices, default=NegotiationState.OPEN)
    money_source = models.CharField(max_length=9, choices=MoneySource.choices, default=MoneySource.OVERDRAFT)
    deal = models.JSONField(null=True)  #: tree of core.negotiation.Deal; None until the facts are given
    limits = models.JSONField(default=list)  #: trees of core.negotiation.Limit
    in_play = models.JSONField(null=True)  #: tree of `in_play.InPlay`; None is the usual levers
    position = models.JSONField(null=True)  #: tree of the Offer at which the sliders were left; None is today's terms
    agreed_round = models.ForeignKey("Round", null=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)  #: agreed or abandoned
    search = models.CharField(max_length=300)  #: the name without accents, in lower case
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_on__isnull=True)
                | (~models.Q(state="open") & models.Q(closed_on__isnull=False)),
                name="negotiation_closed_on",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-updated_at", "-id"], name="negotiation_newest"),
            models.Index(fields=["organisation", "name", "id"], name="negotiation_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Round(Owned):
    """An offer that one side made; ours with the letter that made it."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="rounds")
    by = models.CharField(max_length=6, choices=_SIDES)
    on = models.DateField()
    offer = models.JSONField()  #: tree of core.negotiation.Offer
    note = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, default="fr")  #: of the letter
    subject = models.CharField(max_length=200, blank=True)
    letter = models.TextField(blank=True)  #: from the greeting to the signature, as it was edited; ours alone
    agreement = models.ForeignKey(TermsAgreement, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.CharField(max_length=200)  #: who typed it
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  #: typed by mistake, or taken back

    class Meta:
        indexes: ClassVar = [models.Index(fields=["negotiation", "on", "id"], name="round_in_order")]

    def __str__(self) -> str:
        return f"{self.negotiation} {self.on}"
