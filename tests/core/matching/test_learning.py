from dataclasses import replace
from datetime import date

from reglo.core.matching import Certainty, CustomerFacts, Habit, KnownIban, learn, match_line
from tests.core.matching.builders import BOOKED, DUPONT, MARTIN, a_line, an_index, an_item, dupont, martin


def test_an_accepted_match_teaches_account_and_payer_so_that_the_next_is_certain() -> None:
    index = an_index(an_item(1, "815.40"), an_item(2, "333.30"), facts=dupont(knows_iban=False))
    first = a_line("815.40", "F2026-0001", payer="HOLDING XY", iban="FR7699")
    accepted = match_line(first, index).matches[0]
    learnt = learn(index.facts(DUPONT), first, accepted)
    assert learnt.ibans == (KnownIban(iban="FR7699", since=BOOKED),)
    assert learnt.payer_names == ("HOLDING XY",)
    next_line = a_line("333.30", "VIREMENT", payer="HOLDING XY", iban="FR7699")
    assert match_line(next_line, index).certain is None
    index.know(learnt)
    assert match_line(next_line, index).certain


def test_a_learnt_name_from_a_new_account_is_no_proof_of_a_common_amount() -> None:
    facts = CustomerFacts(key=DUPONT, names=("Dupont",), payer_names=("GROUPE XY",))
    index = an_index(an_item(1, "49.00"), an_item(2, "49.00", customer=MARTIN), facts=facts)
    line = a_line("49.00", "VIREMENT", payer="GROUPE XY")
    assert match_line(line, index).certain
    assert match_line(replace(line, payer_iban="FR7688"), index).certain is None


def test_learning_twice_changes_nothing_the_second_time() -> None:
    index = an_index(an_item(1, "815.40"))
    line = a_line("815.40", "F2026-0001", payer="HOLDING XY", iban="FR7699")
    match = match_line(line, index).matches[0]
    once = learn(dupont(), line, match)
    assert learn(once, line, match) == once


def test_nothing_is_learnt_of_a_customer_that_the_match_is_not_about() -> None:
    index = an_index(an_item(1, "815.40"))
    line = a_line("815.40", "F2026-0001", payer="HOLDING XY")
    assert learn(martin(), line, match_line(line, index).matches[0]) == martin()
    assert MARTIN not in match_line(line, index).matches[0].customers


def test_habits_are_learnt() -> None:
    index = an_index(an_item(1, "1000.00", discount="980.00", last_day=date(2026, 6, 1)), an_item(2, "77.70"))
    line = a_line("1057.70", "F2026-0001 F2026-0002")
    match = match_line(line, index).matches[0]
    assert match.certainty is Certainty.CERTAIN
    assert learn(CustomerFacts(key=DUPONT, names=()), line, match).habits == {
        Habit.SEVERAL_AT_ONCE,
        Habit.TAKES_DISCOUNT,
    }
