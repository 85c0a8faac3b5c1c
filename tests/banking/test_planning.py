"""What a payment by hand settles: always all of the money, and never more than is open."""

from hypothesis import given
from hypothesis import strategies as st

from reglo.banking.planning import MOST_ROUNDING, Owed, parts_of_payment
from reglo.banking.stored import SettledPart
from reglo.core.matching import Part

owed = st.lists(st.integers(1, 10_000), max_size=5).map(
    lambda amounts: [Owed(place, amount) for place, amount in enumerate(amounts)]
)


@given(owed, st.integers(1, 30_000), st.integers(0, 300), st.booleans())
def test_no_item_is_settled_for_more_than_is_open_and_no_money_is_made(
    items: list[Owed], amount: int, discount: int, rounds: bool
) -> None:
    parts = parts_of_payment(items, amount, discount=discount, rounds=rounds)
    for item in items:
        assert 0 <= sum(each.amount for each in parts if each.item == item.item) <= item.open
    assert sum(each.amount for each in parts if each.part is Part.PAID) <= amount
    rounded = [abs(each.amount) for each in parts if each.part is Part.ROUNDING]
    assert all(each <= MOST_ROUNDING for each in rounded)
    assert sum(each.amount for each in parts if each.part is Part.DISCOUNT) <= discount


@given(owed, st.integers(1, 30_000))
def test_money_is_left_only_where_everything_is_settled(items: list[Owed], amount: int) -> None:
    parts = parts_of_payment(items, amount)
    paid = sum(each.amount for each in parts)
    assert paid == min(amount, sum(each.open for each in items))


def test_a_discount_settles_what_the_payment_leaves_open() -> None:
    assert parts_of_payment([Owed(1, 120_00)], 117_60, discount=2_40) == (
        SettledPart(1, 117_60),
        SettledPart(1, 2_40, Part.DISCOUNT),
    )
    assert parts_of_payment([Owed(1, 120_00)], 120_00, discount=2_40) == (SettledPart(1, 120_00),)


def test_a_few_cents_are_written_off_or_kept_and_more_are_not() -> None:
    assert parts_of_payment([Owed(1, 100)], 98, rounds=True)[-1] == SettledPart(1, 2, Part.ROUNDING)
    assert parts_of_payment([Owed(1, 100)], 103, rounds=True)[-1] == SettledPart(1, -3, Part.ROUNDING)
    assert parts_of_payment([Owed(1, 100)], 90, rounds=True) == (SettledPart(1, 90),)
