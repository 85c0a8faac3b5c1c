"""Number series: how numbers are spelled, changed only forward, and never mistaken for each other."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from reglo.billing.models import NumberSeries
from reglo.billing.numbering import next_number
from reglo.billing.queries.series import next_numbers
from reglo.billing.services.issue import NotLegal, issue_draft
from reglo.billing.services.numbering import (
    SeriesFacts,
    SeriesNotPossible,
    archive_series,
    change_series,
    create_series,
    default_series,
    make_default,
)
from reglo.organisations.models import Organisation, Role
from tests.site import INES, NOW, TODAY, a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


def a_series(organisation: Organisation, *, for_quotes: bool = False, **facts: Any) -> NumberSeries:
    facts = {"label": "Boutique", "prefix": "B"} | facts
    return create_series(organisation=organisation, facts=SeriesFacts(**facts), for_quotes=for_quotes, by=INES, now=NOW)


def change(series: NumberSeries, **facts: Any) -> NumberSeries:
    facts = {"label": series.label, "prefix": series.prefix, "last_number": series.last_number} | facts
    return change_series(
        series_id=series.pk, organisation=series.organisation, facts=SeriesFacts(**facts), by=INES, now=NOW
    )


def test_the_first_use_makes_the_default_series(organisation: Organisation) -> None:
    assert next_number(default_series(organisation), TODAY) == "F2026-0001"
    assert next_number(default_series(organisation, for_quotes=True), TODAY) == "D2026-0001"
    assert default_series(organisation) == default_series(organisation)


def test_numbers_may_go_on_from_another_program(organisation: Organisation) -> None:
    series = a_series(organisation, last_number=56)
    assert next_numbers(series, TODAY) == ("B2026-0057", "B2026-0058", "B2026-0059")


def test_a_count_that_outgrows_its_padding_goes_on(organisation: Organisation) -> None:
    assert next_number(NumberSeries(prefix="F", padding=2, last_number=99, year=2026), TODAY) == "F2026-100"


@pytest.mark.parametrize("prefix", ["É", "F 1", "F.", "<b>", "F" * 30, "F\n"])
def test_a_prefix_that_platforms_refuse_is_refused(organisation: Organisation, prefix: str) -> None:
    with pytest.raises(SeriesNotPossible) as refused:
        a_series(organisation, prefix=prefix)
    assert refused.value.field == "prefix"


@pytest.mark.parametrize("prefix", ["F", "F2026-", "F20"])
def test_a_prefix_that_could_be_mistaken_for_another_is_refused(organisation: Organisation, prefix: str) -> None:
    default_series(organisation)
    with pytest.raises(SeriesNotPossible):
        a_series(organisation, prefix=prefix, has_year=False)
    assert a_series(organisation, prefix="FA").prefix == "FA"


def test_a_series_changes_forward_only(organisation: Organisation) -> None:
    customer = a_customer(organisation)
    first = issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    series = default_series(organisation)
    change(series, prefix="FA", padding=6)
    second = issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    first.refresh_from_db()
    assert (first.number, second.number) == ("F2026-0001", "FA2026-000002")
    with pytest.raises(SeriesNotPossible) as refused:
        change(default_series(organisation), has_year=False)
    assert refused.value.field == "has_year"
    with pytest.raises(SeriesNotPossible) as refused:
        change(default_series(organisation), last_number=0)
    assert refused.value.field == "last_number"


def test_a_prefix_that_was_given_up_is_not_for_another_series(organisation: Organisation) -> None:
    issue_draft(draft_id=a_draft(organisation).pk, organisation=organisation, by=INES, now=NOW)
    change(default_series(organisation), prefix="G")
    with pytest.raises(SeriesNotPossible):
        a_series(organisation, prefix="F")


def test_an_archived_series_gives_no_number(organisation: Organisation) -> None:
    default_series(organisation)
    series = a_series(organisation)
    archive_series(series_id=series.pk, organisation=organisation, by=INES, now=NOW)
    with pytest.raises(SeriesNotPossible):
        issue_draft(draft_id=a_draft(organisation, series=series).pk, organisation=organisation, by=INES, now=NOW)
    with pytest.raises(SeriesNotPossible):
        archive_series(series_id=default_series(organisation).pk, organisation=organisation, by=INES, now=NOW)


def test_another_series_can_be_the_default(organisation: Organisation) -> None:
    default_series(organisation)
    series = a_series(organisation)
    make_default(series_id=series.pk, organisation=organisation, by=INES, now=NOW)
    assert default_series(organisation) == series
    assert NumberSeries.objects.of(organisation).filter(is_default=True, is_for_quotes=False).count() == 1


def test_series_have_their_own_order_of_dates(organisation: Organisation) -> None:
    default_series(organisation)
    series, customer = a_series(organisation), a_customer(organisation)
    issue_draft(draft_id=a_draft(organisation, customer).pk, organisation=organisation, by=INES, now=NOW)
    early = a_draft(organisation, customer, series=series)
    whose: dict[str, Any] = {"organisation": organisation, "by": INES, "now": NOW}
    assert issue_draft(draft_id=early.pk, issue_date=date(2026, 3, 1), **whose).number == "B2026-0001"
    with pytest.raises(NotLegal):
        issue_draft(draft_id=a_draft(organisation, customer).pk, issue_date=TODAY - timedelta(days=1), **whose)


@pytest.fixture
def owner(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


def test_the_page_shows_series_and_their_next_numbers(organisation: Organisation, owner: Client) -> None:
    page = owner.get(f"/o/{organisation.slug}/settings/series/").content.decode()
    assert "F20" in page
    assert "D20" in page


def test_a_series_is_added_changed_and_archived_on_its_pages(organisation: Organisation, owner: Client) -> None:
    base = f"/o/{organisation.slug}/settings/series/"
    owner.get(base)
    typed = {"label": "Boutique", "prefix": "B", "has_year": "on", "padding": "4", "last_number": ""}
    assert owner.post(base, typed).status_code == 302
    series = NumberSeries.objects.of(organisation).get(prefix="B")
    shown = owner.post(f"{base}{series.pk}/", typed | {"prefix": "BTQ", "preview": "1"})
    assert "BTQ20" in shown.content.decode()
    assert owner.post(f"{base}{series.pk}/", typed | {"prefix": "BTQ"}).status_code == 302
    series.refresh_from_db()
    assert series.prefix == "BTQ"
    owner.post(f"{base}{series.pk}/default/")
    series.refresh_from_db()
    assert series.is_default
    owner.post(f"{base}{series.pk}/archive/")
    series.refresh_from_db()
    assert series.archived_at is None


def test_a_refusal_stands_at_its_field(organisation: Organisation, owner: Client) -> None:
    base = f"/o/{organisation.slug}/settings/series/"
    page = owner.post(base, {"label": "É", "prefix": "É", "has_year": "on", "padding": "4"})
    assert page.status_code == 200
    assert "35" in page.content.decode()
    assert page.context["form"].errors.keys() == {"prefix"}


@pytest.mark.parametrize("role", [Role.READER, Role.SALES, Role.BOOKKEEPER])
def test_only_who_may_change_settings_changes_series(organisation: Organisation, role: Role) -> None:
    client = logged_in(a_member(organisation, role))
    base = f"/o/{organisation.slug}/settings/series/"
    assert client.get(base).status_code == 200
    assert client.post(base, {"label": "B", "prefix": "B", "padding": "4"}).status_code == 403
    assert client.post(f"{base}{default_series(organisation).pk}/archive/").status_code == 403


def test_a_series_of_another_organisation_is_not_there(organisation: Organisation, owner: Client) -> None:
    foreign = default_series(an_organisation())
    base = f"/o/{organisation.slug}/settings/series/{foreign.pk}/"
    assert owner.get(base).status_code == 404
    for act in ("archive/", "default/"):
        assert owner.post(base + act).status_code == 404
