"""Bank files: seen before they are taken in, taken in once, recognised in any format, refused with a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reglo.banking.errors import FileRefused
from reglo.banking.models import BankFile, BankStatement, LineState, StatementLine, TableMapping
from reglo.banking.services import importing
from reglo.banking.services.importing import (
    drop_bank_file,
    map_bank_columns,
    name_account,
    receive_bank_file,
    start_taking_in,
    take_in_bank_file,
)
from reglo.banking.tasks import take_in
from reglo.core.bank import Balance, BankAccount, BankLine, Statement
from reglo.core.errors import UnreadableDocument
from reglo.formats.bank import write_camt053
from reglo.jobs.models import Job
from reglo.journal.models import JournalEntry
from reglo.journal.services import Actor
from reglo.organisations.models import BankAccount as OurAccount
from reglo.organisations.models import Organisation
from tests.formats.bank.samples import CFONB, CSV, IBAN, MT940, OFX, a_line, a_statement
from tests.site import NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    organisation = an_organisation()
    OurAccount.objects.of(organisation).update(iban=IBAN)
    return organisation


def receive(organisation: Organisation, content: bytes | str, name: str = "releve.xml") -> BankFile:
    data = content.encode() if isinstance(content, str) else content
    by = Actor(name="Inès", user_id=a_member(organisation).pk)
    return receive_bank_file(organisation=organisation, file_name=name, content=data, by=by, now=NOW)


def bring(organisation: Organisation, content: bytes | str, name: str = "releve.xml") -> BankFile:
    return taken(receive(organisation, content, name))


def taken(file: BankFile) -> BankFile:
    by = Actor(name="Inès", user_id=file.uploaded_by_id)
    return take_in_bank_file(organisation=file.organisation, file_id=file.pk, by=by, now=NOW)


def count() -> int:
    return StatementLine.objects.count()


FOUR = (a_line(), a_line(amount=Decimal("-85.10"), booked=date(2026, 3, 5), text="PRLV EDF", payer="EDF"))


def camt(lines: Sequence[BankLine] = FOUR, **changes: object) -> bytes:
    return write_camt053(replace(a_statement(*lines), **changes))  # type: ignore[arg-type]  # fields of a statement


def test_a_file_is_shown_before_anything_is_written(organisation: Organisation) -> None:
    file = receive(organisation, camt())
    (told,) = file.preview["statements"]
    assert (told["lines"], told["new"], told["account"]) == (2, 2, OurAccount.objects.of(organisation).get().pk)
    assert (told["opening_minor"], told["closing_minor"]) == (500_00, 1614_90)
    assert file.preview["faults"] == []
    assert count() == BankStatement.objects.count() == 0


def test_a_file_is_taken_in_once_however_often_it_is_tried(organisation: Organisation) -> None:
    file = bring(organisation, camt())
    taken(file)
    assert count() == 2
    assert JournalEntry.objects.filter(act="bank-file-taken-in").count() == 1
    assert bytes(BankFile.objects.get(pk=file.pk).content) == b""


def test_the_same_file_brought_again_waits_once_and_brings_nothing(organisation: Organisation) -> None:
    assert receive(organisation, camt()) == receive(organisation, camt())
    bring(organisation, camt())
    again = receive(organisation, camt())
    assert again.new_count == 0
    assert taken(again).new_count == 0
    assert count() == 2


@pytest.mark.parametrize("other", [MT940, OFX, CSV, CFONB], ids=["mt940", "ofx", "csv", "cfonb"])
def test_the_same_days_in_another_format_bring_nothing_new(organisation: Organisation, other: str) -> None:
    bring(organisation, camt())
    file = receive(organisation, other, "releve")
    if any(each["account"] is None for each in file.preview["statements"]):
        account = OurAccount.objects.of(organisation).get()
        name = file.preview["statements"][0]["name"]
        by = Actor(name="Inès", user_id=file.uploaded_by_id)
        name_account(organisation=organisation, file_id=file.pk, name=name, account=account, by=by, now=NOW)
    assert taken(file).new_count == 0
    assert count() == 2


def test_overlapping_periods_bring_only_what_is_new(organisation: Organisation) -> None:
    bring(organisation, camt())
    longer = (*FOUR, a_line(amount=Decimal("30.00"), booked=date(2026, 3, 20), text="AUTRE"))
    assert bring(organisation, camt(longer)).new_count == 1
    assert count() == 3


def test_two_equal_payments_of_one_day_both_live(organisation: Organisation) -> None:
    bring(organisation, camt((a_line(), a_line())))
    bring(organisation, camt((a_line(), a_line())))
    assert count() == 2


def test_a_gap_between_two_statements_is_named(organisation: Organisation) -> None:
    bring(organisation, camt())
    april = Statement(
        account=BankAccount(iban=IBAN, currency="EUR"),
        lines=(a_line(booked=date(2026, 4, 2)),),
        opening=Balance(on=date(2026, 3, 31), amount=Decimal("1700.00")),
        closing=Balance(on=date(2026, 4, 30), amount=Decimal("2900.00")),
    )
    (told,) = receive(organisation, write_camt053(april)).preview["statements"]
    assert "85.10" in told["gap"]["en"]


def test_an_unknown_account_is_asked_for_and_remembered(organisation: Organisation) -> None:
    foreign = BankAccount(iban="DE89370400440532013000", currency="EUR")
    file = receive(organisation, camt(account=foreign))
    assert file.preview["statements"][0]["account"] is None
    with pytest.raises(FileRefused):
        taken(file)
    account = OurAccount.objects.of(organisation).get()
    by = Actor(name="Inès", user_id=file.uploaded_by_id)
    name_account(
        organisation=organisation, file_id=file.pk, name="DE89370400440532013000", account=account, by=by, now=NOW
    )
    assert taken(file).new_count == 2
    assert receive(organisation, camt((a_line(),), account=foreign)).preview["statements"][0]["account"] == account.pk


STRANGE = "Quand;Combien;Quoi\n02/03/2026;1200,00;VIR F-2026-0012\n05/03/2026;-85,10;EDF\n"
MEANING = {"Quand": "booked", "Combien": "amount", "Quoi": "text"}


def test_columns_that_nobody_knows_are_asked_for_and_remembered(organisation: Organisation) -> None:
    file = receive(organisation, STRANGE, "export.csv")
    assert file.format == ""
    with pytest.raises(FileRefused):
        start_taking_in(organisation=organisation, file_id=file.pk, by=Actor(name="Inès"), now=NOW)
    mapped = map_bank_columns(organisation=organisation, file_id=file.pk, columns=MEANING, order=None)
    assert mapped.line_count == 2
    account = OurAccount.objects.of(organisation).get()
    by = Actor(name="Inès", user_id=file.uploaded_by_id)
    name_account(organisation=organisation, file_id=file.pk, name="", account=account, by=by, now=NOW)
    assert taken(file).new_count == 2
    next_month = STRANGE.replace("/03/", "/04/")
    assert bring(organisation, next_month, "export.csv").new_count == 2
    assert TableMapping.objects.count() == 1


@pytest.mark.parametrize("columns", [{"Quand": "booked"}, {"Quand": "booked", "Combien": "amount", "Quoi": "amount"}])
def test_columns_that_make_no_table_are_refused(organisation: Organisation, columns: dict[str, str]) -> None:
    file = receive(organisation, STRANGE, "export.csv")
    with pytest.raises(FileRefused):
        map_bank_columns(organisation=organisation, file_id=file.pk, columns=columns, order=None)


HOSTILE = {
    "empty": b"",
    "pdf": b"%PDF-1.7 ...",
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "binary": bytes(range(256)) * 10,
    "entities": b'<!DOCTYPE d [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><Document>BkToCstmrStmt &b;</Document>',
    "cut": camt()[:900],
    "not a statement": b"<html><body>hello</body></html>",
    "amount": camt().replace(b"1200.00", b"1E400"),
    "one column": b"bonjour\nbonsoir\n",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_bank_file_is_refused_and_nothing_is_kept(organisation: Organisation, content: bytes) -> None:
    with pytest.raises((UnreadableDocument, FileRefused)):
        receive(organisation, content)
    assert not BankFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 100)
    with pytest.raises(FileRefused):
        receive(organisation, camt())


def test_an_import_that_fails_halfway_leaves_nothing(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = receive(organisation, camt())
    with monkeypatch.context() as patch:
        patch.setattr(importing, "record", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taken(file)
    assert count() == BankStatement.objects.count() == 0
    assert taken(file).new_count == 2


def test_a_job_takes_in_a_large_file_and_a_second_one_finds_it_done(organisation: Organisation) -> None:
    file = receive(organisation, camt())
    by = Actor(name="Inès", user_id=file.uploaded_by_id)
    start_taking_in(organisation=organisation, file_id=file.pk, by=by, now=NOW)
    with pytest.raises(FileRefused):
        start_taking_in(organisation=organisation, file_id=file.pk, by=by, now=NOW)
    job = Job.objects.get(kind=importing.TAKE_IN)
    take_in(job, NOW)
    take_in(job, NOW)
    assert count() == 2


def test_a_job_says_on_the_file_why_it_cannot(organisation: Organisation) -> None:
    file = receive(organisation, camt())
    by = Actor(name="Inès", user_id=file.uploaded_by_id)
    start_taking_in(organisation=organisation, file_id=file.pk, by=by, now=NOW)
    OurAccount.objects.of(organisation).update(iban="FR1420041010050500013M02606")
    take_in(Job.objects.get(kind=importing.TAKE_IN), NOW)
    told = BankFile.objects.get(pk=file.pk)
    assert told.started_at is None
    assert "which account" in told.problem["en"]


def test_what_the_bank_announced_gives_way_to_what_it_books(organisation: Organisation) -> None:
    bring(organisation, camt((a_line(is_booked=False),)))
    assert StatementLine.objects.get().state == LineState.ANNOUNCED
    bring(organisation, camt((a_line(),)))
    assert StatementLine.objects.get().state == LineState.WAITING


def test_a_dropped_file_is_forgotten_and_one_taken_in_is_not(organisation: Organisation) -> None:
    file = receive(organisation, camt())
    drop_bank_file(organisation=organisation, file_id=file.pk)
    assert not BankFile.objects.exists()
    file = bring(organisation, camt())
    with pytest.raises(FileRefused):
        drop_bank_file(organisation=organisation, file_id=file.pk)


def test_another_tenants_file_is_not_there(organisation: Organisation) -> None:
    file = receive(organisation, camt())
    with pytest.raises(BankFile.DoesNotExist):
        take_in_bank_file(organisation=an_organisation(), file_id=file.pk, by=Actor(name="X"), now=NOW)
