"""Rates of interest that an organisation enters itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from reglo.core.dates import HalfYear
from reglo.core.rates import RateKind, rate_for
from reglo.journal.models import JournalEntry
from reglo.organisations.forms.rates import offered_half_years
from reglo.organisations.models import InterestRate, Organisation
from reglo.organisations.permissions import Role
from reglo.organisations.queries import rates_of
from reglo.organisations.services import set_rate
from tests.site import INES, NOW, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

TYPED = {"kind": "ecb", "half_year": "2026-2", "percent": "2,15", "source": "BCE, décision du 5 juin 2026"}
JULY = date(2026, 7, 1)


def _owner(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, Role.OWNER))


def _url(organisation: Organisation) -> str:
    return reverse("organisations:rates", kwargs={"slug": organisation.slug})


def test_a_rate_that_was_entered_holds_for_that_organisation_alone_until_it_is_taken_back() -> None:
    organisation, other = an_organisation(), an_organisation(slug="autre")
    client = _owner(organisation)
    assert rate_for(RateKind.ECB, JULY, rates_of(organisation)).provisional
    client.post(_url(organisation), TYPED)
    found = rate_for(RateKind.ECB, JULY, rates_of(organisation))
    assert (found.percent, found.provisional, found.source) == (Decimal("2.15"), False, TYPED["source"])
    assert rate_for(RateKind.ECB, JULY, rates_of(other)).provisional
    row = InterestRate.objects.get()
    assert "2,15" in client.get(_url(organisation)).content.decode()
    client.post(reverse("organisations:rate-forget", kwargs={"slug": organisation.slug, "pk": row.pk}))
    assert rate_for(RateKind.ECB, JULY, rates_of(organisation)).provisional
    acts = list(JournalEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["rate-entered", "rate-forgotten"]


def test_the_same_rate_entered_twice_is_one_act() -> None:
    organisation = an_organisation()
    for _again in range(2):
        set_rate(
            organisation=organisation,
            kind=RateKind.ECB,
            half_year=HalfYear(2026, 2),
            percent=Decimal("2.15"),
            source="BCE",
            by=INES,
            now=NOW,
        )
    assert JournalEntry.objects.filter(act="rate-entered").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"percent": "beaucoup"}, "nombre"),
        ({"percent": "NaN"}, "nombre"),
        ({"percent": "300"}, "30"),
        ({"source": ""}, "obligatoire"),
        ({"half_year": "2027-1"}, "2026-2"),  # the ECB's rate holds from its first day
        ({"half_year": "1066-1"}, "1066-1"),
    ],
)
def test_what_is_no_rate_of_a_half_year_is_said_beside_its_field(typed: dict[str, str], said: str) -> None:
    organisation = an_organisation()
    page = _owner(organisation).post(_url(organisation), TYPED | typed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not InterestRate.objects.exists()


def test_the_half_years_offered_go_back_without_gap() -> None:
    assert [str(each) for each in offered_half_years(date(2026, 3, 1))[:4]] == ["2026-2", "2026-1", "2025-2", "2025-1"]
