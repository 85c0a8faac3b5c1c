"""No sequence of acts in two organisations breaks numbers, seals, borders or chains."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from reglo.billing.models import Draft, Invoice, NumberSeries, Seal
from reglo.billing.services.drafts import DraftClosed, StaleDraft, delete_draft, restore_draft, save_draft
from reglo.billing.services.files import make_files
from reglo.billing.services.issue import number_draft
from reglo.billing.services.numbering import (
    SeriesFacts,
    SeriesNotPossible,
    change_series,
    create_series,
    default_series,
)
from reglo.billing.verify import first_break
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.customers.models import Customer
from reglo.journal.verify import first_break as first_break_of_journal
from reglo.organisations.models import Organisation
from tests.depth import TIMES
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, an_organisation

_FIRST, _SECOND = 0, 1
_DRAFTS = st.integers(0, 200)
_HOUSES = st.sampled_from([_FIRST, _SECOND])
_CONTENTS = st.sampled_from(
    [
        a_content(),
        a_content(lines=[]),
        a_content(issue_date=(TODAY - timedelta(days=3)).isoformat()),
        a_content(issue_date="?"),
        a_content(currency="USD"),
    ]
)


class Issuing(RuleBasedStateMachine):
    """Two firms whose people write, save, delete, restore, credit and issue, in any order."""

    houses: list[Organisation]
    customers: list[Customer]

    @initialize()
    def begin(self) -> None:
        """Two organisations, each with a customer."""
        self.houses = [an_organisation(), an_organisation()]
        self.customers = [a_customer(each) for each in self.houses]
        self.now = NOW
        self.documents: dict[int, bytes] = {}

    def a_house(self, which: int) -> dict[str, Any]:
        """Who acts, and when."""
        return {"organisation": self.houses[which], "by": INES, "now": self.now}

    def a_draft_of(self, which: int, number: int) -> Draft | None:
        """Some draft of a house."""
        drafts = list(Draft.objects.of(self.houses[which]).order_by("pk"))
        return drafts[number % len(drafts)] if drafts else None

    @rule(days=st.integers(0, 200))
    def time_goes_on(self, days: int) -> None:
        """A later day, perhaps of another year."""
        self.now += timedelta(days=days)

    @rule(which=_HOUSES, content=_CONTENTS)
    def write(self, which: int, content: dict[str, Any]) -> None:
        """Begin a draft."""
        a_draft(self.houses[which], self.customers[which], content=content)

    @rule(which=_HOUSES, number=_DRAFTS, content=_CONTENTS, behind=st.booleans())
    def save(self, which: int, number: int, content: dict[str, Any], behind: bool) -> None:
        """Save a draft, perhaps from a page that is behind."""
        draft = self.a_draft_of(which, number)
        if draft is None:
            return
        version = draft.content_version - behind
        try:
            save_draft(draft_id=draft.pk, content=content, version=version, **self.a_house(which))
        except (DraftClosed, StaleDraft):
            assert draft.issued_at or draft.deleted_at or behind

    @rule(which=_HOUSES, number=_DRAFTS)
    def delete(self, which: int, number: int) -> None:
        """Delete a draft; one that was issued stays."""
        draft = self.a_draft_of(which, number)
        if draft is None:
            return
        try:
            delete_draft(draft_id=draft.pk, **self.a_house(which))
        except DraftClosed:
            assert draft.issued_at

    @rule(which=_HOUSES, number=_DRAFTS)
    def restore(self, which: int, number: int) -> None:
        """Take a draft back."""
        draft = self.a_draft_of(which, number)
        if draft is not None:
            restore_draft(draft_id=draft.pk, **self.a_house(which))

    @rule(which=_HOUSES, number=_DRAFTS, files=st.booleans())
    def issue(self, which: int, number: int, files: bool) -> None:
        """Issue a draft, perhaps for the second time, perhaps dying before the files."""
        draft = self.a_draft_of(which, number)
        if draft is None:
            return
        try:
            invoice = number_draft(draft_id=draft.pk, **self.a_house(which))
        except DomainError:
            assert draft.issued_at is None
            return
        assert invoice.draft_id == draft.pk
        if files:
            make_files(invoice_id=invoice.pk, now=self.now)

    @rule(which=_HOUSES, number=_DRAFTS)
    def issue_of_the_others(self, which: int, number: int) -> None:
        """A draft of the other house is not there."""
        draft = self.a_draft_of(1 - which, number)
        if draft is not None:
            with pytest.raises(Draft.DoesNotExist):
                number_draft(draft_id=draft.pk, **self.a_house(which))

    @rule(which=_HOUSES, number=_DRAFTS)
    def credit(self, which: int, number: int) -> None:
        """Begin a credit note of an issued invoice."""
        invoices = list(Invoice.objects.of(self.houses[which]).filter(kind="380").order_by("pk"))
        if not invoices:
            return
        invoice = invoices[number % len(invoices)]
        reference = {"number": invoice.number, "issue_date": invoice.issue_date.isoformat()}
        a_draft(
            self.houses[which],
            self.customers[which],
            kind=DocumentKind.CREDIT_NOTE.value,
            corrects=invoice,
            content=a_content(preceding_invoices=[reference]),
        )

    @rule(which=_HOUSES, prefix=st.sampled_from(["F", "FA", "B-", "F2026-"]), is_new=st.booleans())
    def spell_otherwise(self, which: int, prefix: str, is_new: bool) -> None:
        """Change the prefix of the default series, or begin another."""
        house, series = self.a_house(which), default_series(self.houses[which])
        facts = SeriesFacts(label="Factures", prefix=prefix, last_number=0 if is_new else series.last_number)
        try:
            if is_new:
                create_series(facts=facts, for_quotes=False, **house)
            else:
                change_series(series_id=series.pk, facts=facts, **house)
        except SeriesNotPossible:
            pass

    @invariant()
    def all_holds(self) -> None:
        """Numbers, seals, journals and documents are whole, each in its own house."""
        for house in getattr(self, "houses", ()):
            assert first_break(house) is None
            assert first_break_of_journal(house.pk) is None
            for invoice in Invoice.objects.of(house):
                assert invoice.customer.organisation_id == invoice.series.organisation_id == house.pk
                assert self.documents.setdefault(invoice.pk, bytes(invoice.document)) == bytes(invoice.document)
            assert NumberSeries.objects.of(house).filter(is_default=True, is_for_quotes=False).count() <= 1
        assert not Seal.objects.exclude(invoice__organisation=F("organisation")).exists()


class TestIssuing(TestCase):
    """Runs the machine: each sequence of acts in a transaction of its own."""

    def test_no_sequence_of_acts_breaks_anything(self) -> None:
        """Try."""
        machine = type("Machine", (Issuing,), {})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=12 * TIMES,
                stateful_step_count=18,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
