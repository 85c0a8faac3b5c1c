"""Two bookkeepers at one line, at one invoice, with one file; and a worker that is killed while it posts."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from reglo.banking.errors import AlreadyDecided
from reglo.banking.models import LineState, Payment, Posting, StatementLine
from reglo.banking.services.importing import receive_bank_file, take_in_bank_file
from reglo.banking.services.lines import allocate_line
from reglo.banking.services.matching import run_matching
from reglo.banking.services.undoing import undo_line
from reglo.banking.stored import SettledPart
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import Entry
from reglo.ledger.services import MoreThanOpen
from reglo.ledger.verify import first_break
from reglo.organisations.models import BankAccount, Organisation
from tests.banking.matching_process import start
from tests.banking.rows import a_line, a_statement, an_item, booked_on, left_of
from tests.banking.test_importing import camt
from tests.billing.test_issue_at_once import Shared
from tests.depth import TIMES
from tests.formats.bank.samples import IBAN
from tests.site import INES, NOW, a_customer, a_member, an_organisation

_LINES = 40


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared(tmp_path)


def at_once(act: Callable[[int], str], count: int) -> list[str]:
    """What so many threads answer, all let loose together."""
    ready = threading.Barrier(count)

    def one(number: int) -> str:
        try:
            ready.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def allocate(line: StatementLine, *parts: SettledPart, rest_to: Customer | None = None) -> str:
    try:
        allocate_line(
            organisation=line.organisation, line_id=line.pk, version=1, parts=parts, rest_to=rest_to, by=INES, now=NOW
        )
    except AlreadyDecided:
        return "decided already"
    except MoreThanOpen:
        return "not open any more"
    return "posted"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_match_one_line_one_wins_and_the_others_are_told() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    item = an_item(customer, "F1", 100_00)
    line = a_line(a_statement(organisation), 100_00)
    answers = at_once(lambda _: allocate(line, SettledPart(item.pk, 100_00)), 6)
    assert sorted(answers) == ["decided already"] * 5 + ["posted"]
    assert booked_on(organisation, "512") == 100_00
    assert left_of(item) == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_lines_for_one_invoice_one_settles_it() -> None:
    organisation = an_organisation()
    item = an_item(a_customer(organisation), "F1", 100_00)
    statement = a_statement(organisation)
    lines = [a_line(statement, 100_00) for _ in range(6)]
    answers = at_once(lambda number: allocate(lines[number], SettledPart(item.pk, 100_00)), 6)
    assert sorted(answers) == ["not open any more"] * 5 + ["posted"]
    assert StatementLine.objects.filter(state=LineState.WAITING).count() == 5
    assert booked_on(organisation, "512") == 100_00


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_undoes_while_others_undo_and_everything_goes_back_once() -> None:
    organisation = an_organisation()
    item = an_item(a_customer(organisation), "F1", 100_00)
    line = a_line(a_statement(organisation), 100_00)
    allocate(line, SettledPart(item.pk, 100_00))

    def undo(_: int) -> str:
        try:
            undo_line(organisation=organisation, line_id=line.pk, by=INES, now=NOW)
        except Exception as error:  # noqa: BLE001  # its kind is what is looked at
            return type(error).__name__
        return "undone"

    assert sorted(at_once(undo, 4)) == ["CannotUndo"] * 3 + ["undone"]
    assert booked_on(organisation, "512") == 0
    assert left_of(item) == 100_00


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_lines_taken_in_from_many_files_at_once_are_there_once() -> None:
    organisation = an_organisation()
    BankAccount.objects.of(organisation).update(iban=IBAN)
    by = Actor(name="Inès", user_id=a_member(organisation).pk)

    def bring(number: int) -> str:
        content = camt(identifier=str(number))
        file = receive_bank_file(organisation=organisation, file_name="a", content=content, by=by, now=NOW)
        return str(take_in_bank_file(organisation=organisation, file_id=file.pk, by=by, now=NOW).new_count)

    assert sorted(at_once(bring, 4)) == ["0", "0", "0", "2"]
    assert StatementLine.objects.count() == 2


def with_certain_lines(count: int) -> Organisation:
    """An organisation with so many lines that name their invoices."""
    organisation = an_organisation()
    customer = a_customer(organisation)
    statement = a_statement(organisation)
    for number in range(count):
        an_item(customer, f"F2026-{number:04}", 100_00 + number)
        a_line(statement, 100_00 + number, text=f"FACTURE F2026-{number:04}", payer=customer.name)
    return organisation


def everything_holds(organisation: Organisation) -> None:
    """Each matched line has one payment that is whole, and the ledger is as the lines say."""
    for line in StatementLine.objects.of(organisation).prefetch_related("payments"):
        paid = [each.amount_minor for each in line.payments.all() if each.holds]
        assert sum(paid) == (line.amount_minor if line.state == LineState.MATCHED else 0)
        assert len(paid) <= 1
    matched = StatementLine.objects.of(organisation).filter(state=LineState.MATCHED)
    assert booked_on(organisation, "512") == sum(matched.values_list("amount_minor", flat=True))
    assert not Posting.objects.filter(entry=None, allocation=None).exists()
    assert first_break(organisation) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_post_each_line_once() -> None:
    organisation = with_certain_lines(12)

    def match(_: int) -> str:
        return str(run_matching(organisation=organisation, now=NOW).posted)

    assert sum(map(int, at_once(match, 3))) == 12
    everything_holds(organisation)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_it_posts_leaves_nothing_doubled_or_lost(shared: Shared) -> None:
    organisation = with_certain_lines(_LINES)
    shared.take_out()
    dice = random.Random(11)
    for _ in range(3 * TIMES):
        worker = start(shared.url, organisation.pk)
        assert worker.stdout is not None
        for _ in range(dice.randint(1, 4)):
            worker.stdout.readline()
        threading.Event().wait(dice.random() / 40)  # somewhere within the next one
        worker.kill()
        worker.communicate()
    shared.bring_back()
    everything_holds(organisation)
    posted = Payment.objects.of(organisation).count()
    assert 3 <= posted < _LINES
    run_matching(organisation=organisation, now=NOW)
    everything_holds(organisation)
    assert Payment.objects.of(organisation).count() == _LINES
    assert Entry.objects.of(organisation).filter(kind="payment").count() == _LINES
