"""The ledger: entries, their lines, what is open on customers' accounts, and what was allocated to what.

Rows are only ever added; of an open item, what is left of it changes. Triggers on both databases hold that, and that an
entry balances: its lines are written first, and the entry that closes them is refused unless they come to nothing
together (`ledger.protection`). So there is no entry that is not whole.
"""

from typing import ClassVar

from django.db import models

from reglo.core.accounting import AccountRole, EventKind, JournalCode
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation, Owned

_ROLES = [(each.value, each.name) for each in AccountRole]
_KINDS = [(each.value, each.name) for each in EventKind]
_JOURNALS = [(each.value, each.name) for each in JournalCode]


class LedgerHead(models.Model):
    """The end of an organisation's ledger: the one row that every write locks first, so that none waits crosswise."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.PROTECT, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)  #: of the last entry
    numbers = models.JSONField(default=dict)  #: last number by year of the entries' dates: {"2026": 118}
    accounts = models.JSONField(default=dict)  #: changed accounts: {role: {"number": "411000", "label": "Clients"}}


class Entry(Owned):
    """A ledger entry (*écriture*). Written once.

    Its id says whose it is and which: organisation × 2³² + sequence, so that lines can be written before it.
    """

    id = models.BigIntegerField(primary_key=True)
    sequence = models.PositiveBigIntegerField()  #: in order of posting, without gap
    year = models.PositiveSmallIntegerField()  #: of its date
    number = models.PositiveIntegerField()  #: in its year, without gap: EcritureNum of the FEC
    journal = models.CharField(max_length=2, choices=_JOURNALS)
    kind = models.CharField(max_length=20, choices=_KINDS)
    date = models.DateField()
    reference = models.CharField(max_length=60, blank=True)  #: number of the document (*pièce*)
    reference_date = models.DateField()
    label = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    source_kind = models.CharField(max_length=40)  #: model name of the row that caused it, "invoice"
    source_id = models.PositiveBigIntegerField()
    key = models.CharField(max_length=120)  #: once per organisation: a repeated call finds its entry
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    posted_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="entry_key_once"),
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="entry_number_once"),
            models.UniqueConstraint(fields=["organisation", "sequence"], name="entry_sequence_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-date", "-id"], name="entry_newest"),
            models.Index(fields=["organisation", "journal", "-date", "-id"], name="entry_journal"),
            models.Index(fields=["organisation", "source_kind", "source_id"], name="entry_source"),
            models.Index(fields=["organisation", "reference"], name="entry_reference"),
            models.Index(fields=["organisation", "currency"], name="entry_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.journal} {self.year}-{self.number}"


class Line(Owned):
    """A line of an entry: a debit or a credit on an account. Written once, before its entry."""

    # The indexes below begin with these.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines", db_index=False)
    place = models.PositiveSmallIntegerField()  #: in its entry, from 0
    date = models.DateField()  #: of its entry
    role = models.CharField(max_length=20, choices=_ROLES)
    account = models.CharField(max_length=12)  #: number, as it was when the line was written
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    debit_minor = models.BigIntegerField(default=0)
    credit_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    vat_category = models.CharField(max_length=2, blank=True)  #: UNTDID 5305, on lines of sales and VAT
    vat_rate = models.DecimalField(max_digits=7, decimal_places=4, null=True)  #: in percent
    base_minor = models.BigIntegerField(default=0)  #: taxed amount; less than zero where it is given back

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(debit_minor__gt=0, credit_minor=0) | models.Q(debit_minor=0, credit_minor__gt=0),
                name="line_debit_or_credit",
            ),
            models.UniqueConstraint(fields=["entry", "place"], name="line_place_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "account", "-date", "-id"], name="line_account"),
            models.Index(
                fields=["customer", "date", "id"],
                condition=models.Q(customer__isnull=False),
                name="line_customer",
            ),
            # With all that a VAT return adds up.
            models.Index(
                fields=["organisation", "role", "date", "vat_category", "vat_rate", "debit_minor", "credit_minor"],
                name="line_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.debit_minor or -self.credit_minor}"

    @property
    def amount_minor(self) -> int:
        """Debit as a positive amount, credit as a negative one."""
        return self.debit_minor - self.credit_minor


class Side(models.TextChoices):
    """On which side of a customer's account an item stands."""

    DEBIT = "debit"  #: the customer owes it
    CREDIT = "credit"  #: it is the customer's: a payment, a credit note


class OpenItem(Owned):
    """An open item (*poste ouvert*): a line on a customer's account, and what of it is not yet allocated.

    The row that is locked when money is allocated. Triggers refuse that anything but `open_minor` changes, and that
    it becomes anything but `amount_minor` less the allocations.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True, related_name="item")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="items")
    #: The entry whose VAT it carries: its own, or that of the receivable that it goes on with (416 for 411).
    origin = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(max_length=6, choices=Side.choices)
    role = models.CharField(max_length=20, choices=_ROLES)
    kind = models.CharField(max_length=20, choices=_KINDS)  #: of its entry
    reference = models.CharField(max_length=60, blank=True)  #: number of the document
    document_date = models.DateField()
    date = models.DateField()  #: of its entry: in the books from then on
    due_date = models.DateField(null=True)  #: of a receivable
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    open_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(open_minor__gte=0, open_minor__lte=models.F("amount_minor"), amount_minor__gt=0),
                name="item_open_within_amount",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "side", "due_date", "line"],
                condition=models.Q(open_minor__gt=0),
                name="item_open_due",
            ),
            models.Index(
                fields=["organisation", "customer", "side", "due_date"],
                condition=models.Q(open_minor__gt=0),
                name="item_open_customer",
            ),
            models.Index(fields=["customer", "date"], name="item_customer"),
            models.Index(fields=["organisation", "reference"], name="item_reference"),
            # With all that the aged balance of a day that is past needs of an item.
            models.Index(fields=["line", "side", "currency", "date", "due_date", "customer"], name="item_aged"),
            # With all that is added up of what came in on some days.
            models.Index(
                fields=["organisation", "kind", "date", "side", "currency", "amount_minor"], name="item_kind_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.side} {self.open_minor}/{self.amount_minor}"


class Allocation(Owned):
    """So much of a debit item is settled by a credit item (*lettrage*). Written once; a negative one undoes it."""

    debit_item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="debit_allocations")
    credit_item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="credit_allocations")
    amount_minor = models.BigIntegerField()  #: less than zero where it undoes another
    on = models.DateField()  #: from when it holds; not before both items are in the books
    key = models.CharField(max_length=120)  #: once per organisation
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="allocation_key_once"),
            models.CheckConstraint(
                condition=models.Q(reverses=None, amount_minor__gt=0)
                | models.Q(reverses__isnull=False, amount_minor__lt=0),
                name="allocation_sign",
            ),
        ]
        indexes: ClassVar = [
            # With all that tells what was open on a day that is past.
            models.Index(
                fields=["organisation", "on", "debit_item", "credit_item", "amount_minor"], name="allocation_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} of {self.debit_item_id} by {self.credit_item_id}"


class SettlementOffer(Owned):
    """Less than is open settles an item if it is paid by a day: agreed with the customer by a room above.

    Nothing is booked by it. Whoever matches payments knows by it which amount is expected.
    """

    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="offers")
    amount_minor = models.BigIntegerField()  #: of the payment that settles all that is open
    last_day = models.DateField()
    source_kind = models.CharField(max_length=40)  #: model name of the row that agreed it, "proposal"
    source_id = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "source_kind", "source_id"], name="offer_once"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="offer_amount"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "last_day"], name="offer_day")]

    def __str__(self) -> str:
        return f"{self.amount_minor} by {self.last_day}"
