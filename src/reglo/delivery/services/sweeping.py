"""What is looked after each minute: messages that were given up or lost, and what is sent without anybody asking."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from reglo.billing.models import Invoice, Quote
from reglo.billing.queries.quotes import quotes_to_follow_up
from reglo.billing.services.quotes import note_followed_up
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.queries import paying_contact
from reglo.delivery.addresses import within
from reglo.delivery.models import Message, MessageKind, MessageState
from reglo.delivery.queries import buying_contact
from reglo.delivery.services.delivering import fail
from reglo.delivery.services.outbox import JOB, NoAddress, schedule_delivery
from reglo.delivery.services.sending import send_invoice, send_notice, send_quote_follow_up
from reglo.jobs.models import Job, JobState
from reglo.journal.services import REGLO
from reglo.organisations.queries import today_of

log = structlog.get_logger("reglo.delivery")

_PENDING = (MessageState.QUEUED, MessageState.SENDING)
_LOST_AFTER = timedelta(minutes=10)
_RECENT = timedelta(days=7)  #: older invoices of recurrences are not sent by surprise
_EASTERNMOST = timedelta(hours=14)  #: no place is further ahead of UTC
_AT_A_TIME = 500


def give_up_messages(*, now: datetime) -> None:
    """Show as failed what its job has given up."""
    for message_id, reason in _given_up():
        with transaction.atomic(durable=True):
            message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
            if message.state in _PENDING:
                fail(message, reason=reason, now=now)


def _given_up() -> list[tuple[int, str]]:
    pending = dict(Message.objects.filter(state__in=_PENDING).values_list("pk", "retries")[:_AT_A_TIME])
    keys = {f"{JOB}:{pk}:{retries}": pk for pk, retries in pending.items()}
    failed = Job.objects.filter(key__in=keys, state=JobState.FAILED)
    return [(keys[job.key], job.last_error) for job in failed]


def reschedule_lost(*, now: datetime) -> None:
    """Schedule once more what waits and has no job that is going to do it."""
    waiting = Message.objects.filter(state__in=_PENDING, send_at__lt=now - _LOST_AFTER).order_by("send_at")[:_AT_A_TIME]
    messages = {each.pk: each for each in waiting}
    alive = Job.objects.filter(kind=JOB, subject_id__in=messages, state__in=(JobState.WAITING, JobState.RUNNING))
    for message_id in messages.keys() - set(alive.values_list("subject_id", flat=True)):
        _reschedule(message_id, now)


def _reschedule(message_id: int, now: datetime) -> None:
    with transaction.atomic(durable=True):
        message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
        if message.state not in _PENDING:
            return
        message.retries, message.send_at = message.retries + 1, now
        message.save(update_fields=["retries", "send_at"])
        schedule_delivery(message, now=now)
    log.warning("message_had_no_job", message=message_id, organisation=message.organisation_id)


def send_recurring(*, now: datetime) -> None:
    """Send what recurrences issued by themselves and are to send by themselves."""
    invoices = Invoice.objects.filter(
        draft__occurrence__recurrence__sends_by_itself=True,
        issued_by=None,
        issued_at__gt=now - _RECENT,
        messages=None,
    )
    for invoice in invoices.select_related("organisation", "customer__organisation").order_by("pk")[:_AT_A_TIME]:
        _send_recurring(invoice, now)


def _send_recurring(invoice: Invoice, now: datetime) -> None:
    contact = paying_contact(invoice.customer)
    try:
        if contact is None:
            raise _nobody(invoice.customer_name)
        send_invoice(invoice=invoice, contact=contact, by=REGLO, now=now, key="by-itself")
    except DomainError as error:
        _tell_not_sent(invoice, error, now)


def _nobody(customer: str) -> NoAddress:
    return NoAddress(
        Text(
            fr=f"{customer} n'a aucun contact\N{NO-BREAK SPACE}: ajoutez-en un avec une adresse e-mail.",
            en=f"{customer} has no contact: add one with an e-mail address.",
        )
    )


def _tell_not_sent(invoice: Invoice, error: DomainError, now: datetime) -> None:
    """Tell the owners, once, that an invoice could not be sent by itself."""
    language = invoice.organisation.language
    subject = f"Facture {invoice.number} non envoyée" if language == "fr" else f"Invoice {invoice.number} not sent"
    send_notice(
        organisation=invoice.organisation,
        subject=subject,
        body=error.message.in_language(language),
        path=within("invoice", invoice.pk),
        key=f"not-sent:{invoice.pk}",
        by=REGLO,
        now=now,
    )


def send_follow_ups(*, now: datetime) -> None:
    """Ask about quotes that nobody answered, each on the day that was planned."""
    latest = (now + _EASTERNMOST).date()
    for quote in quotes_to_follow_up(latest).select_related("customer__organisation")[:_AT_A_TIME]:
        if quote.follow_up_on is not None and quote.follow_up_on <= today_of(quote.organisation, now):
            _follow_up(quote, now)


def _follow_up(quote: Quote, now: datetime) -> None:
    """Ask whoever got the quote, else who buys there; where nobody can be asked, the owners are told, once."""
    sent = quote.messages.filter(kind=MessageKind.QUOTE, contact__archived_at=None).order_by("-created_at").first()
    contact = (sent.contact if sent else None) or buying_contact(quote.customer)
    try:
        if contact is None:
            raise _nobody(quote.customer.name)
        send_quote_follow_up(quote=quote, contact=contact, by=REGLO, now=now, key=f"{quote.follow_up_on}")
    except NoAddress as error:
        _tell_not_asked(quote, error, now)


def _tell_not_asked(quote: Quote, error: DomainError, now: datetime) -> None:
    language = quote.organisation.language
    subject = Text(fr=f"Relance du devis {quote.number} non envoyée", en=f"Quote {quote.number} not followed up")
    with transaction.atomic(durable=True):
        send_notice(
            organisation=quote.organisation,
            subject=subject.in_language(language),
            body=error.message.in_language(language),
            path=within("quote", quote.pk),
            key=f"not-asked:{quote.pk}:{quote.follow_up_on}",
            by=REGLO,
            now=now,
        )
        note_followed_up(quote)
