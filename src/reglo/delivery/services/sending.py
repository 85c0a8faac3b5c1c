"""Sending documents: each act writes its message in the transaction of its cause."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from reglo.accounts.models import User
from reglo.billing.models import Invoice, Quote
from reglo.billing.services.quotes import fix_quote, note_followed_up
from reglo.customers.models import Contact
from reglo.delivery.composing import Composed, Words, compose, notice, words_of
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.services.outbox import Letter, fresh, schedule_delivery, write_message
from reglo.delivery.services.values import common_values, invoice_values, quote_values
from reglo.journal.services import Actor
from reglo.organisations.models import Membership, Organisation, Role
from reglo.terms.models import TermsAgreement
from reglo.terms.services import fix_agreement


def invoice_letter(invoice: Invoice, contact: Contact, *, words: Words | None = None) -> Letter:
    """The message that carries an invoice, for sending and for its preview."""
    return Letter(
        kind=MessageKind.INVOICE,
        organisation=invoice.organisation,
        customer=invoice.customer,
        contact=contact,
        values=invoice_values(invoice, contact),
        path=f"invoices/{invoice.pk}/",
        words=words,
        invoice=invoice,
    )


def quote_letter(
    quote: Quote, contact: Contact, *, words: Words | None = None, kind: MessageKind = MessageKind.QUOTE
) -> Letter:
    """The message that carries a quote, or asks about it."""
    return Letter(
        kind=kind,
        organisation=quote.organisation,
        customer=quote.customer,
        contact=contact,
        values=quote_values(quote, contact),
        path=f"quotes/{quote.pk}/",
        words=words,
        quote=quote,
    )


def terms_letter(agreement: TermsAgreement, contact: Contact, *, words: Words | None = None) -> Letter:
    """The message that proposes terms."""
    return Letter(
        kind=MessageKind.TERMS,
        organisation=agreement.organisation,
        customer=agreement.customer,
        contact=contact,
        values=common_values(agreement.customer, contact),
        path=f"terms/{agreement.pk}/",
        words=words,
        agreement=agreement,
    )


def preview(letter: Letter) -> Composed:
    """The message as it will be received, but for the address of the portal. Raises what sending would."""
    language = letter.customer.language
    words = letter.words or words_of(letter.organisation, letter.kind, language)
    return compose(
        words,
        kind=letter.kind,
        organisation=letter.organisation,
        language=language,
        values=letter.values,
        table=letter.table,
    )


def send_invoice(
    *,
    invoice: Invoice,
    contact: Contact,
    by: Actor,
    now: datetime,
    key: str = "first",
    words: Words | None = None,
) -> Message:
    """Send an issued invoice to a contact of its customer.

    key: tells one act of sending from another; the same key again is the same message. Raises NoAddress, BadWording,
    UnknownVariable.
    """
    with transaction.atomic(durable=True):
        return _write(invoice_letter(invoice, contact, words=words), f"invoice:{invoice.pk}", key, by, now)


def send_quote(
    *,
    quote: Quote,
    contact: Contact,
    by: Actor,
    now: datetime,
    key: str = "first",
    words: Words | None = None,
) -> Message:
    """Send a quote: fixed and numbered by it where it is still a draft, in the same transaction."""
    with transaction.atomic(durable=True):
        fixed = fix_quote(quote_id=quote.pk, organisation=quote.organisation, by=by, now=now)
        return _write(quote_letter(fixed, contact, words=words), f"quote:{quote.pk}", key, by, now)


def send_terms(
    *,
    agreement: TermsAgreement,
    contact: Contact,
    by: Actor,
    now: datetime,
    key: str = "first",
    words: Words | None = None,
) -> Message:
    """Propose terms: their text is fixed by it where they are still a draft, in the same transaction."""
    with transaction.atomic(durable=True):
        fixed = fix_agreement(
            agreement_id=agreement.pk, organisation=agreement.organisation, contact=contact, by=by, now=now
        )
        return _write(terms_letter(fixed, contact, words=words), f"terms:{agreement.pk}", key, by, now)


def send_quote_follow_up(
    *, quote: Quote, contact: Contact, by: Actor, now: datetime, key: str, words: Words | None = None
) -> Message:
    """Ask about a quote that nobody answered. key: the day of the follow-up, "2026-12-01"."""
    with transaction.atomic(durable=True):
        note_followed_up(quote)
        letter = quote_letter(quote, contact, words=words, kind=MessageKind.QUOTE_FOLLOW_UP)
        return _write(letter, f"follow-up:{quote.pk}", key, by, now)


def _write(letter: Letter, subject: str, key: str, by: Actor, now: datetime) -> Message:
    message, _ = write_message(letter, key=f"{subject}:{letter.contact.pk}:{key}"[:200], by=by, now=now)
    return message


def send_notice(
    *,
    organisation: Organisation,
    subject: str,
    body: str,
    path: str,
    key: str,
    by: Actor,
    now: datetime,
    users: Sequence[User] | None = None,
) -> list[Message]:
    """Tell people of the organisation (its owners where `users` is not given) what happened.

    path: the page within Réglo, below /o/<slug>/. Plain words: braces in `body` are no variables.
    """
    with transaction.atomic():
        return [
            _write_notice(organisation, user, subject, body, path, key, by, now)
            for user in (owners_of(organisation) if users is None else users)
        ]


def owners_of(organisation: Organisation) -> list[User]:
    """Who is told what happens."""
    owners = Membership.objects.of(organisation).filter(role=Role.OWNER, user__is_active=True)
    return [each.user for each in owners.select_related("user").order_by("pk")]


def _write_notice(
    organisation: Organisation, user: User, subject: str, body: str, path: str, key: str, by: Actor, now: datetime
) -> Message:
    composed = notice(subject, body, organisation=organisation, language=user.language, path=path)
    facts = fresh(by, now) | {"send_at": now}
    message, is_new = Message.objects.get_or_create(
        organisation=organisation,
        key=f"notice:{key}:{user.pk}"[:200],
        defaults={
            "kind": MessageKind.NOTICE,
            "to": user.email,
            "to_name": user.name,
            "language": user.language,
            "subject": composed.subject,
            "text": composed.text,
            "html": composed.html,
            "attaches_document": False,
            **facts,
        },
    )
    if is_new:
        schedule_delivery(message, now=now)
    return message
