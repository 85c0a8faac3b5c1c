"""Several at once on PostgreSQL: one signature, one final invoice, one credit note."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from reglo.billing.models import Invoice, QuoteAnswer
from reglo.billing.queries.follow_ups import room_on
from reglo.billing.services.follow_ups import WholeCredit, draft_credit, draft_final
from reglo.billing.services.issue import issue_draft
from reglo.billing.services.quotes import QuoteAlreadyAnswered, refuse_quote
from reglo.core.errors import DomainError
from tests.billing.quotes import a_quote, a_sent_quote, accepted, an_accepted_quote, sent
from tests.billing.test_follow_ups import about, an_invoice, on
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gives, or the error it ends with, all let loose together."""
    ready = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            ready.wait()
            return act()
        except DomainError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_many_who_sign_at_once_get_one_answer() -> None:
    quote = a_sent_quote()
    answers = at_once(*[lambda: accepted(quote, options=[2])] * 8)
    assert {each.pk for each in answers if isinstance(each, QuoteAnswer)} == {QuoteAnswer.objects.get().pk}


def test_of_acceptance_and_refusal_at_once_one_stands() -> None:
    quote = a_sent_quote()
    facts = {"quote_id": quote.pk, "organisation": quote.organisation, "by": INES, "now": NOW}
    outcomes = at_once(
        lambda: accepted(quote, options=[2]), lambda: refuse_quote(**facts, name="Claire", reason="trop cher")
    )
    assert sum(isinstance(each, QuoteAlreadyAnswered) for each in outcomes) == 1
    assert QuoteAnswer.objects.count() == 1


def test_quotes_that_are_sent_at_once_have_numbers_without_gap_or_double() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    quotes = [a_quote(organisation, customer) for _ in range(8)]
    made = at_once(*[lambda quote=quote: sent(quote) for quote in quotes])
    assert sorted(each.number for each in made) == [f"D2026-{number:04d}" for number in range(1, 9)]


def test_of_many_final_invoices_at_once_one_is_issued() -> None:
    quote = an_accepted_quote()
    drafts = [draft_final(**on(quote)) for _ in range(4)]
    outcomes = at_once(
        *[
            lambda draft=draft: issue_draft(draft_id=draft.pk, organisation=quote.organisation, by=INES, now=NOW)
            for draft in drafts
        ]
    )
    assert sum(isinstance(each, Invoice) for each in outcomes) == 1


def test_of_many_whole_credits_at_once_one_is_issued() -> None:
    invoice = an_invoice()
    drafts = [draft_credit(**about(invoice, wanted=WholeCredit())) for _ in range(4)]
    outcomes = at_once(
        *[
            lambda draft=draft: issue_draft(draft_id=draft.pk, organisation=invoice.organisation, by=INES, now=NOW)
            for draft in drafts
        ]
    )
    assert sum(isinstance(each, Invoice) for each in outcomes) == 1
    assert room_on(invoice).is_empty
