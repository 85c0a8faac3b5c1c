"""Statements of customers: what they say, that they leave once, and that all who owe get theirs."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglo.customers.models import Contact
from reglo.delivery.models import Message, MessageState
from reglo.delivery.services import deliver_message
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation, Role
from reglo.reporting.models import StatementRun
from reglo.reporting.services.statements import NobodyOwes, ask_statements, send_statement, send_statements
from reglo.reporting.statements.account import Days, account_statement
from reglo.reporting.statements.owing import debtors, owing
from reglo.reporting.statements.paper import statement_pdf
from tests.ledger.facts import a_payment
from tests.ledger.moves import doubtful
from tests.reporting.worlds import billed, paid
from tests.site import INES, NOW, TODAY, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

OCTOBER = Days(start=date(2026, 10, 1), end=date(2026, 10, 31))
SEPTEMBER_1, OCTOBER_5, OCTOBER_20, NOVEMBER_3 = (
    date(2026, 9, 1),
    date(2026, 10, 5),
    date(2026, 10, 20),
    date(2026, 11, 3),
)


def _url(organisation: Organisation, name: str, **parts: int) -> str:
    return reverse(f"reporting:{name}", kwargs={"slug": organisation.slug, **parts})


def test_it_opens_with_what_was_owed_tells_what_moved_and_closes_with_what_is_open() -> None:
    customer = a_customer(an_organisation())
    old = billed(customer, 100_00, on=SEPTEMBER_1, due=date(2026, 9, 30))
    billed(customer, 200_00, on=OCTOBER_5, due=date(2026, 11, 5))
    paid(old, 50_00, on=OCTOBER_20)
    a_payment(customer, 10_00, received_on=OCTOBER_20)
    made = account_statement(customer, OCTOBER)
    assert made.opening_minor == 120_00
    assert [each.amount_minor for each in made.moves] == [240_00, -50_00, -10_00]
    assert made.closing_minor == 300_00 == sum(each.amount_minor for each in made.open_rows)
    assert made.credits_minor == -10_00
    assert [int(each.amount) for each in made.buckets] == [240, 0, 70, 0, 0]


def test_what_came_after_its_last_day_is_not_asked_for_again() -> None:
    customer = a_customer(an_organisation())
    item = billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20)
    assert account_statement(customer, OCTOBER).transfer.minor == 120_00  # type: ignore[union-attr]  # there is one
    paid(item, 120_00, on=NOVEMBER_3)
    made = account_statement(customer, OCTOBER)
    assert (made.closing_minor, made.transfer) == (120_00, None)


def test_a_debt_that_became_doubtful_is_no_move_to_the_customer() -> None:
    customer = a_customer(an_organisation())
    doubtful(billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20))
    made = account_statement(customer, Days(start=OCTOBER.start, end=date(2026, 12, 31)))
    assert [each.amount_minor for each in made.moves] == [120_00]
    assert [each.amount_minor for each in made.open_rows] == [120_00]


def test_the_letter_is_in_the_language_of_the_customer_and_says_how_to_pay() -> None:
    organisation = an_organisation()
    for language, said in (("fr", "il reste à payer"), ("en", "is left to pay")):
        customer = a_customer(organisation, language=language)
        billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20)
        pdf = statement_pdf(account_statement(customer, OCTOBER), written=TODAY)
        with pikepdf.open(BytesIO(pdf)) as paper:
            assert str(paper.Root.Lang)[:2] == language
            assert ("Relevé" in str(paper.docinfo["/Title"])) == (language == "fr"), said


def test_a_message_carries_the_very_letter_and_leaves_once() -> None:
    customer = a_customer(an_organisation())
    billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20)
    for _again in range(2):
        message = send_statement(
            customer=customer, days=OCTOBER, contact=customer.contacts.get(), key="a", by=INES, now=NOW
        )
    assert Message.objects.count() == 1
    kept = bytes(message.files.get().content)
    for _again in range(2):
        deliver_message(message_id=message.pk, now=NOW)
    (sent,) = mail.outbox
    assert sent.subject == "Votre relevé de compte au 31 octobre 2026 – Atelier Lumière SAS"
    assert [(name, content) for name, content, _type in sent.attachments] == [("releve-de-compte-2026-10-31.pdf", kept)]
    assert "120,00\u00a0€" in str(sent.body)
    assert "message-queued" in JournalEntry.objects.values_list("act", flat=True)


def test_all_who_owe_get_theirs_once_and_who_cannot_be_reached_is_named() -> None:
    organisation = an_organisation()
    known = [a_customer(organisation, name=name) for name in ("Alpha", "Beta", "Gamma", "Delta")]
    for customer in known[:3]:
        billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20)
    known[1].contacts.update(email="")
    for _again in range(2):
        run = ask_statements(organisation=organisation, days=OCTOBER, only_late=False, by=INES, now=NOW)
        for _killed in range(2):
            send_statements(run_id=run.pk, now=NOW)
    assert set(Message.objects.values_list("customer__name", flat=True)) == {"Alpha", "Gamma"}
    assert Message.objects.count() == 2
    run.refresh_from_db()
    assert (run.total, run.written, run.reached, run.without_address) == (3, 3, 2, [known[1].pk])
    shown = {each.row.name: each.written_at for each in debtors(organisation, OCTOBER, owing(organisation, OCTOBER))}
    assert shown == {"Alpha": NOW, "Beta": None, "Gamma": NOW}
    assert JournalEntry.objects.filter(act="statements-asked").count() == 2


def test_a_run_that_was_cut_short_goes_on_where_it_was() -> None:
    organisation = an_organisation()
    for name in ("Alpha", "Beta"):
        billed(a_customer(organisation, name=name), 100_00, on=OCTOBER_5, due=OCTOBER_20)
    run = ask_statements(organisation=organisation, days=OCTOBER, only_late=True, by=INES, now=NOW)
    StatementRun.objects.filter(pk=run.pk).update(written=1)
    send_statements(run_id=run.pk, now=NOW)
    assert list(Message.objects.values_list("customer", flat=True)) == run.customers[1:]


def test_where_nobody_owes_nothing_is_sent() -> None:
    with pytest.raises(NobodyOwes):
        ask_statements(organisation=an_organisation(), days=OCTOBER, only_late=False, by=INES, now=NOW)


def _shop() -> tuple[Organisation, int, Client]:
    organisation = an_organisation()
    customer = a_customer(organisation)
    billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20)
    return organisation, customer.pk, logged_in(a_member(organisation))


def test_the_page_the_preview_and_the_letter_are_of_the_days_that_were_asked_for() -> None:
    organisation, pk, client = _shop()
    page = _url(organisation, "statement", customer_pk=pk)
    asked = {"start": "2026-10-01", "end": "2026-10-31"}
    assert "120,00" in client.get(page, asked).content.decode()
    assert client.get(page, asked | {"format": "pdf"}).content.startswith(b"%PDF")
    framed = client.get(_url(organisation, "statement-preview", customer_pk=pk), asked).content.decode()
    assert "31\u00a0octobre\u00a02026" in framed
    faulty = client.get(page, {"start": "2026-10-31", "end": "2026-10-01", "format": "pdf"})
    assert "Le dernier jour est avant le premier" in faulty.content.decode()


def test_a_page_sends_it_to_who_is_chosen_and_an_unknown_variable_is_refused() -> None:
    organisation, pk, client = _shop()
    address = _url(organisation, "statement-send", customer_pk=pk) + "?start=2026-10-01&end=2026-10-31"
    typed = {"contacts": [Contact.objects.get().pk], "subject": "Relevé", "body": "{nonsense}", "key": "0" * 16}
    assert "Variable inconnue" in client.post(address, typed).content.decode()
    assert client.post(address, typed | {"body": "{reste}"}).status_code == 302
    assert Message.objects.get().state == MessageState.QUEUED


def test_a_page_shows_who_would_get_one_and_how_far_it_has_come() -> None:
    organisation, _pk, client = _shop()
    days = {"start": "2026-10-01", "end": "2026-10-31"}
    assert "claire@librairie.example" in client.get(_url(organisation, "statements"), days).content.decode()
    answer = client.post(_url(organisation, "statements"), days)
    run = StatementRun.objects.get()
    page = _url(organisation, "statement-run", pk=run.pk)
    assert answer.headers["Location"] == page
    assert "<progress" in client.get(page).content.decode()
    send_statements(run_id=run.pk, now=NOW)
    assert "HX-Refresh" in client.get(_url(organisation, "statement-run-progress", pk=run.pk)).headers
    reader = logged_in(a_member(organisation, role=Role.READER))
    assert reader.post(_url(organisation, "statements"), days).status_code == 403


def test_a_longer_account_asks_no_more_queries() -> None:
    customer = a_customer(an_organisation())
    counts = []
    for _round in range(2):
        for _each in range(4):
            billed(customer, 100_00, on=OCTOBER_5, due=OCTOBER_20)
        with CaptureQueriesContext(connection) as asked:
            account_statement(customer, OCTOBER)
        counts.append(len(asked))
    assert counts[0] == counts[1]
