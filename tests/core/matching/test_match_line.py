"""One line at a time: what a bookkeeper would say of it."""

from datetime import date
from decimal import Decimal

import pytest

from reglo.core.bank import LineKind
from reglo.core.matching import Allocation, Certainty, Habit, Match, Part, ReasonKind, match_line
from tests.core.matching.builders import (
    BOOKED,
    DUPONT,
    IBAN,
    MARTIN,
    a_line,
    a_settled,
    an_index,
    an_item,
    dupont,
)

KNOWN = {"payer": "DUPONT ELECTRICITE", "iban": IBAN[DUPONT]}


def paid(*amounts: tuple[int, str, Part]) -> tuple[Allocation, ...]:
    return tuple(Allocation(item=key, amount=Decimal(amount), part=part) for key, amount, part in amounts)


def kinds(match: Match) -> set[ReasonKind]:
    return {reason.kind for reason in match.reasons}


def test_the_reference_and_the_exact_amount_are_certain_whoever_pays() -> None:
    item = an_item()
    decision = match_line(a_line(reference=item.references[0]), an_index(item))
    assert decision.certain
    assert decision.certain.allocations == paid((1, "1200.00", Part.PAID))
    assert kinds(decision.certain) == {ReasonKind.REFERENCE, ReasonKind.AMOUNT_EXACT}


def test_a_number_and_the_exact_amount_are_certain() -> None:
    assert match_line(a_line(text="fact f2026 0001"), an_index(an_item())).certain


def test_a_number_is_not_certain_where_one_slip_makes_it_that_of_somebody_else_who_owes_the_same() -> None:
    index = an_index(an_item(1), an_item(2, customer=MARTIN))
    decision = match_line(a_line(text="F2026-0001"), index)
    assert decision.certain is None
    assert decision.matches[0].items == (1,)
    assert match_line(a_line(text="F2026-0001", payer="DUPONT ELECTRICITE"), index).certain


def test_a_number_is_not_certain_where_somebody_like_the_payer_owes_the_same() -> None:
    index = an_index(an_item(1), an_item(50, customer=MARTIN))
    decision = match_line(a_line(text="MARTIN RENOVATION BATIMENT F2026-0001", payer="MARTIN RENOVATION"), index)
    assert decision.certain is None
    assert decision.matches[0].items == (1,)


def test_a_number_of_an_amount_that_many_owe_is_not_certain_for_an_unknown_payer() -> None:
    index = an_index(*(an_item(key, "49.00", customer=key) for key in range(11, 1000, 111)))
    assert match_line(a_line("49.00", "F2026-0011", payer="HOLDING XY"), index).certain is None
    reference = an_item(11, "49.00", customer=11).references[0]
    assert match_line(a_line("49.00", reference=reference, payer="HOLDING XY"), index).certain


def test_a_known_account_and_an_amount_that_only_one_invoice_has_are_certain() -> None:
    index = an_index(an_item(1, "1200.00"), an_item(2, "815.40"), an_item(3, "99.00"))
    decision = match_line(a_line("815.40", "VIREMENT", iban=IBAN[DUPONT]), index)
    assert decision.certain
    assert decision.certain.items == (2,)
    assert ReasonKind.IBAN in kinds(decision.certain)


def test_two_invoices_of_the_same_amount_are_proposed_the_oldest_first() -> None:
    index = an_index(an_item(1, due=date(2026, 5, 2)), an_item(2, due=date(2026, 4, 2)))
    decision = match_line(a_line(**KNOWN), index)
    assert decision.certain is None
    assert [match.items for match in decision.matches] == [(2,), (1,)]
    assert all(match.certainty is Certainty.LIKELY for match in decision.matches)
    assert ReasonKind.AMBIGUOUS in kinds(decision.matches[0])


def test_an_amount_alone_is_only_possible() -> None:
    decision = match_line(a_line("815.40", payer="UNKNOWN PEOPLE"), an_index(an_item(1, "815.40")))
    assert [match.certainty for match in decision.matches] == [Certainty.POSSIBLE]


def test_one_transfer_for_several_invoices_is_certain_when_all_are_named() -> None:
    index = an_index(an_item(1, "100.10"), an_item(2, "200.20"), an_item(3, "300.30"))
    decision = match_line(a_line("400.40", "F2026-0001 + F2026-0003"), index)
    assert decision.certain
    assert decision.certain.items == (1, 3)


def test_one_transfer_for_several_invoices_is_certain_when_nothing_else_comes_to_it() -> None:
    index = an_index(an_item(1, "113.17"), an_item(2, "2411.90"), an_item(3, "3021.33"), an_item(4, "77.01"))
    decision = match_line(a_line("3134.50", **KNOWN), index)
    assert decision.certain
    assert set(decision.certain.items) == {1, 3}


def test_a_sum_that_several_sets_come_to_is_not_certain() -> None:
    index = an_index(an_item(1, "600.00"), an_item(2, "360.00"), an_item(3, "240.00"), an_item(4, "600.00"))
    decision = match_line(a_line("960.00", **KNOWN), index)
    assert decision.certain is None
    assert {frozenset(match.items) for match in decision.matches} >= {frozenset({1, 2}), frozenset({2, 4})}


def test_the_whole_balance_less_a_credit_note_is_certain() -> None:
    index = an_index(an_item(1, "1313.13"), an_item(2, "-100.07", number="A2026-0002"), an_item(3, "55.55"))
    decision = match_line(a_line("1268.61", **KNOWN), index)
    assert decision.certain
    assert sum(each.amount for each in decision.certain.allocations) == Decimal("1268.61")
    assert {ReasonKind.WHOLE_BALANCE, ReasonKind.CREDIT_NETTED} <= kinds(decision.certain)


def test_a_discount_in_time_settles_the_whole_invoice() -> None:
    item = an_item(1, "1000.00", discount="980.00", last_day=BOOKED)
    decision = match_line(a_line("980.00", "F2026-0001"), an_index(item))
    assert decision.certain
    assert decision.certain.allocations == paid((1, "980.00", Part.PAID), (1, "20.00", Part.DISCOUNT))


def test_a_discount_taken_a_day_late_is_proposed_and_never_posted() -> None:
    item = an_item(1, "1000.00", discount="980.00", last_day=date(2026, 5, 3))
    best = match_line(a_line("980.00", "F2026-0001", **KNOWN), an_index(item)).matches[0]
    assert best.certainty is Certainty.LIKELY
    assert ReasonKind.DISCOUNT_LATE in kinds(best)


def test_a_fee_that_the_bank_states_is_certain_and_one_that_it_does_not_is_proposed() -> None:
    index = an_index(an_item(1, "1200.00"))
    stated = match_line(a_line("1185.00", "F2026-0001", charges="15.00", iban="US64"), index)
    assert stated.certain
    assert stated.certain.total(Part.FEE) == Decimal("15.00")
    silent = match_line(a_line("1185.00", "F2026-0001", iban="US64"), index)
    assert silent.certain is None
    assert silent.matches[0].total(Part.FEE) == Decimal("15.00")


def test_within_sepa_nothing_is_taken_for_a_fee() -> None:
    decision = match_line(a_line("1185.00", "F2026-0001", **KNOWN), an_index(an_item(1, "1200.00")))
    assert all(not match.total(Part.FEE) for match in decision.matches)


@pytest.mark.parametrize(("amount", "rounding"), [("1199.97", "0.03"), ("1200.05", "-0.05")])
def test_some_cents_more_or_less_are_a_rounding(amount: str, rounding: str) -> None:
    decision = match_line(a_line(amount, "F2026-0001"), an_index(an_item(1, "1200.00")))
    assert decision.certain
    assert decision.certain.total(Part.ROUNDING) == Decimal(rounding)
    assert decision.certain.total(Part.PAID) == Decimal(amount)


def test_a_part_payment_that_names_its_invoice_is_certain_where_the_payer_agrees() -> None:
    index = an_index(an_item(1, "1200.00"))
    decision = match_line(a_line("500.00", "ACOMPTE F2026-0001", **KNOWN), index)
    assert decision.certain
    assert decision.certain.shortfall == Decimal("700.00")
    assert match_line(a_line("500.00", "F2026-0001", payer="UNKNOWN"), index).certain is None


def test_a_part_is_not_certain_while_another_line_may_pay_the_same_invoice() -> None:
    decision = match_line(a_line("500.00", "ACOMPTE F2026-0001", **KNOWN), an_index(an_item()), pending={1})
    assert decision.certain is None
    assert ReasonKind.PENDING in kinds(decision.matches[0])
    assert decision.pending == {1}


def test_a_part_of_one_invoice_is_not_certain_where_another_has_the_amount() -> None:
    index = an_index(an_item(1, "1200.00"), an_item(2, "500.00"))
    decision = match_line(a_line("500.00", "F2026-0001", **KNOWN), index)
    assert decision.certain is None
    assert {match.items for match in decision.matches} == {(1,), (2,)}


def test_an_overpayment_is_proposed_with_what_is_left() -> None:
    best = match_line(a_line("1250.00", "F2026-0001", **KNOWN), an_index(an_item(1, "1200.00"))).matches[0]
    assert best.certainty is Certainty.LIKELY
    assert best.remaining == Decimal("50.00")


def test_a_reference_of_one_customer_and_an_account_of_another_are_both_proposed_with_the_contradiction() -> None:
    index = an_index(an_item(1, "815.40"), an_item(2, "815.40", customer=MARTIN))
    decision = match_line(a_line("815.40", "F2026-0001", payer="MARTIN BATIMENT", iban=IBAN[MARTIN]), index)
    assert decision.certain is None
    told = {match.items: kinds(match) for match in decision.matches}
    assert ReasonKind.OTHER_PAYER in told[1,]
    assert ReasonKind.OTHER_NUMBER in told[2,]


def test_an_invoice_that_is_paid_already_makes_an_advance_or_a_refund() -> None:
    decision = match_line(a_line("1200.00", "F2026-0900", **KNOWN), an_index(settled=(a_settled(),)))
    best = decision.matches[0]
    assert (best.certainty, best.allocations, best.settled) == (Certainty.LIKELY, (), (90,))
    assert best.remaining == Decimal("1200.00")


def test_the_number_of_the_last_invoice_on_the_next_payment_is_not_certain() -> None:
    index = an_index(an_item(1, "1200.00"), settled=(a_settled(),))
    decision = match_line(a_line("1200.00", "F2026-0900", **KNOWN), index)
    assert decision.certain is None
    assert {match.items for match in decision.matches} == {(), (1,)}


def test_a_payment_before_the_invoice_was_issued_is_not_certain() -> None:
    index = an_index(an_item(1, issued=date(2026, 5, 20), due=date(2026, 6, 20)))
    best = match_line(a_line("1200.00", "F2026-0001", **KNOWN), index).matches[0]
    assert best.certainty is Certainty.LIKELY
    assert ReasonKind.BEFORE_ISSUE in kinds(best)


def test_a_returned_payment_points_to_what_it_had_settled() -> None:
    line = a_line("-1200.00", "IMPAYE F2026-0900", kind=LineKind.RETURN)
    decision = match_line(line, an_index(an_item(), settled=(a_settled(),)))
    assert [match.settled for match in decision.matches] == [(90,)]
    assert decision.certain is None


def test_a_debit_refunds_a_credit_note_or_nothing() -> None:
    index = an_index(an_item(1, "-120.00", number="A2026-0001"), an_item(2, "120.00"))
    refund = match_line(a_line("-120.00", "A2026-0001"), index)
    assert refund.certain
    assert refund.certain.allocations == paid((1, "-120.00", Part.PAID))
    assert match_line(a_line("-333.00", "LOYER"), index).matches == ()


def test_only_items_in_the_currency_of_the_line_are_paid() -> None:
    decision = match_line(a_line("1200.00", "F2026-0001", currency="USD", **KNOWN), an_index(an_item()))
    assert decision.matches == ()
    assert decision.reasons[0].kind is ReasonKind.OWES_NOTHING
    assert "ne doit rien en USD" in decision.reasons[0].text.fr


def test_a_payer_who_owes_nothing_is_named_and_one_whom_nobody_knows_is_not() -> None:
    index = an_index()
    assert match_line(a_line("77.00", **KNOWN), index).reasons[0].kind is ReasonKind.OWES_NOTHING
    assert match_line(a_line("77.00", payer="SCI INCONNUE"), index).reasons[0].kind is ReasonKind.NOTHING_KNOWN


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (a_line("1200.00", "F2026-0001", is_booked=False), ReasonKind.NOT_BOOKED),
        (a_line("-12.00", "FRAIS", kind=LineKind.FEE), ReasonKind.NOT_A_PAYMENT),
        (a_line("0.00", "F2026-0001"), ReasonKind.NOT_A_PAYMENT),
    ],
)
def test_what_is_no_payment_is_not_matched(line: object, kind: ReasonKind) -> None:
    decision = match_line(line, an_index(an_item()))  # type: ignore[arg-type]
    assert decision.matches == ()
    assert decision.reasons[0].kind is kind


def test_instalments_of_one_number_are_paid_in_their_order() -> None:
    instalments = [an_item(key, "400.00", number="F2026-0012", due=date(2026, 4 + key, 1)) for key in (1, 2, 3)]
    decision = match_line(a_line("400.00", "F2026-0012"), an_index(*reversed(instalments)))
    assert decision.certain
    assert decision.certain.items == (1,)


def test_who_pays_round_sums_is_asked_even_where_one_fits() -> None:
    facts = dupont(habits=frozenset({Habit.ROUND_SUMS}))
    index = an_index(an_item(1, "815.40"), an_item(2, "500.00"), facts=facts)
    assert match_line(a_line("500.00", **KNOWN), index).certain is None


def test_a_round_sum_that_is_not_the_oldest_invoice_may_be_on_account() -> None:
    index = an_index(an_item(1, "815.40", due=date(2026, 4, 1)), an_item(2, "500.00"))
    assert match_line(a_line("500.00", **KNOWN), index).certain is None


def test_five_hundred_open_items_of_one_customer_are_answered() -> None:
    items = [an_item(key, f"{100 + key}.{key % 100:02d}") for key in range(1, 501)]
    decision = match_line(a_line("302.02", **KNOWN), an_index(*items))
    assert decision.matches
    assert decision.certain is None or decision.certain.items == (202,)
