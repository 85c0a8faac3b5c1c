"""Deposits, progress invoices and the final one: whatever is billed first, all ask together what the quote said."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.composition import DocumentKind, Draft, PaidDeposit, compose_invoice
from reglo.core.document import Invoice
from reglo.core.follow_ups import (
    DepositTooLarge,
    NothingLeftToBill,
    ProgressGoesBack,
    Taxed,
    bill_of,
    deposit_lines,
    positions_of,
    progress_parts,
    share_of,
)
from reglo.core.money import round_half_up
from reglo.core.terms import Share
from tests.core.composition.drafts import SOLE_TRADER, a_draft, a_draft_line
from tests.core.follow_ups.sales import A_DAY, composed, sales, taxed, together

ALL = Decimal(1)
shares = st.decimals("0", "1", places=2)

Bills = list[Mapping[str, Decimal]]


def bill(draft: Draft, offer: Invoice, to_date: Mapping[str, Decimal], bills: Bills) -> Invoice | None:
    """The next invoice of a quote, and what it billed added to `bills`; None where there is nothing new."""
    try:
        parts = progress_parts(positions_of(draft, offer, bills), to_date, bills=bills)
    except NothingLeftToBill:
        return None
    bills.append({part.position.place: part.amount for part in parts})
    lines, reductions = bill_of(parts, label=f"Situation n° {len(bills)}")
    return composed(draft, lines=lines, reductions=reductions)


def everywhere(draft: Draft, share: Decimal) -> Mapping[str, Decimal]:
    """So much of each line."""
    return {f"lines[{place}]": share for place in range(len(draft.lines))}


@settings(max_examples=150, deadline=None)
@given(sales(), st.lists(shares, max_size=5))
def test_progress_by_percent_comes_to_the_quote_for_each_rate(draft: Draft, steps: list[Decimal]) -> None:
    offer, bills = compose_invoice(draft), Bills()
    made = [bill(draft, offer, everywhere(draft, share), bills) for share in [*sorted(steps), ALL]]
    assert together(*filter(None, made)) == {key: each for key, each in taxed(offer).items() if each.net or each.tax}


@settings(max_examples=150, deadline=None)
@given(sales(), st.data())
def test_progress_by_line_comes_to_the_quote_for_each_rate(draft: Draft, data: st.DataObject) -> None:
    offer, bills, made = compose_invoice(draft), Bills(), []
    done = dict.fromkeys(everywhere(draft, ALL), Decimal(0))
    for _ in range(3):
        done = {place: max(share, data.draw(shares)) for place, share in done.items()}
        made.append(bill(draft, offer, done, bills))
    made.append(bill(draft, offer, everywhere(draft, ALL), bills))
    assert together(*filter(None, made)) == {key: each for key, each in taxed(offer).items() if each.net or each.tax}


@settings(max_examples=100, deadline=None)
@given(sales(), st.decimals("1", "99", places=1), shares)
def test_deposit_progress_and_final_ask_together_the_total_of_the_quote(
    draft: Draft, percent: Decimal, done: Decimal
) -> None:
    offer, bills = compose_invoice(draft), Bills()
    assert offer.totals is not None
    assert offer.totals.gross is not None
    gross = offer.totals.gross
    amount = share_of(gross, Share(percent=percent), 2)
    if not amount:
        return
    lines = deposit_lines(positions_of(draft, offer), amount=amount, left=gross, name="Acompte", places=2)
    deposit = composed(draft, lines=lines, reductions=(), kind=DocumentKind.DEPOSIT)
    assert deposit.totals is not None
    assert deposit.totals.due == amount
    progress = bill(draft, offer, everywhere(draft, done), bills)
    asked = progress.totals.due if progress and progress.totals and progress.totals.due else Decimal(0)
    if gross - asked < amount:
        return  # the service keeps the final invoice as large as the deposits that it deducts
    parts = progress_parts(positions_of(draft, offer, bills), everywhere(draft, ALL), bills=bills)
    rest, reductions = bill_of(parts, label="Solde")
    final = composed(
        draft,
        lines=rest,
        reductions=reductions,
        deposits=(PaidDeposit(number="F2026-0001", issue_date=A_DAY, amount=amount),),
    )
    assert final.totals is not None
    assert final.totals.due is not None
    assert amount + asked + final.totals.due == gross


@settings(deadline=None)
@given(st.lists(st.decimals("0", "1", places=4), min_size=1, max_size=30))
def test_many_small_steps_leave_no_cent_behind(steps: list[Decimal]) -> None:
    draft = a_draft(lines=(a_draft_line(quantity=ALL, price=Decimal("9.97"), vat=Decimal("5.5")),))
    offer, bills = compose_invoice(draft), Bills()
    made = [bill(draft, offer, everywhere(draft, share), bills) for share in [*sorted(steps), ALL]]
    assert together(*filter(None, made)) == taxed(offer)


@pytest.mark.parametrize("amount", ["0.01", "1.01", "999.99", "1000", "1440.00"])
def test_a_deposit_asks_the_very_amount_that_was_typed(amount: str) -> None:
    draft = a_draft()
    positions = positions_of(draft, compose_invoice(draft))
    lines = deposit_lines(positions, amount=Decimal(amount), left=Decimal(1440), name="Acompte", places=2)
    deposit = composed(draft, lines=lines, kind=DocumentKind.DEPOSIT, delivery=None)
    assert deposit.totals is not None
    assert deposit.totals.due == Decimal(amount)


@pytest.mark.parametrize("amount", ["0", "-1", "1440.01"])
def test_a_deposit_of_nothing_or_of_more_than_is_left_is_refused(amount: str) -> None:
    draft = a_draft()
    positions = positions_of(draft, compose_invoice(draft))
    with pytest.raises(DepositTooLarge):
        deposit_lines(positions, amount=Decimal(amount), left=Decimal(1440), name="Acompte", places=2)


def test_a_deposit_is_taxed_at_the_rates_of_the_quote() -> None:
    draft = a_draft(lines=(a_draft_line(), a_draft_line(price=Decimal(400), vat=Decimal(10))))
    offer = compose_invoice(draft)
    lines = deposit_lines(positions_of(draft, offer), amount=Decimal(1160), left=Decimal(2320), name="A", places=2)
    assert [(line.vat, line.price) for line in lines] == [(Decimal(20), Decimal(600)), (Decimal(10), Decimal(400))]


def test_work_that_was_billed_does_not_go_back() -> None:
    draft = a_draft()
    offer, bills = compose_invoice(draft), Bills()
    bill(draft, offer, everywhere(draft, Decimal("0.5")), bills)
    with pytest.raises(ProgressGoesBack) as refused:
        progress_parts(positions_of(draft, offer, bills), everywhere(draft, Decimal("0.3")), bills=bills)
    assert "50 % sont déjà facturés" in refused.value.message.fr
    with pytest.raises(NothingLeftToBill):
        progress_parts(positions_of(draft, offer, bills), everywhere(draft, Decimal("0.5")), bills=bills)


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_progress_goes_from_nothing_to_all(share: str) -> None:
    draft = a_draft()
    with pytest.raises(ProgressGoesBack):
        progress_parts(positions_of(draft, compose_invoice(draft)), {"lines[0]": Decimal(share)})


def test_a_line_says_how_far_it_is_and_what_was_billed_before() -> None:
    draft = a_draft()
    offer, bills = compose_invoice(draft), Bills()
    first = bill(draft, offer, everywhere(draft, Decimal("0.3")), bills)
    second = bill(draft, offer, everywhere(draft, Decimal("0.7")), bills)
    assert first is not None
    assert second is not None
    told = [each.lines[0].item.description for each in (first, second) if each.lines[0].item]
    assert told == ["Situation n° 1 : 30 % à ce jour", "Situation n° 2 : 70 % à ce jour, dont 30 % déjà facturés"]


def test_an_invoice_that_was_credited_is_billed_again() -> None:
    draft = a_draft()
    offer, bills = compose_invoice(draft), Bills()
    bill(draft, offer, everywhere(draft, Decimal("0.5")), bills)
    bills.append({place: -amount for place, amount in bills[0].items()})
    again = bill(draft, offer, everywhere(draft, Decimal("0.5")), bills)
    assert again is not None
    assert taxed(again) == {("S", Decimal(20)): Taxed(net=Decimal("600.00"), tax=Decimal("120.00"))}


@settings(deadline=None)
@given(st.decimals("0.01", "9999.99", places=2), st.integers(2, 12))
def test_equal_parts_of_an_amount_are_as_equal_as_cents_allow(total: Decimal, parts: int) -> None:
    each = share_of(total, Share(one_in=parts), 2)
    assert abs(each * parts - total) <= Decimal("0.005") * parts
    assert each == round_half_up(each, 2)


def test_a_quote_without_vat_is_billed_bit_by_bit_as_well() -> None:
    draft = a_draft(seller=SOLE_TRADER, lines=(a_draft_line(vat=None, price=Decimal("33.35")),))
    offer, bills = compose_invoice(draft), Bills()
    made = [bill(draft, offer, everywhere(draft, share), bills) for share in (Decimal("0.335"), ALL)]
    assert together(*filter(None, made)) == taxed(offer)
