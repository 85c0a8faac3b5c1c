"""Sending statements: one to somebody, or those of a month to all customers who owe something."""

from datetime import datetime

from django.db import transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Contact, Customer
from reglo.delivery.composing import Words
from reglo.delivery.models import Message
from reglo.delivery.services.outbox import write_message
from reglo.jobs.services import schedule
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of
from reglo.reporting.models import StatementRun
from reglo.reporting.statements.account import Days, account_statement
from reglo.reporting.statements.letter import statement_letter
from reglo.reporting.statements.owing import owing, run_key, statement_contact
from reglo.reporting.statements.paper import statement_pdf

SEND_STATEMENTS = "send-statements"


class NobodyOwes(DomainError):
    """There is nobody to send a statement to."""

    code = "nobody-owes"


def send_statement(
    *,
    customer: Customer,
    days: Days,
    contact: Contact,
    key: str,
    by: Actor,
    now: datetime,
    words: Words | None = None,
) -> Message:
    """Send the statement of some days to a contact, with its PDF as it stands now.

    key: tells one act of sending from another; the same key again is the same message. Raises NoAddress, BadWording,
    UnknownVariable.
    """
    full_key = f"statement:{customer.pk}:{contact.pk}:{key}"
    return _send(customer, days, contact, key=full_key, by=by, now=now, words=words)


def ask_statements(
    *, organisation: Organisation, days: Days, only_late: bool, by: Actor, now: datetime
) -> StatementRun:
    """Have the statements of some days sent to all who owe something, by a job.

    Asked again of the same days, it reaches only those who have not got theirs. Raises NobodyOwes.
    """
    customers = [row.customer_id for row in owing(organisation, days, only_late=only_late)]
    if not customers:
        raise NobodyOwes(
            Text(fr="Personne ne doit rien à cette date.", en="Nobody owes anything on that day."), field="end"
        )
    with transaction.atomic(durable=True):
        run = StatementRun.objects.create(
            organisation=organisation,
            start=days.start,
            end=days.end,
            currency=days.currency,
            only_late=only_late,
            customers=customers,
            asked_at=now,
            asked_by_id=by.user_id,
            asked_by_name=by.name[:200],
        )
        schedule(
            SEND_STATEMENTS,
            subject_id=run.pk,
            organisation_id=organisation.pk,
            key=f"{SEND_STATEMENTS}:{run.pk}",
            due_at=now,
        )
        after = {"start": str(days.start), "end": str(days.end), "customers": len(customers)}
        record("statements-asked", organisation_id=organisation.pk, subject=run, by=by, at=now, after=after)
    return run


def send_statements(*, run_id: int, now: datetime) -> None:
    """Write the statements of a run, each once. Cut short and begun again, it goes on where it was."""
    run = StatementRun.objects.select_related("organisation", "asked_by").get(pk=run_id)
    if run.done_at is not None:
        return
    by = Actor(name=run.asked_by_name, user_id=run.asked_by_id)
    days = Days(start=run.start, end=run.end, currency=run.currency)
    for place, customer_id in enumerate(run.customers[run.written :], run.written + 1):
        if not _send_of_run(run, customer_id, days, by, now):
            run.without_address.append(customer_id)
        run.written = place
        run.save(update_fields=["written", "without_address"])
    run.done_at = now
    run.save(update_fields=["done_at"])


def _send_of_run(run: StatementRun, customer_id: int, days: Days, by: Actor, now: datetime) -> bool:
    """Whether somebody there has an address."""
    customer = Customer.objects.of(run.organisation).select_related("organisation").get(pk=customer_id)
    contact = statement_contact(customer)
    if contact is None:
        return False
    key = run_key(customer_id, days)
    if not Message.objects.of(run.organisation).filter(key=key).exists():
        _send(customer, days, contact, key=key, by=by, now=now)
    return True


def _send(
    customer: Customer,
    days: Days,
    contact: Contact,
    *,
    key: str,
    by: Actor,
    now: datetime,
    words: Words | None = None,
) -> Message:
    """The PDF is made before the transaction begins: it takes longer than all the rest."""
    statement = account_statement(customer, days)
    pdf = statement_pdf(statement, written=today_of(customer.organisation, now))
    with transaction.atomic(durable=True):
        message, _ = write_message(
            statement_letter(statement, contact, words=words, pdf=pdf), key=key[:200], by=by, now=now
        )
    return message
