"""What a decision of the user teaches about a customer."""

from dataclasses import replace

from reglo.core.bank import BankLine
from reglo.core.matching.model import CustomerFacts, Habit, KnownIban, Match, Part
from reglo.core.matching.names import words_of

_MOST_KEPT = 20  #: accounts, and names, of one customer


def learn(facts: CustomerFacts, line: BankLine, match: Match) -> CustomerFacts:
    """What is known of a customer after `match` was accepted for `line`: account, name of the payer, habits.

    Returns `facts` itself where nothing of the match belongs to the customer, and where it is about a payment that came
    back. The oldest accounts and names go first once there are too many.
    """
    if facts.key not in match.customers or line.amount <= 0:
        return facts
    return replace(
        facts,
        ibans=_with_iban(facts, line),
        payer_names=_with_payer(facts, line),
        habits=facts.habits | _shown(match),
    )


def _with_iban(facts: CustomerFacts, line: BankLine) -> tuple[KnownIban, ...]:
    if not line.payer_iban or any(each.iban == line.payer_iban for each in facts.ibans):
        return facts.ibans
    return (*facts.ibans, KnownIban(iban=line.payer_iban, since=line.booked))[-_MOST_KEPT:]


def _with_payer(facts: CustomerFacts, line: BankLine) -> tuple[str, ...]:
    known = {words_of(name) for name in (*facts.names, *facts.payer_names)}
    if not words_of(line.payer) or words_of(line.payer) in known:
        return facts.payer_names
    return (*facts.payer_names, line.payer)[-_MOST_KEPT:]


def _shown(match: Match) -> frozenset[Habit]:
    shown = set[Habit]()
    if len(match.items) > 1:
        shown.add(Habit.SEVERAL_AT_ONCE)
    if match.total(Part.DISCOUNT):
        shown.add(Habit.TAKES_DISCOUNT)
    if match.shortfall and match.total(Part.PAID) % 10 == 0:
        shown.add(Habit.ROUND_SUMS)
    return frozenset(shown)
