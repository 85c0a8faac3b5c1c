"""Statements, their lines and what may be made of them."""

from typing import ClassVar

from django.db import models

from reglo.core.bank import LineKind
from reglo.ledger.models import OpenItem
from reglo.organisations.models import BankAccount, Owned

_KINDS = [(each.value, each.name) for each in LineKind]


class BankStatement(Owned):
    """A statement of one account, as a file told it (*relevé*)."""

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("BankFile", on_delete=models.PROTECT, related_name="statements")
    identifier = models.CharField(max_length=100, blank=True)
    currency = models.CharField(max_length=3)
    first_day = models.DateField()
    last_day = models.DateField()
    opening_minor = models.BigIntegerField(null=True)  #: at the end of the day before; None where the file is silent
    opening_on = models.DateField(null=True)
    closing_minor = models.BigIntegerField(null=True)
    closing_on = models.DateField(null=True)
    line_count = models.PositiveIntegerField()  #: in the file
    new_count = models.PositiveIntegerField()  #: of them, not known from another statement

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-last_day", "-id"], name="statement_newest"),
            models.Index(fields=["bank_account", "closing_on"], name="statement_closing"),
        ]

    def __str__(self) -> str:
        return self.identifier or f"{self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}"


class LineState(models.TextChoices):
    """What has become of a line. Each line is in exactly one of these."""

    ANNOUNCED = "announced"  #: the bank has not booked it yet
    WAITING = "waiting"  #: nobody knows yet
    PROPOSED = "proposed"  #: Réglo has a likely match
    MATCHED = "matched"  #: its money is in the ledger, as payment or refund
    ASIDE = "aside"  #: no customer's payment


class AsideReason(models.TextChoices):
    """Why a line is no payment of a customer."""

    FEE = "fee"  #: of the bank; may be booked on 627
    TRANSFER = "transfer"  #: between own accounts
    SUPPLIER = "supplier"
    TAX = "tax"
    STAFF = "staff"
    LOAN = "loan"
    BOOKED_ELSEWHERE = "booked-elsewhere"
    OTHER = "other"


class StatementLine(Owned):
    """A movement of money, as the bank told it, and what was decided about it."""

    # The indexes below begin with it.
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()  #: in the statement, from 0
    booked = models.DateField()
    valued = models.DateField(null=True)
    amount_minor = models.BigIntegerField()  #: above zero came in
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=12, choices=_KINDS)
    text = models.CharField(max_length=2000, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    end_to_end = models.CharField(max_length=140, blank=True)
    payer = models.CharField(max_length=200, blank=True)
    payer_iban = models.CharField(max_length=34, blank=True)
    bank_reference = models.CharField(max_length=140, blank=True)
    charges_minor = models.BigIntegerField(default=0)
    original_amount = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    original_currency = models.CharField(max_length=3, blank=True)
    exact_key = models.CharField(max_length=64)  #: these three are `core.bank_keys.LineKeys`
    loose_key = models.CharField(max_length=64)
    key_source = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=9, choices=LineState.choices)
    version = models.PositiveIntegerField(default=1)  #: goes up with each decision
    aside_reason = models.CharField(max_length=16, choices=AsideReason.choices, blank=True)
    is_left_to_people = models.BooleanField(default=False)  #: a decision was undone: Réglo posts it no more by itself
    split = models.JSONField(default=dict)  #: half-made split: {id of an open item: minor units as typed}
    why = models.JSONField(default=list)  #: reasons why nothing fits, see `banking.stored`
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="aside") ^ models.Q(aside_reason=""), name="bank_line_aside_has_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-booked", "-id"], name="bank_line_newest"),
            models.Index(fields=["organisation", "state", "-booked", "-id"], name="bank_line_state"),
            models.Index(fields=["bank_account", "booked"], name="bank_line_known"),
        ]

    def __str__(self) -> str:
        return f"{self.booked:%d/%m/%Y} {self.payer or self.text[:60]}".rstrip()

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.state in (LineState.WAITING, LineState.PROPOSED)


class Candidate(Owned):
    """What a line may be, as the last run of matching saw it."""

    line = models.ForeignKey(StatementLine, on_delete=models.CASCADE, related_name="candidates")
    rank = models.PositiveSmallIntegerField()  #: 0 is the best
    certainty = models.PositiveSmallIntegerField()  #: of `core.matching.Certainty`
    score = models.PositiveSmallIntegerField()
    match = models.JSONField(default=dict)  #: see `banking.stored`

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "rank"], name="candidate_rank_once")]

    def __str__(self) -> str:
        return f"candidate {self.rank} of line {self.line_id}"


class CandidateItem(Owned):
    """How much of an open item the best candidate of a line would settle: what is pending."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(OpenItem, on_delete=models.CASCADE, related_name="+")
    amount_minor = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.amount_minor} of {self.item_id}"


class MatchingState(Owned):
    """What the ledger looked like when matching ran last."""

    ledger_sequence = models.PositiveBigIntegerField(default=0)  #: of the last entry that it knew
    last_invoice = models.PositiveBigIntegerField(default=0)  #: up to which clues were read
    ran_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation"], name="matching_state_once")]

    def __str__(self) -> str:
        return f"matching up to {self.ledger_sequence}"
