"""Quotes, drafts, number series, issued invoices with their files and seals, recurring invoices.

What may change and what never may stand in different tables: a `Draft` is edited until it is issued, an `Invoice` is
written once, and triggers on both databases refuse to change or delete it, its files and its seals.
"""

from typing import ClassVar

from django.db import models

from reglo.core.composition import DocumentKind
from reglo.customers.models import Customer
from reglo.organisations.models import Owned
from reglo.terms.models import TermsAgreement

_KINDS = [(each.value, each.name) for each in DocumentKind]


class NumberSeries(Owned):
    """A series of numbers (*série de numérotation*): the row that issuing locks.

    Numbers read prefix, year if there is one, number: "F2026-0007".
    """

    label = models.CharField(max_length=60)
    is_for_quotes = models.BooleanField(default=False)
    prefix = models.CharField(max_length=12)
    has_year = models.BooleanField(default=True)  #: then counting begins again each year
    padding = models.PositiveSmallIntegerField(default=4)
    year = models.PositiveSmallIntegerField(null=True)  #: of the last number
    last_number = models.PositiveIntegerField(default=0)
    last_date = models.DateField(null=True)  #: of the last document; the next one is not before
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "prefix"], name="series_prefix_once"),
            models.UniqueConstraint(
                fields=["organisation", "is_for_quotes"], condition=models.Q(is_default=True), name="one_default_series"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.prefix})"


class QuoteState(models.TextChoices):
    """Where a quote stands; that it has expired is said by its date."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Quote(Owned):
    """An offer (*devis*). Its content is fixed when it is sent; a change is a copy."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="quotes")
    state = models.CharField(max_length=8, choices=QuoteState.choices, default=QuoteState.DRAFT)
    number = models.CharField(max_length=35, blank=True)  #: given when it is sent
    title = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)  #: see `billing.content`
    content_version = models.PositiveIntegerField(default=1)  #: raised by each save: two people never overwrite
    edited_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    valid_until = models.DateField(null=True)
    quote_date = models.DateField(null=True)
    agreement = models.ForeignKey(TermsAgreement, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3, default="EUR")
    net_minor = models.BigIntegerField(default=0)
    gross_minor = models.BigIntegerField(default=0)
    document = models.BinaryField(null=True)  #: canonical JSON of what was sent
    document_sha256 = models.CharField(max_length=64, blank=True)
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    search = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    follow_up_on = models.DateField(null=True)  #: when to ask again, while unanswered
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~models.Q(number=""), name="quote_number_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-updated_at", "-id"], name="quote_newest")]

    def __str__(self) -> str:
        return self.number or f"draft quote {self.pk}"


class QuoteAnswer(Owned):
    """The customer's signature or refusal, with its proof. Triggers refuse any change."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="answers")
    accepted = models.BooleanField()
    name = models.CharField(max_length=200)  #: as typed by who signed
    consent = models.TextField(blank=True)  #: the sentence that was ticked
    reason = models.TextField(blank=True)
    options = models.JSONField(default=list)  #: places of the optional lines that were taken
    net_minor = models.BigIntegerField(default=0)  #: of what was signed, options included
    gross_minor = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    document_sha256 = models.CharField(max_length=64)  #: of what was shown

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["quote"], name="quote_answered_once")]


class Draft(Owned):
    """A document being written (*brouillon*)."""

    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=3, choices=_KINDS, default=DocumentKind.INVOICE.value)
    series = models.ForeignKey(NumberSeries, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(default=dict)  #: see `billing.content`
    content_version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    quote = models.ForeignKey(Quote, null=True, on_delete=models.PROTECT, related_name="drafts")
    corrects = models.ForeignKey("Invoice", null=True, on_delete=models.PROTECT, related_name="+")
    occurrence = models.OneToOneField("Occurrence", null=True, on_delete=models.PROTECT, related_name="draft")
    currency = models.CharField(max_length=3, default="EUR")
    net_minor = models.BigIntegerField(default=0)  #: as last saved; 0 where it cannot be worked out yet
    gross_minor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)  #: can be restored
    issued_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-updated_at", "-id"], name="draft_newest"),
            models.Index(
                fields=["organisation", "-updated_at", "-id"],
                condition=models.Q(issued_at=None, deleted_at=None),
                name="draft_open",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Invoice(Owned):
    """An issued document: invoice, deposit, credit note, corrective (*facture émise*). Written once."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="invoices")
    sequence = models.PositiveIntegerField()  #: in its series and year
    sequence_year = models.PositiveSmallIntegerField()  #: 0 where the series has no year
    number = models.CharField(max_length=35)
    kind = models.CharField(max_length=3, choices=_KINDS)
    issue_date = models.DateField()
    due_date = models.DateField(null=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invoices")
    customer_name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()  #: BT-109
    vat_minor = models.BigIntegerField()  #: BT-110
    gross_minor = models.BigIntegerField()  #: BT-112
    due_minor = models.BigIntegerField()  #: BT-115
    document_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    look = models.ForeignKey("PageLook", on_delete=models.PROTECT, related_name="+")
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="invoice")  #: issued once
    quote = models.ForeignKey(Quote, null=True, on_delete=models.PROTECT, related_name="invoices")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    agreement = models.ForeignKey(TermsAgreement, null=True, on_delete=models.PROTECT, related_name="+")
    search = models.CharField(max_length=400)  #: number, customer, SIREN, orders, without accents, in lower case
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    # Last, since SQLite walks through all of a long value to come to what stands behind it.
    document = models.BinaryField()  #: canonical JSON (`formats.data.write_json`)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="invoice_number_once"),
            models.UniqueConstraint(fields=["series", "sequence_year", "sequence"], name="invoice_sequence_once"),
        ]
        indexes: ClassVar = [
            # With what one searches by: SQLite then looks for a text without reading the rows.
            models.Index(fields=["organisation", "-issue_date", "-id", "search"], name="invoice_newest"),
            # With what the dashboard adds up.
            models.Index(fields=["organisation", "issue_date", "kind", "currency", "due_minor"], name="invoice_sums"),
            models.Index(fields=["organisation", "due_date", "kind", "currency", "due_minor"], name="invoice_due"),
            models.Index(fields=["organisation", "gross_minor", "id", "net_minor", "due_minor"], name="invoice_amount"),
            models.Index(fields=["organisation", "customer", "-issue_date", "-id"], name="invoice_customer"),
            models.Index(fields=["organisation", "kind", "-issue_date", "-id"], name="invoice_kind"),
        ]

    def __str__(self) -> str:
        return self.number


class PageLook(Owned):
    """Logo and colour at the time of an invoice, so that its page is always the same. Written once, shared."""

    logo = models.BinaryField(null=True)
    accent = models.CharField(max_length=7, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "sha256"], name="look_once")]


class FileKind(models.TextChoices):
    """The files of an invoice."""

    XML = "xml"  #: CII
    PDF = "pdf"  #: Factur-X


class InvoiceFile(Owned):
    """A file of an invoice. Written once."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=3, choices=FileKind.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["invoice", "kind"], name="file_once")]


class SealChain(models.Model):
    """The end of an organisation's chain of seals: the row that a new seal locks."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.PROTECT, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class SealKind(models.TextChoices):
    """What a seal is about."""

    DOCUMENT = "document"  #: set with the number
    FILES = "files"  #: set when XML and PDF are made, right after


class Seal(Owned):
    """A link of the chain (*scellé*): hash of the previous hash and of what is sealed. Written once."""

    sequence = models.PositiveBigIntegerField()
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="seals")
    kind = models.CharField(max_length=8, choices=SealKind.choices)
    digest = models.CharField(max_length=64)  #: of the document, or of the hashes of XML and PDF
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="seal_sequence_once"),
            models.UniqueConstraint(fields=["invoice", "kind"], name="seal_once"),
        ]


class Rhythm(models.TextChoices):
    """How often a recurring invoice comes."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Recurrence(Owned):
    """A recurring invoice (*facture récurrente*): occurrence n falls on rule(start, n), never on last + period."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="recurrences")
    label = models.CharField(max_length=200)
    content = models.JSONField(default=dict)  #: see `billing.content`
    series = models.ForeignKey(NumberSeries, null=True, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices, default=Rhythm.MONTH)
    every = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    occurrences_at_most = models.PositiveIntegerField(null=True)
    issues_by_itself = models.BooleanField(default=False)  #: else it leaves drafts
    sends_by_itself = models.BooleanField(default=False)
    revision_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)  #: a year, on prices
    revision_month = models.PositiveSmallIntegerField(null=True)  #: 1 to 12; the anniversary where none
    next_number = models.PositiveIntegerField(default=0)  #: n of the next occurrence
    next_on = models.DateField(null=True)  #: day of the next one; None when it has ended
    paused_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_on"], name="recurrence_next")]

    def __str__(self) -> str:
        return self.label


class Occurrence(Owned):
    """One coming of a recurring invoice: once for each n, whatever stops and starts."""

    recurrence = models.ForeignKey(Recurrence, on_delete=models.PROTECT, related_name="occurrences")
    number = models.PositiveIntegerField()  #: n
    day = models.DateField()
    created_at = models.DateTimeField()
    problem = models.TextField(blank=True)  #: why it was left as a draft though it should have been issued

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recurrence", "number"], name="occurrence_once"),
        ]
