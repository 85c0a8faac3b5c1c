"""What is sent without anybody asking, and what providers tell."""

from datetime import timedelta
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from django.utils import timezone

from reglo.billing.models import Occurrence, Quote, QuoteState, Recurrence
from reglo.billing.services.issue import issue_draft
from reglo.billing.services.quotes import accept_quote, create_quote
from reglo.delivery.models import Message, MessageKind, MessageState
from reglo.delivery.services import deliver_message, send_quote, tell_of_recent_answers
from reglo.delivery.services.sweeping import send_follow_ups, send_recurring
from reglo.journal.services import REGLO
from reglo.organisations.models import Organisation
from tests.delivery.messages import a_message, contact_of
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def a_recurring_invoice(organisation: Organisation, *, sends: bool) -> Any:
    """An invoice that a recurrence has issued by itself."""
    customer = a_customer(organisation)
    recurrence = Recurrence.objects.create(
        organisation=organisation,
        customer=customer,
        label="Maintenance",
        starts_on=TODAY,
        issues_by_itself=True,
        sends_by_itself=sends,
        created_at=NOW,
    )
    occurrence = Occurrence.objects.create(
        organisation=organisation, recurrence=recurrence, number=0, day=TODAY, created_at=NOW
    )
    draft = a_draft(organisation, customer, occurrence=occurrence)
    return issue_draft(draft_id=draft.pk, organisation=organisation, by=REGLO, now=NOW)


def test_a_recurring_invoice_is_sent_by_itself_once() -> None:
    invoice = a_recurring_invoice(an_organisation(), sends=True)
    for _ in range(3):
        send_recurring(now=NOW)
    message = Message.objects.get()
    assert message.invoice == invoice
    assert message.send_at == NOW


def test_a_recurring_invoice_that_is_not_to_be_sent_waits_for_a_person() -> None:
    a_recurring_invoice(an_organisation(), sends=False)
    send_recurring(now=NOW)
    assert not Message.objects.exists()


def test_old_invoices_are_not_sent_by_surprise() -> None:
    a_recurring_invoice(an_organisation(), sends=True)
    send_recurring(now=NOW + timedelta(days=8))
    assert not Message.objects.exists()


def test_where_nobody_can_be_written_to_the_owner_is_told_once_and_it_leaves_when_mended() -> None:
    organisation = an_organisation()
    a_member(organisation)
    invoice = a_recurring_invoice(organisation, sends=True)
    invoice.customer.contacts.update(email="")
    for _ in range(2):
        send_recurring(now=NOW)
    notice = Message.objects.get()
    assert notice.kind == MessageKind.NOTICE
    assert invoice.number in notice.subject
    invoice.customer.contacts.update(email="claire@librairie.example")
    send_recurring(now=NOW)
    assert Message.objects.filter(invoice=invoice).count() == 1


def a_sent_quote(organisation: Organisation) -> Quote:
    """A quote that was sent, to be asked about in a week."""
    customer = a_customer(organisation)
    quote = create_quote(organisation=organisation, customer=customer, content=a_content(), by=INES, now=NOW)
    send_quote(quote=quote, contact=contact_of(customer), by=INES, now=NOW)
    quote.refresh_from_db()
    return quote


def test_a_quote_is_asked_about_on_its_day_and_once() -> None:
    quote = a_sent_quote(an_organisation())
    send_follow_ups(now=NOW + timedelta(days=6))
    assert not Message.objects.filter(kind=MessageKind.QUOTE_FOLLOW_UP).exists()
    for minute in range(3):
        send_follow_ups(now=NOW + timedelta(days=7, minutes=minute))
    message = Message.objects.get(kind=MessageKind.QUOTE_FOLLOW_UP)
    assert quote.number in message.subject


def test_a_quote_answered_meanwhile_is_not_asked_about() -> None:
    quote = a_sent_quote(an_organisation())
    now = NOW + timedelta(days=7)
    send_follow_ups(now=now)
    accept_quote(
        quote_id=quote.pk,
        organisation=quote.organisation,
        name="Claire",
        consent="oui",
        options=None,
        by=INES,
        now=now,
    )
    message = Message.objects.get(kind=MessageKind.QUOTE_FOLLOW_UP)
    deliver_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    quote.refresh_from_db()
    assert quote.state == QuoteState.ACCEPTED
    assert message.state == MessageState.CANCELLED
    assert "répondu" in message.last_error


def test_an_answer_that_a_crash_left_untold_is_told_by_the_sweep_once() -> None:
    organisation = an_organisation()
    a_member(organisation)
    quote = a_sent_quote(organisation)
    accept_quote(
        quote_id=quote.pk, organisation=organisation, name="Claire", consent="oui", options=None, by=INES, now=NOW
    )
    for _ in range(2):
        tell_of_recent_answers(now=NOW + timedelta(minutes=1))
    notice = Message.objects.get(kind=MessageKind.NOTICE)
    assert quote.number in notice.subject
    assert "1\u202f080" in notice.text or "1\xa0080" in notice.text


def told(message: Message, what: str, **facts: Any) -> None:
    """What a provider tells of a message."""
    event = AnymailTrackingEvent(
        event_type=what, timestamp=timezone.now(), metadata=facts.pop("metadata", {"message": str(message.pk)}), **facts
    )
    tracking.send(sender=object, event=event, esp_name="Test")


def test_what_the_provider_tells_becomes_the_state() -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=NOW + timedelta(minutes=1))
    told(message, "opened", recipient=message.to)
    told(message, "delivered", recipient=message.to.upper())
    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED
    assert message.opened_at is None
    told(message, "bounced", recipient=message.to, mta_response="550 mailbox full for ever")
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    assert message.contact.bounce_reason == "550 mailbox full for ever"


def test_a_message_is_found_by_the_providers_own_number() -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=NOW + timedelta(minutes=1))
    Message.objects.update(provider_id="abc-1")
    told(message, "delivered", metadata={}, message_id="abc-1")
    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED


@pytest.mark.parametrize(
    "facts",
    [
        {"metadata": {"message": "9" * 30}},
        {"metadata": {"message": "1; drop table"}},
        {"metadata": {}, "message_id": "unknown"},
        {"metadata": {}},
        {"recipient": "somebody@else.example"},
    ],
)
def test_words_about_no_message_of_ours_change_nothing(facts: dict[str, Any]) -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=NOW + timedelta(minutes=1))
    told(message, "bounced", **facts)
    message.refresh_from_db()
    assert message.state == MessageState.SENT
