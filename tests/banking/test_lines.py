"""Deciding about bank lines: items paid, advances, returns, payments by hand, what is no payment; and undoing."""

import pytest

from reglo.banking.errors import AlreadyDecided, CannotSettle, CannotUndo
from reglo.banking.models import AsideReason, Learnt, LineState, Means, Payment, StatementLine
from reglo.banking.queries.payments import pending_minor_of
from reglo.banking.services.learning import forget
from reglo.banking.services.lines import (
    accept_candidate,
    allocate_line,
    keep_split,
    link_line,
    set_lines_aside,
)
from reglo.banking.services.matching import run_matching
from reglo.banking.services.payments import record_payment
from reglo.banking.services.posting import item_of
from reglo.banking.services.scheduling import MATCH
from reglo.banking.services.undoing import undo_line
from reglo.banking.stored import SettledPart
from reglo.banking.tasks import match_after_changes, match_lines
from reglo.core.matching import ReasonKind
from reglo.customers.models import Customer
from reglo.jobs.models import Job
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from tests.banking.rows import a_line, a_statement, an_item, booked_on, left_of, money
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


def run(organisation: Organisation) -> None:
    run_matching(organisation=organisation, now=NOW)


def now_of(line: StatementLine) -> StatementLine:
    return StatementLine.objects.get(pk=line.pk)


def allocate(line: StatementLine, *parts: SettledPart, rest_to: Customer | None = None) -> StatementLine:
    line = now_of(line)
    return allocate_line(
        organisation=line.organisation,
        line_id=line.pk,
        version=line.version,
        parts=parts,
        rest_to=rest_to,
        by=INES,
        now=NOW,
    )


def undo(line: StatementLine) -> StatementLine:
    return undo_line(organisation=line.organisation, line_id=line.pk, by=INES, now=NOW)


def accept(line: StatementLine, rank: int = 0) -> StatementLine:
    line = now_of(line)
    return accept_candidate(
        organisation=line.organisation, line_id=line.pk, version=line.version, rank=rank, by=INES, now=NOW
    )


def by_hand(customer: Customer, amount: int, *parts: SettledPart, key: str = "hand", **changes: object) -> Payment:
    return record_payment(
        organisation=customer.organisation,
        customer=customer,
        money=money(amount, **changes),
        parts=parts,
        key=key,
        by=INES,
        now=NOW,
    )


def test_a_line_that_names_its_invoice_is_posted_with_its_reasons(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    line = a_line(a_statement(organisation), 120_00, text="VIR F2026-0012", payer=customer.name)
    run(organisation)
    line = now_of(line)
    assert line.state == LineState.MATCHED
    assert line.decided_by == "Réglo"
    assert left_of(item) == 0
    payment = Payment.objects.get()
    assert payment.on == line.booked
    assert {each["kind"] for each in payment.reasons} >= {ReasonKind.AMOUNT_EXACT, ReasonKind.NAME}
    assert booked_on(organisation, "512") == 120_00


def test_a_run_that_is_repeated_posts_nothing_more(organisation: Organisation, customer: Customer) -> None:
    an_item(customer, "F2026-0012", 120_00)
    a_line(a_statement(organisation), 120_00, text="VIR F2026-0012", payer=customer.name)
    run(organisation)
    run(organisation)
    assert Payment.objects.count() == 1


def test_a_likely_match_waits_for_somebody_and_is_pending(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    line = a_line(a_statement(organisation), 120_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    run(organisation)
    assert now_of(line).state == LineState.PROPOSED
    assert line.candidates.get(rank=0).items.get().item_id == item.pk
    accept(line)
    assert left_of(item) == 0
    assert now_of(line).state == LineState.MATCHED
    assert not line.candidates.exists()


def test_a_line_that_nothing_fits_waits_and_says_why(organisation: Organisation) -> None:
    line = a_line(a_statement(organisation), 77_00, text="?", payer="Personne")
    run(organisation)
    assert now_of(line).state == LineState.WAITING
    assert now_of(line).why == [{"kind": ReasonKind.NOTHING_KNOWN}]


def test_a_line_the_bank_only_announces_is_never_decided(organisation: Organisation, customer: Customer) -> None:
    an_item(customer, "F2026-0012", 120_00)
    line = a_line(a_statement(organisation), 120_00, text="F2026-0012", state=LineState.ANNOUNCED)
    run(organisation)
    assert now_of(line).state == LineState.ANNOUNCED
    with pytest.raises(AlreadyDecided):
        allocate(line, rest_to=customer)


def test_one_line_is_split_over_invoices_of_two_customers(organisation: Organisation, customer: Customer) -> None:
    other = a_customer(organisation, name="Holding Martin")
    first, second = an_item(customer, "F1", 100_00), an_item(other, "F2", 50_00)
    line = a_line(a_statement(organisation), 150_00)
    allocate(line, SettledPart(first.pk, 100_00), SettledPart(second.pk, 50_00))
    assert left_of(first) == left_of(second) == 0
    assert sorted(Payment.objects.values_list("amount_minor", flat=True)) == [50_00, 100_00]


def test_what_is_left_of_a_line_is_an_advance_of_the_customer(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F1", 100_00)
    line = a_line(a_statement(organisation), 150_00)
    with pytest.raises(CannotSettle):
        allocate(line)
    allocate(line, SettledPart(item.pk, 100_00), rest_to=customer)
    assert item_of(Payment.objects.get()).open_minor == 50_00


def test_more_than_the_line_is_refused(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F1", 200_00)
    line = a_line(a_statement(organisation), 150_00)
    with pytest.raises(CannotSettle):
        allocate(line, SettledPart(item.pk, 200_00))
    assert now_of(line).state == LineState.WAITING


def test_who_comes_second_is_told_who_decided(organisation: Organisation, customer: Customer) -> None:
    line = a_line(a_statement(organisation), 150_00)
    stale = now_of(line).version
    allocate(line, rest_to=customer)
    with pytest.raises(AlreadyDecided, match="Inès Moreau"):
        allocate_line(
            organisation=organisation, line_id=line.pk, version=stale, parts=[], rest_to=customer, by=INES, now=NOW
        )
    assert Payment.objects.count() == 1


def test_an_undone_line_waits_and_is_not_posted_again_by_itself(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    line = a_line(a_statement(organisation), 120_00, text="VIR F2026-0012", payer=customer.name)
    run(organisation)
    undo(line)
    assert left_of(item) == 120_00
    run(organisation)
    assert now_of(line).state == LineState.PROPOSED
    accept(line)
    assert left_of(item) == 0
    assert booked_on(organisation, "512") == 120_00


def test_a_line_that_waits_has_nothing_to_undo(organisation: Organisation) -> None:
    with pytest.raises(CannotUndo):
        undo(a_line(a_statement(organisation), 77_00))


def test_a_decision_teaches_and_can_be_forgotten(organisation: Organisation, customer: Customer) -> None:
    an_item(customer, "F1", 100_00)
    statement = a_statement(organisation)
    facts = {"payer": "SCI des Quais", "payer_iban": "FR7610011000201234567890188", "text": "LOYER"}
    allocate(a_line(statement, 30_00, **facts), rest_to=customer)
    assert set(Learnt.objects.values_list("kind", "value")) == {
        ("iban", "FR7610011000201234567890188"),
        ("payer", "SCI des Quais"),
    }
    a_line(statement, 100_00, **facts)
    run(organisation)
    kinds = {each["kind"] for each in Payment.objects.latest("pk").reasons}
    assert kinds & {ReasonKind.IBAN, ReasonKind.PAYER_KNOWN}
    for known in Learnt.objects.all():
        forget(organisation=organisation, learnt_id=known.pk, by=INES, now=NOW)
    assert not Learnt.objects.exists()


def test_what_an_undone_decision_taught_is_forgotten(organisation: Organisation, customer: Customer) -> None:
    line = a_line(a_statement(organisation), 30_00, payer="SCI des Quais")
    allocate(line, rest_to=customer)
    undo(line)
    assert not Learnt.objects.exists()


def test_a_returned_payment_opens_its_invoice_again(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    statement = a_statement(organisation)
    a_line(statement, 120_00, text="F2026-0012", payer=customer.name, kind="direct-debit")
    run(organisation)
    assert left_of(item) == 0
    line = a_line(statement, -120_00, text="REJET PRLV F2026-0012", kind="return", payer=customer.name)
    run(organisation)
    assert now_of(line).state == LineState.PROPOSED
    accept(line)
    assert left_of(item) == 120_00
    assert booked_on(organisation, "512") == 0
    assert booked_on(organisation, "411") == 120_00
    undo(line)
    assert left_of(item) == 0
    assert booked_on(organisation, "512") == 120_00


def test_a_line_of_a_payment_recorded_by_hand_posts_nothing_twice(
    organisation: Organisation, customer: Customer
) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    payment = by_hand(customer, 120_00, SettledPart(item.pk, 120_00))
    line = a_line(a_statement(organisation), 120_00, text="F2026-0012", payer=customer.name)
    run(organisation)
    assert now_of(line).state == LineState.PROPOSED
    accept(line)
    assert booked_on(organisation, "512") == 120_00
    assert Payment.objects.get(pk=payment.pk).line == line
    undo(line)
    assert left_of(item) == 0
    assert Payment.objects.get(pk=payment.pk).line is None


def test_cheques_brought_to_the_bank_together_move_there(organisation: Organisation, customer: Customer) -> None:
    cheques = [by_hand(customer, amount, means=Means.CHEQUE, key=str(amount)) for amount in (40_00, 60_00)]
    line = a_line(a_statement(organisation), 100_00, text="REM CHQ", kind="cheque")
    link_line(
        organisation=organisation,
        line_id=line.pk,
        version=1,
        payment_ids=[each.pk for each in cheques],
        by=INES,
        now=NOW,
    )
    assert (booked_on(organisation, "5112"), booked_on(organisation, "512")) == (0, 100_00)
    undo(line)
    assert (booked_on(organisation, "5112"), booked_on(organisation, "512")) == (100_00, 0)


def test_cheques_that_do_not_come_to_the_line_are_refused(organisation: Organisation, customer: Customer) -> None:
    cheque = by_hand(customer, 40_00, means=Means.CHEQUE)
    line = a_line(a_statement(organisation), 100_00)
    with pytest.raises(CannotSettle):
        link_line(organisation=organisation, line_id=line.pk, version=1, payment_ids=[cheque.pk], by=INES, now=NOW)


def test_a_fee_of_the_bank_is_booked_and_other_lines_are_set_aside(organisation: Organisation) -> None:
    statement = a_statement(organisation)
    fee, supplier = a_line(statement, -12_50, kind="fee", text="FRAIS"), a_line(statement, -80_00, text="EDF")
    act = {"organisation": organisation, "by": INES, "now": NOW}
    assert set_lines_aside(line_ids=[fee.pk], reason=AsideReason.FEE, **act) == 1
    assert set_lines_aside(line_ids=[fee.pk, supplier.pk], reason=AsideReason.SUPPLIER, **act) == 1
    assert booked_on(organisation, "627") == 12_50
    assert booked_on(organisation, "512") == -12_50
    assert now_of(fee).aside_reason == AsideReason.FEE
    undo(fee)
    undo(supplier)
    assert booked_on(organisation, "512") == 0
    assert {now_of(each).state for each in (fee, supplier)} == {LineState.WAITING}
    set_lines_aside(line_ids=[fee.pk], reason=AsideReason.FEE, **act)
    assert booked_on(organisation, "627") == 12_50


def test_a_half_made_split_is_kept_until_the_decision(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F1", 100_00)
    foreign = an_item(a_customer(an_organisation()), "F1", 100_00)
    line = a_line(a_statement(organisation), 150_00)
    keep_split(organisation=organisation, line_id=line.pk, version=1, split={item.pk: 60_00, foreign.pk: 1})
    assert now_of(line).split == {str(item.pk): 60_00}
    allocate(line, SettledPart(item.pk, 100_00), rest_to=customer)
    assert now_of(line).split == {}


def test_a_credit_note_is_paid_back_by_a_debit(organisation: Organisation, customer: Customer) -> None:
    from reglo.core.composition import DocumentKind

    note = an_item(customer, "A2026-0001", 60_00, kind=DocumentKind.CREDIT_NOTE)
    line = a_line(a_statement(organisation), -60_00, text="REMB A2026-0001", payer=customer.name)
    run(organisation)
    if now_of(line).is_open:
        accept(line)
    assert left_of(note) == 0
    assert booked_on(organisation, "512") == -60_00


def test_another_tenants_line_and_items_are_not_there(organisation: Organisation, customer: Customer) -> None:
    line = a_line(a_statement(organisation), 100_00)
    foreign = an_item(a_customer(an_organisation()), "F1", 100_00)
    with pytest.raises(StatementLine.DoesNotExist):
        undo_line(organisation=an_organisation(), line_id=line.pk, by=INES, now=NOW)
    with pytest.raises(OpenItem.DoesNotExist):
        allocate(line, SettledPart(foreign.pk, 100_00))


def test_matching_runs_again_where_the_ledger_has_moved_and_rests_where_it_has_not(
    organisation: Organisation, customer: Customer
) -> None:
    a_line(a_statement(organisation), 120_00, text="VIR F2026-0012", payer=customer.name)
    run(organisation)
    match_after_changes(NOW)
    assert not Job.objects.filter(kind=MATCH).exists()
    an_item(customer, "F2026-0012", 120_00)
    match_after_changes(NOW)
    match_after_changes(NOW)
    match_lines(Job.objects.get(kind=MATCH), NOW)
    assert Payment.objects.count() == 1


def test_what_is_proposed_is_pending_until_somebody_decides(organisation: Organisation, customer: Customer) -> None:
    item = an_item(customer, "F2026-0012", 120_00)
    line = a_line(a_statement(organisation), 120_00, text="VIREMENT", payer="LIBRAIRIE DU PRT")
    run(organisation)
    assert pending_minor_of([item.pk]) == {item.pk: 120_00}
    set_lines_aside(organisation=organisation, line_ids=[line.pk], reason=AsideReason.OTHER, by=INES, now=NOW)
    assert not pending_minor_of([item.pk])
