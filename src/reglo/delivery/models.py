"""The outbox, templates of e-mails, and links to the portal."""

from typing import ClassVar

from django.db import models

from reglo.billing.models import Invoice, Quote
from reglo.customers.models import Contact, Customer
from reglo.organisations.models import Owned
from reglo.terms.models import TermsAgreement


class MessageKind(models.TextChoices):
    """Why one writes."""

    INVOICE = "invoice"
    QUOTE = "quote"
    QUOTE_FOLLOW_UP = "quote-follow-up"
    TERMS = "terms"
    PORTAL_LINK = "portal-link"  #: a new key to the portal, in place of one that has expired
    GENTLE = "gentle"  #: before the due date
    PRACTICAL = "practical"  #: shortly before it, with what is needed to pay
    FRIENDLY = "friendly"
    FIRM = "firm"
    LAST = "last"
    PROMISE_BROKEN = "promise-broken"
    PLAN_BROKEN = "plan-broken"
    PLAN_LATE = "plan-late"  #: an instalment is missing, the days of grace are running
    PROPOSAL = "proposal"  #: instalments, a discount, another date
    THANKS = "thanks"  #: for a payment that came after a reminder
    STATEMENT = "statement"  #: what moved on the account and what is open
    ANSWER = "answer"  #: in words of the moment: about a dispute or a plan
    NOTICE = "notice"  #: to the organisation itself: a quote was signed, a question came, a message bounced


REMINDERS = frozenset(
    {
        MessageKind.GENTLE,
        MessageKind.PRACTICAL,
        MessageKind.FRIENDLY,
        MessageKind.FIRM,
        MessageKind.LAST,
        MessageKind.PROMISE_BROKEN,
        MessageKind.PLAN_BROKEN,
    }
)
"""The kinds by which one asks for money that is due: judged once more at the instant of sending."""


class MessageState(models.TextChoices):
    """Where a message stands; that it was opened on the portal is said by `opened_at`."""

    QUEUED = "queued"
    SENDING = "sending"  #: handed to the mail server in this moment, or its worker died meanwhile
    SENT = "sent"  #: accepted by the mail server
    DELIVERED = "delivered"  #: said so by the provider
    BOUNCED = "bounced"
    FAILED = "failed"  #: given up
    CANCELLED = "cancelled"


class Message(Owned):
    """An e-mail to send (*message*), written in the transaction of its cause."""

    kind = models.CharField(max_length=16, choices=MessageKind.choices)
    state = models.CharField(max_length=9, choices=MessageState.choices, default=MessageState.QUEUED)
    key = models.CharField(max_length=200)  #: the same act never makes two messages
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="messages")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    to = models.EmailField()
    to_name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="messages")
    quote = models.ForeignKey(Quote, null=True, on_delete=models.PROTECT, related_name="messages")
    agreement = models.ForeignKey(TermsAgreement, null=True, on_delete=models.PROTECT, related_name="messages")
    attaches_document = models.BooleanField(default=True)
    message_id = models.CharField(max_length=200)  #: Message-ID, the same at each attempt: receivers drop a double
    provider_id = models.CharField(max_length=200, blank=True)
    link = models.ForeignKey("PortalLink", null=True, on_delete=models.SET_NULL, related_name="+")
    link_path = models.CharField(max_length=100, blank=True)  #: the page of the portal, below the key
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)  #: raised by each claim: an older worker notices and stops
    retries = models.PositiveSmallIntegerField(default=0)  #: asked for by a person, after it was given up
    handing_over_at = models.DateTimeField(null=True)  #: written before the last bytes; before it nothing has left
    send_at = models.DateTimeField()  #: not before: leaves time to undo
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "key"], name="message_once")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-created_at", "-id"], name="message_newest"),
            models.Index(fields=["organisation", "state", "-created_at"], name="message_state"),
            models.Index(fields=["provider_id"], name="message_provider"),
            models.Index(
                fields=["send_at"], name="message_pending", condition=models.Q(state__in=["queued", "sending"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class MessageFile(Owned):
    """A file made for one message and kept with it: the same bytes at each attempt, and for whoever looks later."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=50)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "name"], name="message_file_once")]

    def __str__(self) -> str:
        return self.name


class MessageEvent(Owned):
    """Something that happened to a message after it was written: an attempt, a word of the provider."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)  #: "attempt-failed", "sent", "delivered", "bounced", "opened", …
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["message", "at", "id"], name="message_event_order")]

    def __str__(self) -> str:
        return f"{self.what} {self.detail}"


class MessageTemplate(Owned):
    """The organisation's own wording of a kind of message, with {variables} and no code."""

    kind = models.CharField(max_length=16, choices=MessageKind.choices)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "language"], name="template_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


class PortalLink(Owned):
    """A contact's key to the portal: the address carries a signed id; here it expires and can be revoked."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="portal_links")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contact", "-expires_at"], name="portal_link_newest")]
