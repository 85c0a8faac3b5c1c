"""Drafts: saved by version, put aside and taken back, copied."""

from datetime import timedelta

import pytest

from reglo.billing.models import Draft
from reglo.billing.services.drafts import (
    DraftClosed,
    Heading,
    NotOfThisOrganisation,
    StaleDraft,
    copy_draft,
    copy_invoice,
    create_draft,
    delete_draft,
    restore_draft,
    save_draft,
)
from reglo.billing.services.issue import issue_draft
from reglo.core.composition import DocumentKind
from reglo.journal.models import JournalEntry
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, a_content, a_customer, a_draft, a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def _acts(organisation: Organisation) -> list[str]:
    entries = JournalEntry.objects.filter(organisation_id=organisation.pk).order_by("sequence")
    return list(entries.values_list("act", flat=True))


def _made(organisation: Organisation, **changes: object) -> Draft:
    customer = a_customer(organisation)
    facts = {"organisation": organisation, "customer": customer, "kind": DocumentKind.INVOICE, "content": a_content()}
    return create_draft(**facts | {"by": INES, "now": NOW} | changes)  # type: ignore[arg-type]


def test_a_draft_keeps_what_it_comes_to() -> None:
    draft = _made(an_organisation())
    assert (draft.net_minor, draft.gross_minor, draft.currency) == (90_000, 108_000, "EUR")


def test_a_draft_of_nothing_comes_to_nothing_and_is_kept() -> None:
    draft = _made(an_organisation(), customer=None, content={})
    assert (draft.net_minor, draft.gross_minor, draft.customer) == (0, 0, None)


def test_saving_raises_the_version_and_the_figures() -> None:
    draft = _made(an_organisation())
    content = a_content(lines=[{"name": "Audit", "quantity": "1", "price": "100.00", "vat": "20", "nature": "S"}])
    saved = save_draft(draft_id=draft.pk, organisation=draft.organisation, content=content, version=1, by=INES, now=NOW)
    assert (saved.content, saved.content_version, saved.gross_minor) == (content, 2, 12_000)


def test_the_second_of_two_people_is_told_who_saved_and_when_and_nothing_is_overwritten() -> None:
    organisation = an_organisation()
    draft = _made(organisation)
    paul = Actor(name="Paul", user_id=a_member(organisation, name="Paul Roux").pk)
    hers, his = a_content(project="hers"), a_content(project="his")
    save_draft(draft_id=draft.pk, organisation=organisation, content=his, version=1, by=paul, now=NOW)
    with pytest.raises(StaleDraft) as told:
        save_draft(
            draft_id=draft.pk,
            organisation=organisation,
            content=hers,
            version=1,
            by=INES,
            now=NOW + timedelta(minutes=1),
        )
    assert (told.value.who, told.value.when, told.value.version) == ("Paul Roux", NOW, 2)
    draft.refresh_from_db()
    assert draft.content == his


def test_the_same_content_sent_twice_is_saved_once() -> None:
    draft = _made(an_organisation())
    content = a_content(project="P1")
    for _ in range(2):
        saved = save_draft(
            draft_id=draft.pk, organisation=draft.organisation, content=content, version=1, by=INES, now=NOW
        )
    assert saved.content_version == 2


def test_a_sitting_is_one_entry_of_the_journal() -> None:
    organisation = an_organisation()
    draft = _made(organisation, content={})
    for minute in (1, 2, 30):
        draft = save_draft(
            draft_id=draft.pk,
            organisation=organisation,
            content=a_content(project=f"{minute}"),
            version=draft.content_version,
            by=INES,
            now=NOW + timedelta(minutes=minute),
        )
    assert _acts(organisation) == ["draft-created", "draft-edited"]


def test_a_deleted_draft_is_not_edited_and_comes_back_as_it_was() -> None:
    draft = _made(an_organisation())
    where = {"draft_id": draft.pk, "organisation": draft.organisation, "by": INES, "now": NOW}
    delete_draft(**where)
    with pytest.raises(DraftClosed):
        save_draft(content={"lines": []}, version=1, **where)
    restored = restore_draft(**where)
    assert (restored.deleted_at, restored.content) == (None, a_content())
    assert _acts(draft.organisation) == ["draft-created", "draft-deleted", "draft-restored"]


def test_an_issued_draft_is_neither_edited_nor_deleted() -> None:
    draft = a_draft(an_organisation())
    where = {"draft_id": draft.pk, "organisation": draft.organisation, "by": INES, "now": NOW}
    issue_draft(**where)
    with pytest.raises(DraftClosed):
        save_draft(content={"lines": []}, version=1, **where)
    with pytest.raises(DraftClosed):
        delete_draft(**where)


def test_a_copy_says_the_same_but_for_its_day() -> None:
    dated = a_content(issue_date="2026-01-05", due_date="2026-02-05", delivery={"date": "2026-01-04"}, project="P1")
    draft = _made(an_organisation(), content=dated)
    copy = copy_draft(draft_id=draft.pk, organisation=draft.organisation, by=INES, now=NOW)
    assert copy.pk != draft.pk
    assert copy.content == a_content(project="P1")
    assert copy.customer == draft.customer


def test_an_issued_invoice_is_copied_as_a_draft_of_an_invoice() -> None:
    draft = a_draft(an_organisation())
    invoice = issue_draft(draft_id=draft.pk, organisation=draft.organisation, by=INES, now=NOW)
    copy = copy_invoice(invoice_id=invoice.pk, organisation=draft.organisation, by=INES, now=NOW)
    assert (copy.content, copy.kind, copy.issued_at) == (a_content(), "380", None)


def test_a_customer_of_another_organisation_is_refused() -> None:
    organisation, stranger = an_organisation(), a_customer(an_organisation())
    with pytest.raises(NotOfThisOrganisation):
        _made(organisation, customer=stranger)
    draft = _made(organisation)
    with pytest.raises(NotOfThisOrganisation):
        save_draft(
            draft_id=draft.pk,
            organisation=organisation,
            content={},
            version=1,
            by=INES,
            now=NOW,
            heading=Heading(customer=stranger),
        )


def test_a_draft_of_another_organisation_is_not_there() -> None:
    draft = _made(an_organisation())
    with pytest.raises(Draft.DoesNotExist):
        delete_draft(draft_id=draft.pk, organisation=an_organisation(), by=INES, now=NOW)


def test_figures_too_large_for_a_column_are_not_kept() -> None:
    lines = [{"name": "x", "quantity": "99999999999", "price": "99999999999", "vat": "20", "nature": "S"}]
    draft = _made(an_organisation(), content={"lines": lines})
    assert draft.net_minor == 0
    assert draft.content == {"lines": lines}
