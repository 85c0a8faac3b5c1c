"""The treasury of the firm with the deal laid over it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reglo.forecast.models import Foreseen
from reglo.forecast.queries import likely_balances
from reglo.negotiation.queries.treasury import firm_low
from reglo.organisations.models import Organisation
from tests.negotiation.deals import ASKED, DEAL
from tests.site import NOW, TODAY, an_organisation

pytestmark = pytest.mark.django_db


def _foreseen(organisation: Organisation, *cents: int, ago: int = 0) -> None:
    """A forecast with the same band on each day of two hundred, or with no balance at all."""
    first = TODAY - timedelta(days=ago)
    days = [[(first + timedelta(days=place)).isoformat(), 0, 0, 0] for place in range(200)]
    balances = [list(cents)] * 200 if cents else []
    content = {"days": days, "balances": balances}
    Foreseen.objects.create(organisation=organisation, day=first, digest="x", made_at=NOW, content=content)


def test_thirty_days_more_lower_the_lowest_point_of_the_firm() -> None:
    organisation = an_organisation()
    _foreseen(organisation, 1_000_000, 5_000_000, 9_000_000)
    low = firm_low(likely_balances(organisation, today=TODAY), ASKED, DEAL)
    assert low is not None
    assert low.before.amount < Decimal(50_000)
    assert low.after.amount < low.before.amount
    assert low.after.working.en.startswith("€50,000 foreseen on that day − ")


def test_without_a_balance_or_with_an_old_forecast_there_is_none() -> None:
    organisation = an_organisation()
    assert likely_balances(organisation, today=TODAY) is None
    _foreseen(organisation, 1, 2, 3, ago=8)
    assert likely_balances(organisation, today=TODAY) is None
    _foreseen(organisation)
    assert firm_low(likely_balances(organisation, today=TODAY), ASKED, DEAL) is None
