"""What is issued never changes, from the shell or the database; and whoever forces it is found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from reglo.billing.models import (
    Invoice,
    InvoiceFile,
    NumberSeries,
    PageLook,
    Quote,
    QuoteAnswer,
    Seal,
    SealChain,
)
from reglo.billing.protection import missing_triggers
from reglo.billing.services.issue import issue_draft
from reglo.billing.verify import first_break
from reglo.organisations.models import Organisation
from reglo.terms.models import AgreementAnswer, AgreementState, TermsAgreement
from tests.conftest import without_triggers
from tests.site import INES, NOW, a_content, a_customer, a_draft, an_organisation

pytestmark = pytest.mark.django_db

TABLES = [
    "billing_invoice",
    "billing_invoicefile",
    "billing_seal",
    "billing_pagelook",
    "billing_quoteanswer",
    "terms_agreementanswer",
]


@pytest.fixture
def organisation() -> Organisation:
    """One with three invoices, a signed quote and an accepted agreement."""
    organisation = an_organisation(logo=b"logo-that-is-never-printed"[:0] or None)
    customer = a_customer(organisation)
    for _ in range(3):
        issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    a_sent_quote(organisation)
    an_accepted_agreement(organisation)
    return organisation


def a_sent_quote(organisation: Organisation) -> Quote:
    quote = Quote.objects.create(
        organisation=organisation,
        customer=a_customer(organisation),
        state="sent",
        number="D2026-0001",
        content=a_content(),
        document=b"{}",
        document_sha256="0" * 64,
        created_at=NOW,
        updated_at=NOW,
    )
    QuoteAnswer.objects.create(
        organisation=organisation, quote=quote, accepted=True, name="Claire", at=NOW, document_sha256="0" * 64
    )
    return quote


def an_accepted_agreement(organisation: Organisation) -> TermsAgreement:
    agreement = TermsAgreement.objects.create(
        organisation=organisation,
        customer=a_customer(organisation),
        version=1,
        state=AgreementState.SENT,
        terms={},
        text_fr="Paiement à 30 jours.",
        sha256="0" * 64,
        created_at=NOW,
    )
    AgreementAnswer.objects.create(
        organisation=organisation, agreement=agreement, accepted=True, name="Claire", at=NOW, text_sha256="0" * 64
    )
    return agreement


def refused(act: Callable[[], object], words: str) -> None:
    """The database says no, in words that say why."""
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        act()


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_all_triggers_are_there() -> None:
    assert missing_triggers() == frozenset()


@pytest.mark.parametrize("model", [Invoice, InvoiceFile, Seal, PageLook, QuoteAnswer, AgreementAnswer])
def test_the_shell_changes_and_deletes_nothing(organisation: Organisation, model: Any) -> None:
    row = model.objects.of(organisation).first()
    refused(row.save, "never change")
    refused(lambda: model.objects.filter(pk=row.pk).update(organisation=organisation), "never change")
    refused(lambda: model.objects.bulk_update([row], ["organisation"]), "never change")
    refused(lambda: model.objects.filter(pk=row.pk)._raw_delete(model.objects.db), "never change")
    assert model.objects.of(organisation).filter(pk=row.pk).exists()


def test_a_seal_cannot_be_deleted_by_its_object(organisation: Organisation) -> None:
    seal = Seal.objects.of(organisation).first()
    assert seal is not None
    refused(seal.delete, "seals never change")


@pytest.mark.parametrize("table", TABLES)
def test_sql_changes_deletes_and_replaces_nothing(organisation: Organisation, table: str) -> None:
    refused(lambda: run(f"UPDATE {table} SET organisation_id = organisation_id"), "never change")
    refused(lambda: run(f"DELETE FROM {table}"), "never change")
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL refuses for a reason of its own
        refused(lambda: run(f"TRUNCATE {table} CASCADE"), "never change")
    else:
        refused(lambda: run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"), "never change")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
def test_sqlite_replaces_no_invoice_by_its_number_under_another_id(organisation: Organisation) -> None:
    columns = [str(each.column) for each in Invoice._meta.fields]
    values = ", ".join("id + 1000" if each == "id" else each for each in columns)
    replace = f"INSERT OR REPLACE INTO billing_invoice ({', '.join(columns)}) SELECT {values} FROM billing_invoice"
    refused(lambda: run(replace), "never changes")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", {}),
        ("number", "X"),
        ("document", b"x"),
        ("document", None),
        ("gross_minor", 1),
        ("valid_until", NOW),
    ],
)
def test_a_sent_quote_keeps_what_was_sent(organisation: Organisation, column: str, value: Any) -> None:
    quotes = Quote.objects.of(organisation)
    refused(lambda: quotes.update(**{column: value}), "make a copy")
    assert quotes.update(state="accepted", follow_up_on=NOW.date()) == 1


def test_a_sent_quote_is_not_deleted_and_a_draft_may_be(organisation: Organisation) -> None:
    refused(lambda: run("DELETE FROM billing_quote"), "make a copy")
    draft = Quote.objects.create(
        organisation=organisation, customer=a_customer(organisation), created_at=NOW, updated_at=NOW
    )
    draft.title = "Autre"
    draft.save()
    draft.delete()


@pytest.mark.parametrize(
    ("column", "value"), [("text_fr", "Autre"), ("terms", {"a": 1}), ("sha256", ""), ("version", 9)]
)
def test_a_sent_agreement_keeps_its_text(organisation: Organisation, column: str, value: Any) -> None:
    agreements = TermsAgreement.objects.of(organisation)
    refused(lambda: agreements.update(**{column: value}), "new version")
    assert agreements.update(state=AgreementState.ACCEPTED) == 1


def test_an_untouched_chain_holds(organisation: Organisation) -> None:
    assert first_break(organisation) is None
    assert first_break(an_organisation()) is None


TAMPERINGS = {
    "document": "UPDATE billing_invoice SET document = document || '.' WHERE number = 'F2026-0002'",
    "amount": "UPDATE billing_invoice SET gross_minor = gross_minor + 1 WHERE number = 'F2026-0002'",
    "date": "UPDATE billing_invoice SET issue_date = '2026-01-01' WHERE number = 'F2026-0002'",
    "customer": "UPDATE billing_invoice SET customer_name = 'Autre' WHERE number = 'F2026-0002'",
    "hash of the document": "UPDATE billing_invoice SET document_sha256 = 'x' WHERE number = 'F2026-0002'",
    "seal": "UPDATE billing_seal SET digest = 'x' WHERE sequence = 3",
    "time of a seal": "UPDATE billing_seal SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 3",
    "number": "UPDATE billing_invoice SET number = 'F2026-0009' WHERE number = 'F2026-0002'",
    "file": "UPDATE billing_invoicefile SET content = document FROM billing_invoice"
    " WHERE number = 'F2026-0002' AND invoice_id = billing_invoice.id AND billing_invoicefile.kind = 'xml'",
    "file taken away": "DELETE FROM billing_invoicefile WHERE kind = 'pdf'"
    " AND invoice_id = (SELECT id FROM billing_invoice WHERE number = 'F2026-0002')",
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whoever_forces_a_change_is_found_with_the_number(organisation: Organisation, what: str) -> None:
    sql = TAMPERINGS[what]
    with without_triggers():
        run(sql.replace("document || '.'", "document || '.'::bytea") if connection.vendor == "postgresql" else sql)
    broken = first_break(organisation)
    assert broken is not None
    assert broken.number == ("F2026-0009" if what == "number" else "F2026-0002")
    assert broken.number in broken.reason.fr


def test_a_seal_taken_away_is_named_by_its_place(organisation: Organisation) -> None:
    with without_triggers():
        Seal.objects.filter(sequence=3)._raw_delete("default")
    broken = first_break(organisation)
    assert broken is not None
    assert (broken.sequence, "Le scellé 3 manque" in broken.reason.fr) == (3, True)


def test_the_end_of_the_chain_taken_away_is_found(organisation: Organisation) -> None:
    with without_triggers():
        Seal.objects.filter(sequence__gte=5)._raw_delete("default")
    broken = first_break(organisation)
    assert broken is not None
    assert broken.sequence == 5


def test_a_head_that_was_turned_back_is_found(organisation: Organisation) -> None:
    SealChain.objects.filter(organisation=organisation).update(sequence=5)
    assert first_break(organisation) is not None


def test_an_invoice_without_seal_is_found(organisation: Organisation) -> None:
    last = Seal.objects.of(organisation).get(sequence=4)
    with without_triggers():
        Seal.objects.filter(sequence__gte=5)._raw_delete("default")
    SealChain.objects.filter(organisation=organisation).update(sequence=4, hash=last.hash)
    broken = first_break(organisation)
    assert broken is not None
    assert (broken.number, "n'a pas de scellé" in broken.reason.fr) == ("F2026-0003", True)


def test_a_series_that_gave_more_than_there_is_is_found(organisation: Organisation) -> None:
    NumberSeries.objects.of(organisation).update(last_number=4)
    broken = first_break(organisation)
    assert broken is not None
    assert "dont la facture manque" in broken.reason.fr


def test_a_look_that_changed_is_found(organisation: Organisation) -> None:
    with without_triggers():
        PageLook.objects.of(organisation).update(accent="#000000")
    broken = first_break(organisation)
    assert broken is not None
    assert "logo" in broken.reason.fr


def test_verifying_takes_one_query_an_invoice_beside_a_few_for_all(
    organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        first_break(organisation)
