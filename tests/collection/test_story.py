"""The story of a customer, and what people write into it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from reglo.billing.models import Invoice
from reglo.collection.incoming import LARGEST_EMAIL, NotAnEmail, read_email
from reglo.collection.models import Note, NoteKind, Relationship
from reglo.collection.queries.exposure import exposure_of, habit_of_customers, owed_of
from reglo.collection.queries.story import PAGE, Place, StoryKind, bad_place_as_none, kind_of, story_page
from reglo.collection.services.notes import (
    AlreadyFiled,
    EmptyNote,
    delete_note,
    file_email,
    restore_note,
    write_note,
)
from reglo.customers.models import Customer
from reglo.journal.services import Act, record_all
from tests.collection.debts import a_debt, a_debtor, items_of, pay
from tests.collection.emails import EML
from tests.collection.test_disputes import disputed
from tests.site import INES, NOW, TODAY, a_member, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

NESTED = b"From: x\nContent-Type: multipart/mixed; boundary=a\n\n" + (
    b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 500
)


def note(customer: Customer, text: str = "Rappelle mardi", **changes: Any) -> Note:
    """A call that was logged."""
    facts: dict[str, Any] = {"kind": NoteKind.CALL, "by": INES, "now": NOW}
    return write_note(organisation=customer.organisation, customer=customer, text=text, **facts | changes)


def filed(customer: Customer, content: bytes = EML) -> Note:
    """An e-mail that was filed."""
    return file_email(organisation=customer.organisation, customer=customer, content=content, by=INES, now=NOW)


def many_events(customer: Customer, count: int) -> None:
    """Entries of the journal about a customer."""
    acts = [
        Act(
            ("message-sent", "invoice-opened", "payment-recorded", "promise-made")[n % 4],
            customer,
            customer_id=customer.pk,
        )
        for n in range(count)
    ]
    with transaction.atomic():
        record_all(acts, organisation_id=customer.organisation_id, by=INES, at=NOW)


def test_an_email_is_filed_as_text_once_and_its_files_are_only_named() -> None:
    customer = a_debtor()
    kept = filed(customer)
    assert (kept.subject, kept.with_whom) == ("Facture reçue", "Claire Petit <claire@librairie.example>")
    assert kept.text == "Bonjour,\nje paie vendredi."
    assert kept.attachments == ["bon.pdf"]
    assert kept.happened_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    with pytest.raises(AlreadyFiled):
        filed(customer)
    delete_note(note_id=kept.pk, organisation=customer.organisation, by=INES, now=NOW)
    assert filed(customer).pk == kept.pk
    assert filed(a_debtor()).pk != kept.pk


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"MZ\x90\x00\x03",
        b"just words",
        b"x" * (LARGEST_EMAIL + 1),
    ],
)
def test_what_is_no_email_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnEmail):
        read_email(content)


@pytest.mark.parametrize(
    "content",
    [
        b"From: x\nSubject: a\nContent-Type: text/plain; charset=klingon\n\nhello",
        b"From: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"From: \xff\xfe\nSubject: \x00\nDate: never\n\n\xe9t\xe9",
        b"From: x\nDate: Mon, 99 Nov 99999 10:00:00 +9999\n\nhello",
        b"From: x\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 500,
        b"From: x\nMessage-ID: <" + b"y" * 5000 + b">\n\nhello",
        b"From: x\nContent-Type: text/html\n\n<style>p{}</style><p>a</p><script>alert(1)</script>",
        b"From: x\nContent-Disposition: attachment; filename*=utf-8''%FF%00\n\nz",
    ],
)
def test_an_email_that_is_odd_is_read_as_far_as_it_goes(content: bytes) -> None:
    read = read_email(content)
    assert read.text
    assert "alert" not in read.text
    assert "\x00" not in read.text + read.subject + read.sender
    assert len(read.message_id) <= 300
    filed(a_debtor(), content)


def test_a_note_is_written_once_and_can_be_taken_back_and_restored() -> None:
    customer = a_debtor()
    first = note(customer)
    assert note(customer, now=NOW + timedelta(seconds=5)).pk == first.pk
    with pytest.raises(EmptyNote):
        note(customer, "  ")
    facts = {"note_id": first.pk, "organisation": customer.organisation, "by": INES, "now": NOW}
    for _ in range(2):
        delete_note(**facts)
    assert not any(each.note for each in story_page(customer.organisation, [customer.pk]).events)
    restore_note(**facts)
    assert any(each.note for each in story_page(customer.organisation, [customer.pk]).events)


def test_a_time_to_come_is_now() -> None:
    assert note(a_debtor(), happened_at=NOW + timedelta(days=9)).happened_at == NOW


def test_every_event_stands_once_on_some_page_the_newest_first() -> None:
    customer = a_debtor()
    many_events(customer, 120)
    for number in range(70):
        note(customer, f"Appel {number}", happened_at=NOW - timedelta(days=number))
    seen, place = [], Place()
    while True:
        page = story_page(customer.organisation, [customer.pk], after=place)
        assert len(page.events) <= PAGE
        seen += page.events
        if page.next is None:
            break
        place = bad_place_as_none(str(page.next))
        assert place == page.next
    notes = [each.note.pk for each in seen if each.note]
    assert len(notes) == len(set(notes)) == 70
    assert len(seen) - len(notes) >= 120
    assert [each.at for each in seen if each.note] == sorted((each.at for each in seen if each.note), reverse=True)


def test_a_filter_shows_its_kind_alone() -> None:
    customer = a_debtor()
    many_events(customer, 40)
    note(customer)
    disputed(Invoice.objects.get())
    for kind in StoryKind:
        page = story_page(customer.organisation, [customer.pk], kind=kind)
        assert all(each.kind is kind for each in page.events)
    said = story_page(customer.organisation, [customer.pk], kind=StoryKind.SAID)
    assert [each.words for each in said.events] == ["Rappelle mardi"]
    assert kind_of("dispute-opened") is StoryKind.DISPUTED


@pytest.mark.parametrize("text", ["", "x", "-1.", "1", "9" * 50 + ".", ".2026-01-01_1", ".x_y", "\x00.\x00_\x00"])
def test_a_spoiled_place_is_the_beginning_or_harmless(text: str) -> None:
    customer = a_debtor()
    story_page(customer.organisation, [customer.pk], after=bad_place_as_none(text))


def test_what_is_owed_stands_against_the_limit() -> None:
    customer = a_debtor("450.00", "100.00")
    owed = owed_of(customer.organisation, [customer.pk], today=TODAY)
    assert exposure_of(customer.organisation, [customer.pk], owed).limit_minor is None
    Relationship.objects.create(organisation=customer.organisation, customer=customer, limit_minor=100_000)
    exposure = exposure_of(customer.organisation, [customer.pk], owed)
    assert (exposure.owed_minor, exposure.percent, exposure.is_over) == (132_000, 132, True)


def test_a_habit_is_made_of_what_was_paid_with_money() -> None:
    customer = a_debtor("100.00", "100.00")
    a_debt(customer, "100.00")
    for days, item in zip((4, 10, 12), items_of(customer), strict=True):
        assert item.due_date is not None
        pay(item, item.open_minor, on=item.due_date + timedelta(days=days))
    habit = habit_of_customers(customer.organisation, [customer.pk])
    assert habit is not None
    assert (habit.count, habit.median) == (3, 10)


def test_the_page_makes_the_same_number_of_queries_however_long_the_story_is(
    django_assert_max_num_queries: Any,
) -> None:
    customer = a_debtor("450.00", "100.00")
    client = logged_in(a_member(customer.organisation))
    many_events(customer, 300)
    for number in range(60):
        note(customer, f"Appel {number}")
    url = f"/o/{customer.organisation.slug}/collection/story/{customer.pk}/"
    with django_assert_max_num_queries(26):
        page = client.get(url)
    assert page.status_code == 200
    with django_assert_max_num_queries(8):
        more = client.get(url, {"after": str(page.context["page"].next)}, headers={"HX-Target": "more"})
    assert more.content.count(b"<li>") >= PAGE
