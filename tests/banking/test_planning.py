"""What a payment by hand settles: always all of the money, and never more than is open."""

from hypothesis import given
from hypothesis import strategies as st

from reglo.banking.planning import MOST_ROUNDING, Owed, parts_of_payment
from reglo.banking.stored import SettledPart
from reglo.core.matching import Part

owed = st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 300)), max_size=5).map(
    lambda told: [Owed(place, amount, discount) for place, (amount, discount) in enumerate(told)]
)


@given(owed, st.integers(1, 30_000), st.booleans())
def test_no_item_is_settled_for_more_than_is_open_and_no_money_is_made(
    items: list[Owed], amount: int, rounds: bool
) -> None:
    parts = parts_of_payment(items, amount, rounds=rounds)
    for item in items:
        assert 0 <= sum(each.amount for each in parts if each.item == item.item) <= item.open
    assert sum(each.amount for each in parts if each.part is Part.PAID) <= amount
    rounded = [abs(each.amount) for each in parts if each.part is Part.ROUNDING]
    assert all(each <= MOST_ROUNDING for each in rounded)
    discounts = {each.item: each.amount for each in parts if each.part is Part.DISCOUNT}
    assert all(discounts.get(each.item, 0) <= each.discount for each in items)


@given(owed, st.integers(1, 30_000))
def test_money_is_left_only_where_everything_is_settled(items: list[Owed], amount: int) -> None:
    parts = parts_of_payment(items, amount)
    paid = sum(each.amount for each in parts if each.part is Part.PAID)
    assert paid == min(amount, sum(each.open for each in items))


def test_a_discount_settles_what_the_payment_leaves_open() -> None:
    assert parts_of_payment([Owed(1, 120_00, 2_40)], 117_60) == (
        SettledPart(1, 117_60),
        SettledPart(1, 2_40, Part.DISCOUNT),
    )
    assert parts_of_payment([Owed(1, 120_00, 2_40)], 120_00) == (SettledPart(1, 120_00),)


def test_a_discount_is_taken_where_it_was_offered_among_several_items() -> None:
    assert parts_of_payment([Owed(1, 100_00, 10_00), Owed(2, 50_00)], 140_00) == (
        SettledPart(1, 90_00),
        SettledPart(1, 10_00, Part.DISCOUNT),
        SettledPart(2, 50_00),
    )


def test_a_few_cents_are_written_off_or_kept_and_more_are_not() -> None:
    assert parts_of_payment([Owed(1, 100)], 98, rounds=True)[-1] == SettledPart(1, 2, Part.ROUNDING)
    assert parts_of_payment([Owed(1, 100)], 103, rounds=True)[-1] == SettledPart(1, -3, Part.ROUNDING)
    assert parts_of_payment([Owed(1, 100)], 90, rounds=True) == (SettledPart(1, 90),)
