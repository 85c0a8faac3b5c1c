"""Quotes: what may be chosen, and what each choice comes to."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.quotes import (
    BadChoice,
    Offer,
    OfferLine,
    alternatives_of,
    chosen_places,
    first_choice,
    offered,
    options_of,
    require_choice,
)
from reglo.formats.data.stored import read_stored, write_stored
from tests.core.composition.drafts import a_draft, a_draft_line

LINES = (
    OfferLine(line=a_draft_line(name="Étude")),
    OfferLine(line=a_draft_line(name="Visite", price=Decimal(100), quantity=Decimal(1)), optional=True),
    OfferLine(line=a_draft_line(name="Bois", price=Decimal(300), quantity=Decimal(1)), alternative="Finition"),
    OfferLine(line=a_draft_line(name="Laiton", price=Decimal(500), quantity=Decimal(1)), alternative="Finition"),
)
OFFER = Offer(draft=a_draft(lines=(LINES[0].line, LINES[2].line)), lines=LINES, title="Éclairage")

offer_lines = st.builds(
    OfferLine,
    line=st.just(a_draft_line()),
    optional=st.booleans(),
    alternative=st.none() | st.sampled_from(["A", "B"]),
)


def net(taken: Collection[int] | None) -> Decimal | None:
    """What a choice comes to without tax."""
    totals = offered(OFFER, taken).totals
    return totals.net if totals else None


def test_before_any_choice_options_are_out_and_the_first_alternative_is_in() -> None:
    assert net(None) == Decimal("1500.00")
    assert first_choice(LINES) == (2,)


@pytest.mark.parametrize(("taken", "sum_of_it"), [((2,), 1500), ((3,), 1700), ((1, 2), 1600), ((1, 3), 1800)])
def test_each_choice_comes_to_what_its_lines_do(taken: tuple[int, ...], sum_of_it: int) -> None:
    assert net(taken) == sum_of_it


@pytest.mark.parametrize("taken", [(), (2, 3), (0, 2), (9, 2), (-1, 2), (1,)])
def test_a_choice_that_is_not_offered_is_refused(taken: tuple[int, ...]) -> None:
    with pytest.raises(BadChoice):
        require_choice(LINES, taken)


@settings(deadline=None)
@given(st.lists(offer_lines, max_size=8), st.sets(st.integers(-1, 9)))
def test_every_choice_is_refused_or_takes_one_of_each_group(lines: list[OfferLine], taken: set[int]) -> None:
    try:
        places = chosen_places(lines, taken)
    except BadChoice:
        return
    assert all(place in places for place, line in enumerate(lines) if not line.optional and not line.alternative)
    assert all(len(set(group) & set(places)) == 1 for group in alternatives_of(lines).values())
    assert {place for place in options_of(lines) if place in places} == taken & set(options_of(lines))


@settings(deadline=None)
@given(st.lists(offer_lines, max_size=8))
def test_the_first_choice_is_always_offered(lines: list[OfferLine]) -> None:
    assert require_choice(lines, first_choice(lines)) == first_choice(lines)


def test_an_offer_is_stored_and_read_back_as_it_is() -> None:
    assert read_stored(Offer, write_stored(OFFER)) == OFFER
    plain = replace(OFFER, lines=LINES[:1], title=None)
    assert read_stored(Offer, write_stored(plain)) == plain
