"""What customers do on the portal that is no answer to a document: they look, they ask."""

from datetime import datetime, timedelta

from django.db import models, transaction

from reglo.billing.models import Invoice, Quote
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.delivery.services import note_opened, send_notice
from reglo.journal.models import JournalEntry
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.terms.models import TermsAgreement

LONGEST_QUESTION = 2000
_SAME = timedelta(minutes=10)  #: within it, the same words are a double click


class EmptyQuestion(DomainError):
    """A question without words."""

    code = "empty-question"


def ask_question(
    *,
    organisation: Organisation,
    customer: Customer,
    subject: Customer | Invoice | Quote | TermsAgreement,
    text: str,
    path: str,
    by: Actor,
    now: datetime,
) -> None:
    """Put a customer's question into its story and tell the organisation's owners. The same words again are one.

    subject: what it is about; path: the page within Réglo. Raises EmptyQuestion.
    """
    text = text.strip()[:LONGEST_QUESTION]
    if not text:
        raise EmptyQuestion(Text(fr="Écrivez votre question.", en="Write your question."), field="text")
    with transaction.atomic(durable=True):
        # The organisation stands for its questions: locked, so that a double click is seen.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if _was_asked(organisation, customer, subject, text, since=now - _SAME):
            return
        entry = _write("question-asked", organisation, customer, subject, by=by, now=now, after={"text": text})
        _tell(organisation, customer, subject, text, path=path, key=f"question:{entry.pk}", by=by, now=now)


def see_document(
    *,
    organisation: Organisation,
    customer: Customer,
    document: Invoice | Quote | TermsAgreement,
    by: Actor,
    now: datetime,
    day_begins: datetime,
) -> None:
    """Note that a customer has opened a document: on its messages once, in the journal once a day."""
    act = f"{_NAMES[type(document)]}-opened"
    with transaction.atomic(durable=True):
        type(document)._default_manager.select_for_update(of=("self",)).get(pk=document.pk)  # once a day, for all
        note_opened(messages=list(document.messages.values_list("pk", flat=True)), by=by, now=now)
        if not _entries(organisation, document, act).filter(at__gte=day_begins).exists():
            _write(act, organisation, customer, document, by=by, now=now)


_NAMES: dict[type[models.Model], str] = {Invoice: "invoice", Quote: "quote", TermsAgreement: "agreement"}


def _entries(organisation: Organisation, subject: models.Model, act: str) -> models.QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(
        organisation=organisation, subject_type=subject._meta.model_name, subject_id=subject.pk, act=act
    )


def _was_asked(
    organisation: Organisation, customer: Customer, subject: models.Model, text: str, *, since: datetime
) -> bool:
    asked = _entries(organisation, subject, "question-asked").filter(at__gte=since, customer_id=customer.pk)
    return any(each.after.get("text") == text for each in asked)


def _write(
    act: str,
    organisation: Organisation,
    customer: Customer,
    subject: models.Model,
    *,
    by: Actor,
    now: datetime,
    after: dict[str, str] | None = None,
) -> JournalEntry:
    return record(
        act, organisation_id=organisation.pk, subject=subject, by=by, at=now, customer_id=customer.pk, after=after
    )


def _tell(
    organisation: Organisation,
    customer: Customer,
    subject: models.Model,
    text: str,
    *,
    path: str,
    key: str,
    by: Actor,
    now: datetime,
) -> None:
    about = "" if subject == customer else f" ({subject})"
    title = Text(fr=f"Question de {customer.name}{about}", en=f"Question from {customer.name}{about}")
    intro = Text(
        fr=f"{by.name} vous écrit depuis son espace client\N{NO-BREAK SPACE}:",
        en=f"{by.name} writes to you from the customer portal:",
    )
    language = organisation.language
    send_notice(
        organisation=organisation,
        subject=title.in_language(language),
        body=f"{intro.in_language(language)}\n\n{text}",
        path=path,
        key=key,
        by=by,
        now=now,
    )
