"""The VAT franchise watched: how the turnover of a year stands to the ceilings (CGI 293 B)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.core.terms.figures import amount_text
from reglo.organisations.models import FranchiseActivity

_NEAR_PERCENT = 90  #: of the ceiling: time to prepare


class Place(StrEnum):
    """Where a turnover stands."""

    BELOW = "below"
    NEAR = "near"
    OVER = "over"  #: the ceiling: taxed from 1 January next
    OVER_TOLERANCE = "over-tolerance"  #: taxed from the very day


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """The two ceilings of an activity from a day on, in cents of EUR without VAT."""

    since: date
    ceiling_minor: int
    tolerance_minor: int  #: *seuil majoré*
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a turnover stands to the ceilings, and what follows."""

    place: Place
    turnover_minor: int
    ceilings: Ceilings
    message: Text

    @property
    def percent(self) -> int:
        """The turnover in percent of the first ceiling, rounded down."""
        return self.turnover_minor * 100 // self.ceilings.ceiling_minor


_SOURCE_2025 = "CGI 293 B, I"
_SOURCE_2023 = "CGI 293 B, I (2023-2024)"
_2023, _2025 = date(2023, 1, 1), date(2025, 1, 1)


def _ceilings(since: date, ceiling: int, tolerance: int, source: str) -> Ceilings:
    return Ceilings(since=since, ceiling_minor=ceiling * 100, tolerance_minor=tolerance * 100, source=source)


#: The newest first. A single ceiling of 25,000 € was voted for 2025, and suspended before it applied.
CEILINGS: dict[FranchiseActivity, Sequence[Ceilings]] = {
    FranchiseActivity.GOODS: (
        _ceilings(_2025, 85_000, 93_500, _SOURCE_2025),
        _ceilings(_2023, 91_900, 101_000, _SOURCE_2023),
    ),
    FranchiseActivity.SERVICES: (
        _ceilings(_2025, 37_500, 41_250, _SOURCE_2025),
        _ceilings(_2023, 36_800, 39_100, _SOURCE_2023),
    ),
    FranchiseActivity.LIBERAL_ARTS: (
        _ceilings(_2025, 50_000, 55_000, _SOURCE_2025),
        _ceilings(_2023, 47_700, 58_600, _SOURCE_2023),
    ),
}


def ceilings_on(activity: FranchiseActivity, on: date) -> Ceilings:
    """The ceilings of `activity` on a day; before the oldest known, those."""
    known = CEILINGS[activity]
    return next((each for each in known if each.since <= on), known[-1])


def standing(activity: FranchiseActivity, turnover_minor: int, on: date) -> Standing:
    """How the turnover of the year of `on`, without VAT, stands to the ceilings.

    turnover_minor: cents of EUR, from 1 January to `on`. In the year in which a business begins, the law looks at the
    turnover as it is; for the year after, in proportion to the days (CGI 293 D), which is not worked out here.
    """
    ceilings = ceilings_on(activity, on)
    place = _place(turnover_minor, ceilings)
    return Standing(
        place=place, turnover_minor=turnover_minor, ceilings=ceilings, message=_message(place, ceilings, on.year)
    )


def _place(turnover_minor: int, ceilings: Ceilings) -> Place:
    if turnover_minor > ceilings.tolerance_minor:
        return Place.OVER_TOLERANCE
    if turnover_minor > ceilings.ceiling_minor:
        return Place.OVER
    near = turnover_minor * 100 >= ceilings.ceiling_minor * _NEAR_PERCENT
    return Place.NEAR if near else Place.BELOW


def _message(place: Place, ceilings: Ceilings, year: int) -> Text:
    ceiling, tolerance = _euros(ceilings.ceiling_minor), _euros(ceilings.tolerance_minor)
    match place:
        case Place.OVER_TOLERANCE:
            return Text(
                fr=f"Vous avez dépassé le seuil majoré de {tolerance.fr} : la TVA est due dès le jour du dépassement.",
                en=f"You are over the upper ceiling of {tolerance.en}: VAT is due from the day on which you passed it.",
            )
        case Place.OVER:
            return Text(
                fr=f"Vous avez dépassé le seuil de {ceiling.fr} : la TVA s'appliquera au 1er janvier {year + 1}.",
                en=f"You are over the ceiling of {ceiling.en}: VAT applies from 1 January {year + 1}.",
            )
        case Place.NEAR:
            return Text(
                fr=f"Vous approchez du seuil de {ceiling.fr} : au-delà, la TVA s'appliquera au 1er janvier suivant.",
                en=f"You are near the ceiling of {ceiling.en}: beyond it, VAT applies from 1 January next.",
            )
        case Place.BELOW:
            return Text(
                fr=f"Vous êtes sous le seuil de {ceiling.fr} de la franchise en base de TVA.",
                en=f"You are below the ceiling of {ceiling.en} of the VAT franchise.",
            )


def _euros(minor: int) -> Text:
    return amount_text(Decimal(minor).scaleb(-2))
