"""What is looked after each minute: messages that were given up or lost, and what is sent without anybody asking."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from reglo.billing.models import Invoice
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.queries import paying_contact
from reglo.delivery.models import Message, MessageState
from reglo.delivery.services.delivering import fail
from reglo.delivery.services.outbox import JOB, NoAddress, schedule_delivery
from reglo.delivery.services.sending import send_invoice, send_notice
from reglo.jobs.models import Job, JobState
from reglo.journal.services import REGLO

log = structlog.get_logger("reglo.delivery")

_PENDING = (MessageState.QUEUED, MessageState.SENDING)
_LOST_AFTER = timedelta(minutes=10)
_RECENT = timedelta(days=7)  #: older invoices of recurrences are not sent by surprise
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
            raise NoAddress(
                Text(
                    fr=f"{invoice.customer_name} n'a aucun contact : ajoutez-en un avec une adresse e-mail.",
                    en=f"{invoice.customer_name} has no contact: add one with an e-mail address.",
                )
            )
        send_invoice(invoice=invoice, contact=contact, by=REGLO, now=now, key="by-itself")
    except DomainError as error:
        _tell_not_sent(invoice, error, now)


def _tell_not_sent(invoice: Invoice, error: DomainError, now: datetime) -> None:
    """Tell the owners, once, that an invoice could not be sent by itself."""
    language = invoice.organisation.language
    subject = f"Facture {invoice.number} non envoyée" if language == "fr" else f"Invoice {invoice.number} not sent"
    send_notice(
        organisation=invoice.organisation,
        subject=subject,
        body=error.message.in_language(language),
        path=f"invoices/{invoice.pk}/",
        key=f"not-sent:{invoice.pk}",
        by=REGLO,
        now=now,
    )


def send_follow_ups(*, now: datetime) -> None:
    """Ask about quotes that nobody answered, each on its day."""
