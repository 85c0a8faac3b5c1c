"""The ceilings of the VAT franchise (CGI 293 B)."""

from datetime import date

import pytest

from reglo.organisations.franchise import CEILINGS, Place, ceilings_on, standing
from reglo.organisations.models import FranchiseActivity

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("activity", "ceiling", "tolerance"),
    [("goods", 85_000, 93_500), ("services", 37_500, 41_250), ("liberal-arts", 50_000, 55_000)],
)
def test_the_ceilings_are_those_of_the_law(activity: str, ceiling: int, tolerance: int) -> None:
    found = ceilings_on(FranchiseActivity(activity), DAY)
    assert (found.ceiling_minor, found.tolerance_minor) == (ceiling * 100, tolerance * 100)
    assert "293 B" in found.source


def test_the_ceilings_of_the_day_hold() -> None:
    assert ceilings_on(FranchiseActivity.SERVICES, date(2024, 12, 31)).ceiling_minor == 3_680_000
    assert ceilings_on(FranchiseActivity.SERVICES, date(2025, 1, 1)).ceiling_minor == 3_750_000
    assert ceilings_on(FranchiseActivity.SERVICES, date(1999, 1, 1)) == CEILINGS[FranchiseActivity.SERVICES][-1]


@pytest.mark.parametrize(
    ("euros", "place"),
    [
        (0, Place.BELOW),
        (33_749, Place.BELOW),
        (33_750, Place.NEAR),
        (37_500, Place.NEAR),
        (37_501, Place.OVER),
        (41_250, Place.OVER),
        (41_251, Place.OVER_TOLERANCE),
    ],
)
def test_a_turnover_stands_where_the_law_says(euros: int, place: Place) -> None:
    found = standing(FranchiseActivity.SERVICES, euros * 100, DAY)
    assert found.place is place
    assert found.percent == euros * 100 // 37_500


def test_what_follows_is_said_with_the_day() -> None:
    assert "1er janvier 2027" in standing(FranchiseActivity.SERVICES, 3_800_000, DAY).message.fr
    assert "from the day" in standing(FranchiseActivity.SERVICES, 4_200_000, DAY).message.en


def test_the_newest_ceilings_come_first() -> None:
    for known in CEILINGS.values():
        assert [each.since for each in known] == sorted((each.since for each in known), reverse=True)
