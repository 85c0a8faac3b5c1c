"""Issuing: once, whole, in order, and only what is legal."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reglo.billing.content import core_draft
from reglo.billing.models import Draft, FileKind, Invoice, InvoiceFile, NumberSeries, PageLook, Seal, SealKind
from reglo.billing.queries.issued import document_of, file_of
from reglo.billing.seals import sha256
from reglo.billing.services.files import make_files
from reglo.billing.services.issue import MAKE_FILES, DraftChanged, DraftNotThere, NotLegal, issue_draft, number_draft
from reglo.billing.services.numbering import DateNotPossible
from reglo.billing.tasks import make_invoice_files
from reglo.core.composition import compose_invoice
from reglo.core.terms import Delay, PaymentTerms
from reglo.formats.data.stored import write_stored
from reglo.formats.detect import read_document
from reglo.formats.facturx import extract_invoice
from reglo.jobs.models import Job
from reglo.journal.models import JournalEntry
from reglo.organisations.models import Organisation
from reglo.rules.check import check_document
from reglo.terms.models import AgreementState, TermsAgreement
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


def issue(draft: Draft, **how: Any) -> Invoice:
    usual: dict[str, Any] = {"by": INES, "now": NOW}
    return issue_draft(draft_id=draft.pk, organisation=draft.organisation, **usual | how)


def test_an_issued_invoice_is_what_the_core_composes_under_its_number(organisation: Organisation) -> None:
    draft = a_draft(organisation)
    assert draft.customer is not None
    invoice = issue(draft)
    wanted = core_draft(
        a_content(), kind="380", organisation=organisation, customer=draft.customer, number="F2026-0001", today=TODAY
    )
    assert document_of(invoice) == compose_invoice(wanted)
    assert (invoice.number, invoice.net_minor, invoice.vat_minor, invoice.gross_minor) == (
        "F2026-0001",
        90000,
        18000,
        108000,
    )
    assert (invoice.issue_date, invoice.due_date) == (TODAY, date(2026, 12, 24))


def test_files_are_kept_sealed_and_accepted(organisation: Organisation) -> None:
    invoice = issue(a_draft(organisation))
    xml, pdf = file_of(invoice, FileKind.XML), file_of(invoice, FileKind.PDF)
    assert xml is not None
    assert pdf is not None
    assert extract_invoice(bytes(pdf.content)).xml == bytes(xml.content)
    assert check_document(read_document(bytes(xml.content))).accepted
    assert (sha256(bytes(xml.content)), sha256(bytes(pdf.content))) == (xml.sha256, pdf.sha256)
    assert [each.kind for each in Seal.objects.of(organisation).order_by("sequence")] == ["document", "files"]


def test_a_draft_is_issued_once(organisation: Organisation) -> None:
    draft = a_draft(organisation)
    first = issue(draft)
    assert issue(draft, now=NOW + timedelta(days=40)) == first
    assert Invoice.objects.of(organisation).count() == 1
    assert InvoiceFile.objects.of(organisation).count() == 2


def test_numbers_follow_without_a_gap_whatever_is_refused_between(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    bad = a_draft(organisation, customer, content=a_content(lines=[]))
    numbers = []
    for _ in range(3):
        numbers.append(issue(a_draft(organisation, customer)).number)
        with pytest.raises(NotLegal):
            issue(bad)
    assert numbers == ["F2026-0001", "F2026-0002", "F2026-0003"]


def test_a_fatal_finding_forbids_issuing_and_nothing_is_written(organisation: Organisation) -> None:
    customer = a_customer(organisation, siren="732829321")
    draft = a_draft(organisation, customer)
    with pytest.raises(NotLegal) as refused:
        issue(draft)
    assert [each.field for each in refused.value.missing] == ["customer.siren"]
    assert refused.value.field == "customer.siren"
    draft.refresh_from_db()
    assert draft.issued_at is None
    assert not Invoice.objects.exists()
    assert not Seal.objects.exists()
    assert not JournalEntry.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": [{**a_content()["lines"][0], "name": "\U00013000"}]},
        {"terms": write_stored(PaymentTerms(delay=Delay(days=90)))},
        {"issue_date": "2026-11-25"},
        {"issue_date": "hier"},
    ],
)
def test_what_cannot_be_printed_dated_or_agreed_is_refused(organisation: Organisation, changes: dict[str, Any]) -> None:
    with pytest.raises(NotLegal):
        issue(a_draft(organisation, content=a_content(**changes)))


def test_a_draft_without_customer_is_refused(organisation: Organisation) -> None:
    draft = a_draft(organisation)
    Draft.objects.update(customer=None)
    with pytest.raises(NotLegal) as refused:
        issue(draft)
    assert refused.value.field == "customer"


def test_a_deleted_draft_is_not_issued(organisation: Organisation) -> None:
    with pytest.raises(DraftNotThere):
        issue(a_draft(organisation, deleted_at=NOW))


def test_a_draft_of_another_organisation_is_not_there(organisation: Organisation) -> None:
    with pytest.raises(Draft.DoesNotExist):
        issue_draft(draft_id=a_draft(organisation).pk, organisation=an_organisation(), by=INES, now=NOW)


def test_a_draft_that_changes_while_it_is_checked_is_not_issued(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(organisation)
    from reglo.billing.services import issue as service

    check = service._rehearse

    def meanwhile(document: Any) -> None:
        Draft.objects.filter(pk=draft.pk).update(content_version=2)
        check(document)

    monkeypatch.setattr(service, "_rehearse", meanwhile)
    with pytest.raises(DraftChanged):
        issue(draft)
    assert not Invoice.objects.exists()


def test_dates_follow_the_order_of_numbers(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    issue(a_draft(organisation, customer), issue_date=date(2026, 11, 20))
    with pytest.raises(NotLegal) as refused:
        issue(a_draft(organisation, customer), issue_date=date(2026, 11, 19))
    assert "du 20/11/2026 au 24/11/2026" in refused.value.message.fr
    assert issue(a_draft(organisation, customer), issue_date=date(2026, 11, 20)).number == "F2026-0002"


def test_a_date_that_became_impossible_meanwhile_takes_no_number(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = a_customer(organisation)
    issue(a_draft(organisation, customer), issue_date=date(2026, 11, 10))
    from reglo.billing.services import issue as service

    def meanwhile(document: Any) -> None:
        NumberSeries.objects.update(last_date=TODAY)

    monkeypatch.setattr(service, "_rehearse", meanwhile)
    with pytest.raises(DateNotPossible):
        issue(a_draft(organisation, customer), issue_date=date(2026, 11, 15))
    assert NumberSeries.objects.of(organisation).get().last_number == 1


def test_a_new_year_counts_from_one(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    issue(a_draft(organisation, customer))
    assert issue(a_draft(organisation, customer), now=NOW + timedelta(days=60)).number == "F2027-0001"


def test_a_draft_takes_its_number_from_its_own_series(organisation: Organisation) -> None:
    series = NumberSeries.objects.create(
        organisation=organisation, label="Boutique", prefix="B-", has_year=False, padding=6
    )
    assert issue(a_draft(organisation, series=series)).number == "B-000001"
    assert issue(a_draft(organisation)).number == "F2026-0001"


def test_a_process_that_dies_before_the_files_leaves_them_to_the_job(organisation: Organisation) -> None:
    draft = a_draft(organisation)
    invoice = number_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)
    assert not invoice.files.exists()
    job = Job.objects.get(kind=MAKE_FILES)
    assert job.due_at > NOW
    make_invoice_files(job, NOW)
    assert invoice.files.count() == 2
    make_invoice_files(job, NOW)
    make_files(invoice_id=invoice.pk, now=NOW)
    assert invoice.files.count() == 2
    assert Seal.objects.filter(kind=SealKind.FILES).count() == 1


def test_issuing_again_makes_files_that_are_missing(organisation: Organisation) -> None:
    draft = a_draft(organisation)
    number_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=NOW)
    assert issue(draft).files.count() == 2


def test_files_are_the_same_whenever_they_are_made(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    organisation.accent = "#336699"
    organisation.save()
    first = number_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    second = issue(a_draft(organisation, customer))
    organisation.accent, organisation.name = "#ff0000", "Autre Nom SAS"
    organisation.save()
    make_files(invoice_id=first.pk, now=NOW + timedelta(days=300))
    assert first.look == second.look
    assert document_of(first) == replace(document_of(second), number=first.number, payment=document_of(first).payment)
    pdf = file_of(first, FileKind.PDF)
    assert pdf is not None
    assert b"Autre Nom" not in bytes(pdf.content)


def test_invoices_that_look_alike_share_their_look(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    for _ in range(2):
        issue(a_draft(organisation, customer))
    assert PageLook.objects.of(organisation).count() == 1


def test_the_act_is_in_the_journal_with_the_hash_of_the_document(organisation: Organisation) -> None:
    invoice = issue(a_draft(organisation))
    entry = JournalEntry.objects.get(act="invoice-issued")
    assert (entry.subject_id, entry.customer_id, entry.actor_name) == (invoice.pk, invoice.customer_id, "Inès Moreau")
    assert entry.after["sha256"] == invoice.document_sha256


def test_an_invoice_cites_the_agreement_that_it_follows_and_no_other(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    agreement = TermsAgreement.objects.create(
        organisation=organisation,
        customer=customer,
        version=1,
        state=AgreementState.ACCEPTED,
        terms=write_stored(PaymentTerms(delay=Delay(days=45))),
        created_at=NOW,
    )
    assert issue(a_draft(organisation, customer)).agreement == agreement
    other = a_content(terms=write_stored(PaymentTerms(delay=Delay(days=10))))
    assert issue(a_draft(organisation, customer, content=other)).agreement is None


def test_an_invoice_is_found_by_number_customer_siren_and_order(organisation: Organisation) -> None:
    customer = a_customer(organisation, name="Société Œuvrière")
    invoice = issue(a_draft(organisation, customer, content=a_content(purchase_order="PO-77")))
    for wanted in ("f2026-0001", "societe oeuvriere", "732829320", "po-77"):
        assert wanted in invoice.search


def test_dinars_are_kept_in_their_own_minor_units(organisation: Organisation) -> None:
    content = a_content(currency="TND", euro_rate="0.30")
    invoice = issue(a_draft(organisation, content=content))
    assert invoice.gross_minor == 1_080_000
