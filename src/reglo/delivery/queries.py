"""Reading messages: of a document, of a customer, in trouble."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from reglo.billing.models import Invoice, Quote
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import Message, MessageEvent, MessageKind, MessageState
from reglo.organisations.models import Organisation
from reglo.terms.models import TermsAgreement

_MEANT = {MessageKind.QUOTE: "buys", MessageKind.QUOTE_FOLLOW_UP: "buys", MessageKind.TERMS: "is_legal"}
_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """What the dashboard shows of delivery."""

    bounced: tuple[Message, ...]
    failed: tuple[Message, ...]


def messages_of(organisation: Organisation) -> QuerySet[Message]:
    """The messages to customers, for lists."""
    return Message.objects.of(organisation).exclude(kind=MessageKind.NOTICE).select_related("customer")


def messages_of_customers(customers: Sequence[int], organisation: Organisation) -> QuerySet[Message]:
    """What was written to a customer, newest first."""
    return messages_of(organisation).filter(customer_id__in=customers).order_by("-created_at", "-id")


def messages_of_document(document: Invoice | Quote | TermsAgreement) -> QuerySet[Message]:
    """What was written about a document, newest first."""
    return document.messages.order_by("-created_at", "-id")


def events_of(message: Message) -> QuerySet[MessageEvent]:
    """What happened to a message, in order."""
    return message.events.order_by("at", "id")


def troubles(organisation: Organisation, *, now: datetime) -> Troubles:
    """What bounced or was given up of late and was not sent again since: for the dashboard."""
    recent = messages_of(organisation).filter(created_at__gt=now - _SHOWN).order_by("-created_at", "-id")
    return Troubles(
        bounced=tuple(recent.filter(state=MessageState.BOUNCED)[:20]),
        failed=tuple(recent.filter(state=MessageState.FAILED)[:20]),
    )


def contacts_to_write_to(customer: Customer, kind: MessageKind) -> list[Contact]:
    """Whom one may write to at a customer, whoever is meant for this kind of message first."""
    contacts = [each for each in customer.contacts.all() if each.archived_at is None and each.email]
    meant = _MEANT.get(kind, "pays")
    return sorted(contacts, key=lambda each: (not getattr(each, meant), not each.buys, each.pk))


def buying_contact(customer: Customer) -> Contact | None:
    """Whom to ask about a quote."""
    return next(iter(contacts_to_write_to(customer, MessageKind.QUOTE)), None)
