"""Disputes: opened once, spoken about, ended by a credit note, reasons or the customer's word."""

from typing import Any

import pytest

from reglo.billing.models import Draft, Invoice
from reglo.collection.attachments import BadFile, checked_file, clean_name
from reglo.collection.models import Dispute, DisputeScope, DisputeState
from reglo.collection.queries.disputes import lines_of, open_of_invoice
from reglo.collection.services import disputes
from reglo.collection.services.disputes import (
    BadDispute,
    DisputeClosed,
    EmptyWords,
    Objection,
    open_dispute,
    reject_dispute,
    say_in_dispute,
    settle_dispute,
    withdraw_dispute,
)
from reglo.core.composition import DocumentKind
from reglo.delivery.models import Message, MessageKind
from reglo.journal.models import JournalEntry
from tests.collection.debts import CLAIRE, a_debt, a_debtor, items_of, pay
from tests.site import INES, NOW, a_member

pytestmark = pytest.mark.django_db(transaction=True)

TWO_RATES = [
    {"name": "Livres", "quantity": "10", "price": "20.00", "vat": "5.5", "nature": "B"},
    {"name": "Conseil", "quantity": "2", "unit": "DAY", "price": "450.00", "vat": "20", "nature": "S"},
]


def disputed(invoice: Invoice, scope: DisputeScope = DisputeScope.WHOLE, **changes: Any) -> Dispute:
    """A dispute that a customer opened on the portal."""
    return open_dispute(
        organisation=invoice.organisation,
        invoice_id=invoice.pk,
        objection=Objection(scope=scope, reason=changes.pop("reason", "Ce n'est pas ce qui était convenu"), **changes),
        opened_by="Claire Petit",
        on_portal=True,
        by=CLAIRE,
        now=NOW,
    )


def settled(dispute: Dispute, credit: DisputeScope | None, minor: int | None = None) -> Dispute:
    """A dispute on which we agree."""
    return settle_dispute(
        dispute_id=dispute.pk,
        organisation=dispute.organisation,
        answer="Vous avez raison.",
        credit=credit,
        amount_minor=minor,
        by=INES,
        now=NOW,
    )


def test_the_whole_that_is_open_is_disputed() -> None:
    customer = a_debtor()
    pay(items_of(customer)[0], 8_000)
    dispute = disputed(Invoice.objects.get())
    assert dispute.amount_minor == 100_000
    assert JournalEntry.objects.get(act="dispute-opened").customer_id == customer.pk


def test_a_line_is_disputed_with_its_tax() -> None:
    customer = a_debtor()
    invoice = a_debt(customer, lines=TWO_RATES)
    books, advice = lines_of(invoice)
    assert (books.gross_minor, advice.gross_minor) == (21_100, 108_000)
    assert disputed(invoice, DisputeScope.LINE, line=books.number).amount_minor == 21_100


@pytest.mark.parametrize(
    ("scope", "changes"),
    [
        (DisputeScope.LINE, {"line": "99"}),
        (DisputeScope.AMOUNT, {"amount_minor": 0}),
        (DisputeScope.AMOUNT, {"amount_minor": None}),
        (DisputeScope.AMOUNT, {"amount_minor": 108_001}),
    ],
)
def test_what_is_not_there_cannot_be_disputed(scope: DisputeScope, changes: dict[str, Any]) -> None:
    a_debtor()
    with pytest.raises(BadDispute):
        disputed(Invoice.objects.get(), scope, **changes)


def test_what_is_paid_is_not_disputed_and_a_dispute_has_a_reason() -> None:
    customer = a_debtor()
    with pytest.raises(EmptyWords):
        disputed(Invoice.objects.get(), reason=" \x00 ")
    pay(items_of(customer)[0], 108_000)
    with pytest.raises(BadDispute):
        disputed(Invoice.objects.get())


def test_there_is_one_open_dispute_and_more_words_go_into_its_thread() -> None:
    a_debtor()
    invoice = Invoice.objects.get()
    first = disputed(invoice)
    assert disputed(invoice).pk == first.pk
    assert not first.thread.exists()
    assert disputed(invoice, reason="Et la livraison était en retard").pk == first.pk
    assert [each.text for each in first.thread.all()] == ["Et la livraison était en retard"]


@pytest.mark.parametrize(
    ("scope", "credit", "minor", "left"),
    [
        (DisputeScope.WHOLE, DisputeScope.WHOLE, None, 0),
        (DisputeScope.LINE, DisputeScope.LINE, None, 108_000),
        (DisputeScope.AMOUNT, DisputeScope.AMOUNT, 10_000, 119_100),
        (DisputeScope.WHOLE, None, None, 129_100),
    ],
)
def test_a_settled_dispute_makes_the_credit_note_and_the_ledger_knows(
    scope: DisputeScope, credit: DisputeScope | None, minor: int | None, left: int
) -> None:
    customer = a_debtor("1.00")
    invoice = a_debt(customer, lines=TWO_RATES)
    line = lines_of(invoice)[0].number
    done = settled(disputed(invoice, scope, line=line, amount_minor=minor), credit, minor)
    assert done.state == DisputeState.SETTLED
    assert open_of_invoice(invoice) == left
    notes = Invoice.objects.filter(kind=DocumentKind.CREDIT_NOTE)
    assert list(notes) == ([done.credit_note] if credit else [])
    written = Message.objects.get(kind=MessageKind.ANSWER)
    assert "Vous avez raison." in written.text
    assert (done.credit_note is None) or done.credit_note.number in written.text
    assert settled(done, credit, minor).credit_note == done.credit_note
    assert notes.count() == (1 if credit else 0)


def test_a_settlement_that_was_cut_short_goes_on_with_the_same_credit_note(monkeypatch: pytest.MonkeyPatch) -> None:
    a_debtor()
    dispute = disputed(Invoice.objects.get())
    real = disputes._end

    def die(*_: Any, **__: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(disputes, "_end", die)
    with pytest.raises(RuntimeError):
        settled(dispute, DisputeScope.WHOLE)
    monkeypatch.setattr(disputes, "_end", real)
    note = Invoice.objects.get(kind=DocumentKind.CREDIT_NOTE)
    assert settled(dispute, DisputeScope.WHOLE).credit_note == note
    assert Invoice.objects.filter(kind=DocumentKind.CREDIT_NOTE).count() == 1


def test_a_draft_that_was_never_issued_gives_way_to_another_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    a_debtor()
    dispute = disputed(Invoice.objects.get())
    real = disputes.issue_draft

    def die(**_: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(disputes, "issue_draft", die)
    with pytest.raises(RuntimeError):
        settled(dispute, DisputeScope.WHOLE)
    monkeypatch.setattr(disputes, "issue_draft", real)
    done = settled(dispute, DisputeScope.AMOUNT, 12_000)
    assert done.credit_note is not None
    assert done.credit_note.gross_minor == 12_000
    assert Draft.objects.filter(deleted_at=None, issued_at=None).count() == 0


def test_reasons_end_a_dispute_and_a_closed_one_stays_closed() -> None:
    a_debtor()
    dispute = disputed(Invoice.objects.get())
    facts = {"dispute_id": dispute.pk, "organisation": dispute.organisation, "by": INES, "now": NOW}
    with pytest.raises(EmptyWords):
        reject_dispute(answer=" ", **facts)
    for _ in range(2):
        assert reject_dispute(answer="Le bon est signé.", **facts).state == DisputeState.REJECTED
    with pytest.raises(DisputeClosed):
        withdraw_dispute(**facts)
    with pytest.raises(DisputeClosed):
        settled(dispute, DisputeScope.WHOLE)
    assert not Invoice.objects.filter(kind=DocumentKind.CREDIT_NOTE).exists()
    assert Message.objects.filter(kind=MessageKind.ANSWER).count() == 1


def test_each_side_is_told_what_the_other_says_once() -> None:
    customer = a_debtor()
    owner = a_member(customer.organisation)
    dispute = disputed(Invoice.objects.get())
    facts = {"dispute_id": dispute.pk, "organisation": dispute.organisation, "now": NOW}
    for _ in range(2):
        say_in_dispute(text="Quel jour ?", is_ours=True, name="Inès", by=INES, **facts)
    for _ in range(2):
        say_in_dispute(text="Mardi", is_ours=False, name="Claire", by=CLAIRE, **facts)
    assert [each.text for each in dispute.thread.order_by("pk")] == ["Quel jour ?", "Mardi"]
    assert Message.objects.filter(kind=MessageKind.ANSWER).count() == 1
    notices = Message.objects.filter(kind=MessageKind.NOTICE, to=owner.email)
    assert notices.count() == 2


def test_a_dispute_of_another_organisation_is_not_there() -> None:
    a_debtor()
    dispute, other = disputed(Invoice.objects.get()), a_debtor()
    with pytest.raises(Dispute.DoesNotExist):
        withdraw_dispute(dispute_id=dispute.pk, organisation=other.organisation, by=INES, now=NOW)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("photo.jpeg", "photo.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\x\\photo.png", "photo.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ("\x00\r\n", "document.jpg"),
        ("x" * 500 + ".png", "x" * 100 + ".jpg"),
        ('";<b>.pdf', "b.jpg"),
    ],
)
def test_a_name_is_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given, ".jpg") == kept


def test_a_picture_of_too_many_pixels_is_refused_unseen() -> None:
    frame = b"\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03"
    with pytest.raises(BadFile):
        checked_file("x.jpg", b"\xff\xd8" + frame + b"\x00" * 20)
    with pytest.raises(BadFile):
        checked_file("x.jpg", b"\xff\xd8\xff")
    small = b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03" + b"\x00" * 20
    assert checked_file("x.png", small).name == "x.jpg"
