"""The page of the journal: filters, stories, files, a constant number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation, Role
from tests.site import INES, NOW, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


def _write(organisation: Organisation, act: str = "logo-changed", **changes: object) -> None:
    with transaction.atomic():
        record(act, **{"organisation_id": organisation.pk, "subject": organisation, "by": INES, "at": NOW} | changes)


def _page(organisation: Organisation, query: str = "") -> str:
    reader = a_member(organisation, Role.READER)
    answer = logged_in(reader).get(f"/o/{organisation.slug}/journal/{query}")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_a_reader_sees_who_did_what_and_before_and_after() -> None:
    organisation = an_organisation(name="Zoé")
    _write(organisation, before={"city": "Lyon"}, after={"city": "Brest"})
    shown = _page(organisation)
    assert "Inès Moreau a changé le logo de Zoé" in shown
    assert "Brest" in shown


def test_the_journal_of_others_is_not_in_it() -> None:
    organisation = an_organisation()
    _write(an_organisation(), by=Actor(name="Somebody else"))
    assert "Somebody else" not in _page(organisation)


def test_the_journal_is_filtered_by_act_person_day_and_words() -> None:
    organisation = an_organisation()
    _write(organisation, "logo-changed", by=Actor(name="Ada"), at=NOW - timedelta(days=9), after={"city": "Nantes"})
    _write(organisation, "accent-changed", by=Actor(name="Bob"), after={"city": "Quimper"})
    for query in ("?act=accent-changed", "?person=Bob", f"?from={NOW.date()}", "?q=bob"):
        shown = _page(organisation, query)
        assert "Quimper" in shown, query
        assert "Nantes" not in shown, query
    assert "Nantes" in _page(organisation, f"?to={NOW.date() - timedelta(days=9)}")


def test_the_story_of_a_customer_and_of_one_thing_are_shown_alone() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    _write(organisation, "customer-changed", subject=customer, customer_id=customer.pk, after={"city": "Quimper"})
    _write(organisation, after={"city": "Nantes"})
    for query in (f"?customer={customer.pk}", f"?subject=customer-{customer.pk}"):
        shown = _page(organisation, query)
        assert "Quimper" in shown
        assert "Nantes" not in shown


@pytest.mark.parametrize(
    "query", ["?customer=0", "?customer=x", "?subject=x", "?subject=a-99999999999999999999999", "?act=x"]
)
def test_a_filter_that_means_nothing_counts_as_none(query: str) -> None:
    organisation = an_organisation()
    _write(organisation, after={"city": "Nantes"})
    assert "Nantes" in _page(organisation, query)


def test_what_is_taken_away_as_csv_holds_no_formula() -> None:
    organisation = an_organisation(name="=1+1")
    _write(organisation, by=Actor(name="=cmd()"))
    lines = _page(organisation, "?format=csv")
    assert "cmd()" in lines
    assert '\n"=' not in lines
    assert ";=" not in lines
    assert ';"=' not in lines


def test_a_longer_journal_takes_no_more_queries(django_assert_max_num_queries: Callable) -> None:
    organisation = an_organisation()
    browser = logged_in(a_member(organisation, Role.READER))
    browser.get(f"/o/{organisation.slug}/journal/")
    for _ in range(60):
        _write(organisation)
    with django_assert_max_num_queries(10):
        browser.get(f"/o/{organisation.slug}/journal/")
