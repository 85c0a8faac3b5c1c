"""Terms agreements, their versions and answers; general conditions of sale."""

from typing import ClassVar

from django.db import models

from reglo.core.terms import Sector
from reglo.customers.models import Contact, Customer
from reglo.organisations.models import Owned


class ConditionsOfSale(Owned):
    """One version of the general conditions (*conditions générales de vente*). Never edited: a change is a version."""

    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)  #: plain text, or
    file = models.BinaryField(null=True)  #: a PDF
    sha256 = models.CharField(max_length=64)  #: of the file, else of the text in UTF-8
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "version"], name="conditions_version")]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"


class AgreementState(models.TextChoices):
    """Where a version of an agreement stands."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"  #: binds, until a later version is accepted
    DECLINED = "declined"
    SUPERSEDED = "superseded"  #: a later version was accepted


class TermsAgreement(Owned):
    """A version of what is agreed with a customer (*accord de règlement*). Its text never changes once sent."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT)
    terms = models.JSONField()  #: tree of core.terms.PaymentTerms
    sector = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Sector], default="general")
    text_fr = models.TextField(blank=True)  #: what was agreed, word for word; written when it is sent
    text_en = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  #: of both texts and the conditions' hash
    conditions = models.ForeignKey(ConditionsOfSale, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_to = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "version"], name="agreement_version"),
            models.UniqueConstraint(
                fields=["customer"], condition=models.Q(state="accepted"), name="one_binding_agreement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer} v{self.version}"


class AgreementAnswer(Owned):
    """What the customer said to a version, with its proof. Triggers refuse any change."""

    agreement = models.ForeignKey(TermsAgreement, on_delete=models.PROTECT, related_name="answers")
    accepted = models.BooleanField()
    name = models.CharField(max_length=200)  #: as typed by who answered
    remark = models.TextField(blank=True)  #: why not, or what instead
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    text_sha256 = models.CharField(max_length=64)  #: of what was shown

    def __str__(self) -> str:
        return f"{self.name}: {'accepted' if self.accepted else 'declined'}"
