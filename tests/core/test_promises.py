from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.promises import InvalidPromise, Promise, PromiseState, judge_promise

amounts = st.decimals("0.01", "1000000", places=2)


@given(amounts, st.integers(0, 400))
def test_a_promise_paid_in_full_is_kept_however_late(amount: Decimal, days: int) -> None:
    promise = Promise(amount=amount, by=date(2026, 3, 31))
    today = promise.by + timedelta(days=days)
    assert judge_promise(promise, paid=amount, today=today) is PromiseState.KEPT


@given(amounts, st.integers(0, 30))
def test_a_promise_not_paid_in_full_is_broken_after_its_grace_and_not_before(amount: Decimal, grace: int) -> None:
    promise = Promise(amount=amount, by=date(2026, 3, 31))
    last = promise.by + timedelta(days=grace)
    short = amount - Decimal("0.01")
    assert judge_promise(promise, paid=short, today=last, grace_days=grace) is PromiseState.PENDING
    after = last + timedelta(days=1)
    assert judge_promise(promise, paid=short, today=after, grace_days=grace) is PromiseState.BROKEN


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_a_promise_of_no_money_is_refused(amount: str) -> None:
    with pytest.raises(InvalidPromise):
        Promise(amount=Decimal(amount), by=date(2026, 3, 31))
