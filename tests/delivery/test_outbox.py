"""The outbox: one act, one message; taking back, trying again, giving up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from reglo.billing.models import FileKind
from reglo.customers.models import Contact
from reglo.delivery.composing import PORTAL
from reglo.delivery.models import Message, MessageKind, MessageState
from reglo.delivery.queries import troubles
from reglo.delivery.services import (
    UNDO_TIME,
    cancel_message,
    deliver_message,
    note_bounced,
    note_delivered,
    retry_message,
    send_invoice,
    send_notice,
)
from reglo.delivery.services.outbox import NoAddress, TooLate
from reglo.delivery.services.sweeping import give_up_messages, reschedule_lost
from reglo.jobs.doing import do
from reglo.jobs.models import Job, JobState
from reglo.journal.models import JournalEntry
from tests.delivery.messages import a_bare_message, a_message, an_invoice, contact_of
from tests.site import INES, NOW, a_customer, a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + timedelta(minutes=1)


def test_a_double_click_is_one_message_and_one_job() -> None:
    invoice = an_invoice()
    first, second = a_message(invoice), a_message(invoice)
    assert first == second
    assert Message.objects.count() == Job.objects.filter(kind="deliver-message").count() == 1


def test_sending_again_on_purpose_is_another_message() -> None:
    invoice = an_invoice()
    assert a_message(invoice, key="one") != a_message(invoice, key="two")


def test_nothing_is_written_where_the_transaction_fails() -> None:
    customer = a_customer(an_organisation())
    with transaction.atomic():
        a_bare_message(customer, key="x")
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not Job.objects.filter(kind="deliver-message").exists()


def test_an_invoice_leaves_with_its_factur_x_and_a_link_that_is_nowhere_stored() -> None:
    message = a_message()
    assert PORTAL in message.text
    deliver_message(message_id=message.pk, now=LATER)
    message.refresh_from_db()
    [sent] = mail.outbox
    assert message.state == MessageState.SENT
    assert message.sent_at == LATER
    assert sent.extra_headers["Message-ID"] == message.message_id
    [(name, content, media_type)] = sent.attachments
    assert name == f"{message.invoice.number}.pdf"
    assert media_type == "application/pdf"
    assert content == bytes(message.invoice.files.get(kind=FileKind.PDF).content)
    assert f"/p/{message.link_id}." in sent.body
    assert PORTAL not in sent.body + sent.alternatives[0][0]
    assert sent.reply_to == ["facturation@atelier-lumiere.example"]


def test_a_message_is_sent_once_however_often_its_job_runs() -> None:
    message = a_message()
    for minute in range(3):
        deliver_message(message_id=message.pk, now=LATER + timedelta(minutes=minute))
    assert len(mail.outbox) == 1


def test_the_job_waits_until_sending_can_no_longer_be_taken_back() -> None:
    message = a_message()
    job = Job.objects.get(kind="deliver-message")
    assert job.due_at == message.send_at == NOW + UNDO_TIME
    assert do(job.pk, now=NOW) is None
    do(job.pk, now=NOW + UNDO_TIME)
    assert len(mail.outbox) == 1


def test_a_message_taken_back_never_leaves() -> None:
    message = a_message()
    organisation = message.organisation
    for _ in range(2):
        cancel_message(message_id=message.pk, organisation=organisation, by=INES, now=NOW)
    deliver_message(message_id=message.pk, now=LATER)
    assert mail.outbox == []


def test_what_has_left_cannot_be_taken_back() -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=LATER)
    with pytest.raises(TooLate):
        cancel_message(message_id=message.pk, organisation=message.organisation, by=INES, now=LATER)


def test_nobody_takes_back_a_message_of_another_organisation() -> None:
    message = a_message()
    with pytest.raises(Message.DoesNotExist):
        cancel_message(message_id=message.pk, organisation=an_organisation(), by=INES, now=NOW)


def test_a_contact_archived_meanwhile_is_not_written_to() -> None:
    message = a_message()
    Contact.objects.filter(pk=message.contact_id).update(archived_at=NOW)
    deliver_message(message_id=message.pk, now=LATER)
    message.refresh_from_db()
    assert mail.outbox == []
    assert message.state == MessageState.CANCELLED
    assert "archivé" in message.last_error


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.com\nBcc: b@example.com"])
def test_a_contact_without_a_usable_address_is_told(address: str) -> None:
    invoice = an_invoice()
    contact = contact_of(invoice.customer)
    contact.email = address
    with pytest.raises(NoAddress):
        send_invoice(invoice=invoice, contact=contact, by=INES, now=NOW)


def test_names_cannot_smuggle_headers() -> None:
    organisation = an_organisation(name='Atelier"\r\nBcc: spy@example.com\r\n', reply_to="answers@example.com")
    customer = a_customer(organisation, name="Port\r\nX-Evil: 1")
    Contact.objects.update(name='Claire" <spy@example.com>,\r\nBcc: spy@example.com')
    message = a_bare_message(customer, key="x")
    deliver_message(message_id=message.pk, now=LATER)
    [sent] = mail.outbox
    wire = sent.message()
    assert wire.get_all("Bcc") is None
    assert wire.get_all("X-Evil") is None
    assert len(wire.get_all("To")) == 1
    assert sent.recipients() == [sent.to[0]]
    assert wire["To"].count("@librairie.example>") == 1


def test_a_bounce_is_written_on_the_contact_and_told_to_the_owner() -> None:
    message = a_message()
    owner = a_member(message.organisation)
    deliver_message(message_id=message.pk, now=LATER)
    for _ in range(2):
        note_bounced(message_id=message.pk, reason="550 no such user", now=LATER)
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    assert message.contact.bounced_at == LATER
    assert message.contact.bounce_reason == "550 no such user"
    notice = Message.objects.get(kind=MessageKind.NOTICE)
    assert notice.to == owner.email
    assert message.to in notice.subject
    assert [each.pk for each in troubles(message.organisation, now=LATER).bounced] == [message.pk]
    assert JournalEntry.objects.filter(act="message-bounced", customer_id=message.customer_id).count() == 1


def test_a_notice_that_bounces_makes_no_other() -> None:
    organisation = an_organisation()
    owner = a_member(organisation)
    [notice] = send_notice(
        organisation=organisation, subject="s", body="b", path="", key="k", by=INES, now=NOW, users=[owner]
    )
    deliver_message(message_id=notice.pk, now=LATER)
    note_bounced(message_id=notice.pk, reason="550", now=LATER)
    assert Message.objects.count() == 1


def test_a_delivery_told_before_the_answer_of_the_provider_stands() -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=LATER)
    note_delivered(message_id=message.pk, now=LATER)
    note_delivered(message_id=message.pk, now=LATER + timedelta(hours=1))
    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED
    assert message.delivered_at == LATER


def test_trying_again_after_a_bounce_takes_the_present_address() -> None:
    message = a_message()
    deliver_message(message_id=message.pk, now=LATER)
    note_bounced(message_id=message.pk, reason="550", now=LATER)
    Contact.objects.filter(pk=message.contact_id).update(email="new@librairie.example")
    before = message.message_id
    again = retry_message(message_id=message.pk, organisation=message.organisation, by=INES, now=LATER)
    assert again.to == "new@librairie.example"
    assert again.message_id != before
    job = Job.objects.get(key=f"deliver-message:{message.pk}:1")
    do(job.pk, now=LATER)
    assert mail.outbox[-1].to == ['"Claire Petit" <new@librairie.example>']


def test_what_is_on_its_way_is_not_tried_again() -> None:
    message = a_message()
    with pytest.raises(TooLate):
        retry_message(message_id=message.pk, organisation=message.organisation, by=INES, now=NOW)


def test_what_its_job_gave_up_is_shown_as_failed() -> None:
    message = a_message()
    Job.objects.filter(kind="deliver-message").update(state=JobState.FAILED, last_error="NotTaken: 421 busy")
    give_up_messages(now=LATER)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "421" in message.last_error
    assert [each.pk for each in troubles(message.organisation, now=LATER).failed] == [message.pk]


def test_a_message_whose_job_was_lost_gets_another() -> None:
    message = a_message()
    Job.objects.filter(kind="deliver-message").delete()
    reschedule_lost(now=NOW + timedelta(minutes=9))
    assert not Job.objects.filter(kind="deliver-message").exists()
    for _ in range(2):
        reschedule_lost(now=NOW + timedelta(minutes=11))
    job = Job.objects.get(kind="deliver-message")
    do(job.pk, now=NOW + timedelta(minutes=11))
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert len(mail.outbox) == 1
