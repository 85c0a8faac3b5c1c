from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.matching.combinations import Price, bundles, prices_of
from tests.core.matching.builders import BOOKED, an_item

cents = st.lists(st.integers(-500, 3000).filter(bool), min_size=1, max_size=8)


def priced(amounts: list[int]) -> list[tuple[Price, ...]]:
    return [(Price(an_item(key, str(amount)), amount),) for key, amount in enumerate(amounts, 1)]


@settings(max_examples=150, deadline=None)
@given(cents, st.integers(1, 6000))
def test_every_bundle_comes_to_the_amount_and_one_is_found_where_there_is_one(amounts: list[int], target: int) -> None:
    found = bundles(priced(amounts), target, 16)
    assert all(sum(price.pays for price in bundle) == target for bundle in found)
    assert len({frozenset(price.item.key for price in bundle) for bundle in found}) == len(found)
    sizes = range(1, len(amounts) + 1)
    exists = any(sum(some) == target for size in sizes for some in combinations(amounts, size))
    assert bool(found) is exists


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=5, max_size=24), st.data())
def test_up_to_four_items_are_found_among_many(amounts: list[int], data: st.DataObject) -> None:
    taken = data.draw(st.lists(st.sampled_from(range(len(amounts))), min_size=1, max_size=4, unique=True))
    target = sum(amounts[place] for place in taken)
    found = bundles(priced(amounts), target, 4)
    assert found
    assert all(sum(price.pays for price in bundle) == target for bundle in found)


def test_five_hundred_equal_items_give_a_dozen_bundles_and_no_more() -> None:
    assert len(bundles(priced([100] * 500), 200, 16)) <= 12


def test_all_but_one_of_many_is_found() -> None:
    amounts = [1000 + 7 * place * place for place in range(200)]
    found = bundles(priced(amounts), sum(amounts) - amounts[17], 16)
    assert any(len(bundle) == 199 for bundle in found)


def test_a_discount_is_a_price_until_its_last_day_and_a_late_one_for_a_few_days() -> None:
    item = an_item(1, "1000.00", discount="980.00", last_day=date(2026, 5, 4))
    assert [(each.pays, each.is_late) for each in prices_of(item, BOOKED, 3)] == [(100000, False), (98000, False)]
    assert [each.is_late for each in prices_of(item, date(2026, 5, 7), 3)] == [False, True]
    assert len(prices_of(item, date(2026, 5, 8), 3)) == 1
