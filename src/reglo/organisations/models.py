"""Organisations, the people in them, and what all their rows have in common."""

from typing import ClassVar, TypeVar

from django.db import models

from reglo.core.mentions import IssuerSize
from reglo.core.parties import Register, VatRegime
from reglo.core.rates import RateKind
from reglo.organisations.permissions import PERMISSIONS, Permission, Role

__all__ = [
    "BankAccount",
    "FranchiseActivity",
    "InterestRate",
    "Invitation",
    "Membership",
    "Organisation",
    "Owned",
    "OwnedQuerySet",
    "Role",
]

_Row = TypeVar("_Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[_Row]):
    """Rows of organisations; every read begins with whose."""

    def of(self, organisation: "Organisation") -> "OwnedQuerySet[_Row]":
        """Only the rows of `organisation`."""
        return self.filter(organisation=organisation)


class FranchiseActivity(models.TextChoices):
    """Which ceilings of the VAT franchise hold (CGI 293 B)."""

    GOODS = "goods"  #: sales, catering on the spot, lodging
    SERVICES = "services"
    LIBERAL_ARTS = "liberal-arts"  #: lawyers, authors, performers


class Organisation(models.Model):
    """A firm that invoices (*organisation*): what `core.composition.Seller` needs, and its settings."""

    slug = models.SlugField(max_length=60, unique=True)  #: in addresses: /o/<slug>/
    name = models.CharField(max_length=200)  #: *raison sociale*, or the person's name
    trading_name = models.CharField(max_length=200, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    legal_form = models.CharField(max_length=40, blank=True)
    capital_minor = models.BigIntegerField(null=True)  #: cents of EUR
    variable_capital = models.BooleanField(default=False)
    register = models.CharField(max_length=4, choices=[(each.value, each.value) for each in Register], default="RCS")
    register_town = models.CharField(max_length=100, blank=True)
    sole_trader = models.BooleanField(default=False)
    in_liquidation = models.BooleanField(default=False)
    approved_body_member = models.BooleanField(default=False)
    insurer = models.CharField(max_length=200, blank=True)  #: ten-year insurance of building crafts
    insurer_contact = models.CharField(max_length=200, blank=True)
    insurance_contract = models.CharField(max_length=100, blank=True)
    insurance_territory = models.CharField(max_length=100, blank=True)
    size = models.CharField(max_length=7, choices=[(each.value, each.value) for each in IssuerSize], default="micro")
    vat_regime = models.CharField(
        max_length=9, choices=[(each.value, each.value) for each in VatRegime], default="receipts"
    )
    franchise_activity = models.CharField(
        max_length=12, choices=FranchiseActivity.choices, default=FranchiseActivity.SERVICES
    )
    line_1 = models.CharField(max_length=200, blank=True)
    line_2 = models.CharField(max_length=200, blank=True)
    post_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="FR")
    electronic_address = models.CharField(max_length=100, blank=True)  #: on the platforms (scheme 0225)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    contact_name = models.CharField(max_length=100, blank=True)
    logo = models.BinaryField(null=True)  #: PNG, JPEG or SVG, sifted when it came in
    accent = models.CharField(max_length=7, blank=True)  #: "#rrggbb"
    language = models.CharField(max_length=2, default="fr")  #: of documents, where the customer has none
    time_zone = models.CharField(max_length=40, default="Europe/Paris")  #: decides what "today" is
    closing_month = models.PositiveSmallIntegerField(default=12)  #: in which the fiscal year ends (*clôture*)
    closing_day = models.PositiveSmallIntegerField(default=31)  #: of that month; its last day where it is shorter
    default_terms = models.JSONField(default=dict)  #: tree of core.terms.PaymentTerms; {} is 30 days net
    quote_validity_days = models.PositiveSmallIntegerField(default=30)
    sender_name = models.CharField(max_length=100, blank=True)  #: of e-mails; the name where empty
    sender_address = models.EmailField(blank=True)  #: the site's own where empty
    reply_to = models.EmailField(blank=True)
    created_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Owned(models.Model):
    """What every row of an organisation has."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Membership(Owned):
    """A person in an organisation."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    joined_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "organisation"], name="member_once")]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this person may do here."""
        return PERMISSIONS[Role(self.role)]

    def __str__(self) -> str:
        return str(self.user)


class Invitation(Owned):
    """A person asked to join by e-mail; the link carries a signed id, valid until `expires_at`."""

    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Role.choices)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email


class BankAccount(Owned):
    """Where customers pay (*compte bancaire*)."""

    label = models.CharField(max_length=100)
    holder = models.CharField(max_length=200, blank=True)
    iban = models.CharField(max_length=34)  #: without spaces
    bic = models.CharField(max_length=11, blank=True)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "iban"], name="iban_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(is_default=True), name="one_default_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.iban}"


class InterestRate(Owned):
    """A rate of interest that an organisation entered itself: published since its Réglo was, or corrected.

    It goes before the one that Réglo ships (`core.rates`).
    """

    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in RateKind])
    half_year = models.CharField(max_length=6)  #: "2026-2", as core.dates.HalfYear reads it
    percent = models.DecimalField(max_digits=6, decimal_places=3)  #: a year
    source = models.CharField(max_length=200)  #: the act that set it
    entered_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "half_year"], name="rate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.half_year}"
