"""What must hold on any statement: shown on generated mess. The benchmarks use other seeds."""

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from reglo.core.matching import Certainty, Decision, MatchingIndex, Part, match_all, match_line
from tests.core.matching.mess import KINDS, Mess, mess

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest) -> Mess:
    return mess(seed=request.param, items=1500, lines=400)


@pytest.fixture(scope="module")
def index(made: Mess) -> MatchingIndex:
    return MatchingIndex(made.items, made.customers, made.settled)


@pytest.fixture(scope="module")
def decisions(made: Mess, index: MatchingIndex) -> tuple[Decision, ...]:
    return match_all([each.line for each in made.lines], index)


def test_the_generator_knows_every_kind_of_mess() -> None:
    kinds = Counter(each.kind for seed in SEEDS for each in mess(seed=seed, items=3000, lines=1500).lines)
    assert set(kinds) == set(KINDS)


def test_what_is_certain_is_true(made: Mess, decisions: tuple[Decision, ...]) -> None:
    pairs = zip(made.lines, decisions, strict=True)
    wrong = [each.line for each, decision in pairs if decision.certain and not each.is_told_by(decision.certain)]
    assert wrong == []


def test_most_lines_that_tell_what_they_pay_are_certain(made: Mess, decisions: tuple[Decision, ...]) -> None:
    telling = [decision for each, decision in zip(made.lines, decisions, strict=True) if each.pays and each.is_told]
    assert sum(decision.certain is not None for decision in telling) >= 0.85 * len(telling)


def test_all_money_is_accounted_for(made: Mess, decisions: tuple[Decision, ...]) -> None:
    for decision in decisions:
        for match in decision.matches:
            assert match.total(Part.PAID) + match.remaining == decision.line.amount
            assert match.remaining >= 0
            assert match.shortfall >= 0


def test_no_item_gets_more_than_is_open_on_it(made: Mess, index: MatchingIndex) -> None:
    for each in made.lines:
        for match in match_line(each.line, index).matches:
            for key in match.items:
                item = index.item(key)
                assert item
                settled = sum(part.amount for part in match.allocations if part.item == key)
                assert 0 < settled / item.amount <= 1


def test_two_certain_lines_never_claim_the_same_money(made: Mess, decisions: tuple[Decision, ...]) -> None:
    settled = Counter[int]()
    for decision in decisions:
        for allocation in decision.certain.allocations if decision.certain else ():
            settled[allocation.item] += allocation.amount  # type: ignore[assignment]  # sums of Decimal
    amounts = {item.key: item.amount for item in made.items}
    assert all(abs(Decimal(total)) <= abs(amounts[key]) for key, total in settled.items())


def test_matching_a_statement_leaves_the_index_as_it_was(made: Mess, index: MatchingIndex) -> None:
    lines = [each.line for each in made.lines]
    assert match_all(lines, index) == match_all(lines, index)
    assert all(index.item(item.key) == item for item in made.items)


def test_the_order_in_which_items_and_customers_are_given_does_not_matter(made: Mess, index: MatchingIndex) -> None:
    items, customers, settled = list(made.items), list(made.customers), list(made.settled)
    for given in (items, customers, settled):
        random.Random(7).shuffle(given)
    other = MatchingIndex(items, customers, settled)
    for each in made.lines:
        assert match_line(each.line, other) == match_line(each.line, index)


def test_there_is_one_certain_match_and_then_no_other(decisions: tuple[Decision, ...]) -> None:
    for decision in decisions:
        certain = [match for match in decision.matches if match.certainty is Certainty.CERTAIN]
        assert not certain or decision.matches == tuple(certain[:1])


@pytest.mark.parametrize("lost", ["reference", "text", "payer", "payer_iban"])
def test_less_evidence_is_never_more_certain(made: Mess, index: MatchingIndex, lost: str) -> None:
    """Unless what is lost spoke against it: those lines are left out."""
    for each in made.lines:
        if each.kind in _CONTRADICTING or "holding" in each.kind:
            continue
        whole, less = match_line(each.line, index), match_line(replace(each.line, **{lost: ""}), index)
        assert whole.certain or not less.certain, each.line


_CONTRADICTING = {
    "somebody else's number",
    "number of the last invoice",
    "number with a slip",
    "no payment of an invoice",
}
