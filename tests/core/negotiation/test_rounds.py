from datetime import date
from decimal import Decimal

from reglo.core.negotiation import Limit, Measure, Round, Side, Verdict, Wish, gap_of, judge_rounds, worth_of
from tests.core.negotiation.builders import a_deal, an_offer

DEAL = a_deal()
LINE = Limit(Wish.WILL_NOT, Measure.GAIN, Decimal(-500))


def test_each_round_says_what_it_gains_whom_and_what_has_moved_since() -> None:
    rounds = [
        Round(date(2026, 3, 9), Side.OURS, an_offer(30, discount=("0.3", 0))),
        Round(date(2026, 3, 2), Side.THEIRS, an_offer(90)),
        Round(date(2026, 3, 16), Side.THEIRS, an_offer(45)),
    ]
    first, second, third = judge_rounds(rounds, DEAL, [LINE])
    assert first.point.ours == worth_of(an_offer(90), DEAL).gain
    assert (first.moved, second.moved) == (None, None)
    assert third.moved == third.point.ours - first.point.ours > 0
    assert [each.rule for each in first.bars] == ["FR-TERMS-CAP"]
    assert [each.stand.verdict for each in (first, third)] == [Verdict.WALK_AWAY, Verdict.WITHIN]
    assert gap_of((first, second, third)) == second.point.ours - third.point.ours


def test_until_both_have_offered_there_is_no_gap() -> None:
    assert gap_of(()) is None
    assert gap_of(judge_rounds([Round(date(2026, 3, 2), Side.THEIRS, an_offer(90))], DEAL)) is None
