"""How sure an explanation is, and in what order explanations are shown.

Certain is a promise: what is certain is posted without asking. It needs plain evidence of what is paid (numbers, or an
amount that nothing else of the customer comes to), no word against it, and no rival.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import comb

from reglo.core.matching.clues import Clues
from reglo.core.matching.explanations import Explanation, Fit, Shape
from reglo.core.matching.model import Certainty, Habit, OpenItem, Options
from reglo.core.matching.numbers import Strength
from reglo.core.money import minor_amount, minor_units

#: One false explanation in so many amounts that nothing explains is the most that a certain one may risk.
_RARE = 2000
#: In minor units: a cent, a euro, 12 euros (10 with 20 % of VAT), and so on.
_UNITS = (1, 10, 100, 300, 600, 1200, 6000, 12000)
_CLOSE = 6  #: payers whose weights differ by so much are told apart
_RATHER = 18  #: weight of a payer of whom one would think by himself
_FEW = 4
_ROUND = 100  #: sums of whole hundreds are paid on account, whatever the invoices come to
_FITS = {Fit.EXACT: 30, Fit.ROUNDED: 24, Fit.FEE: 20, Fit.LATE_DISCOUNT: 16, Fit.PARTIAL: 8, Fit.OVERPAID: 6}
_SHAPES = {Shape.SINGLE: 6, Shape.WHOLE: 5, Shape.OLDEST: 4, Shape.MONTH: 4, Shape.SUBSET: 0}
_STRENGTHS = {Strength.REFERENCE: 40, Strength.NUMBER: 35, Strength.PART: 12}


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of a line when its explanations are judged."""

    clues: Clues
    explanations: Sequence[Explanation]
    options: Options
    pending: AbstractSet[int] = frozenset()  #: items that a line on which nobody decided yet may pay

    def is_pending(self, explanation: Explanation) -> bool:
        """Whether another line may have paid something of it already, so that less is open than it seems."""
        return not self.pending.isdisjoint(explanation.keys)

    def names_all(self, explanation: Explanation) -> bool:
        """Whether every number that the text names is paid, and nothing that it does not at least hint at."""
        named = {item.number for item in self.clues.named}
        paid = {price.item.number for price in explanation.bundle}
        return bool(named) and named <= paid and all(key in self.clues.strengths for key in explanation.keys)

    def omits_named(self, explanation: Explanation) -> bool:
        """Whether the text names a number that is not paid."""
        paid = {price.item.number for price in explanation.bundle}
        return any(item.number not in paid for item in self.clues.named)

    def agrees(self, explanation: Explanation) -> bool:
        """Whether the payer is a customer whose items these are."""
        return any(self.clues.agrees(customer) for customer in explanation.customers)

    def is_before_issue(self, explanation: Explanation) -> bool:
        """Whether something is paid that was not issued yet."""
        return any(item.issued > self.clues.line.booked for item in explanation.items)


def certainty(explanation: Explanation, case: Case) -> Certainty:
    """How sure an explanation is."""
    if _is_certain(explanation, case):
        return Certainty.CERTAIN
    return Certainty.LIKELY if _is_likely(explanation, case) else Certainty.POSSIBLE


def _is_certain(explanation: Explanation, case: Case) -> bool:
    if case.is_before_issue(explanation):
        return False
    if case.names_all(explanation):
        return _is_certain_by_number(explanation, case)
    return _is_named_less_credit(explanation, case) or _is_certain_by_amount(explanation, case)


def _is_certain_by_number(explanation: Explanation, case: Case) -> bool:
    agrees = case.agrees(explanation)
    if explanation.fit is not Fit.EXACT and case.is_pending(explanation):
        return False
    if not agrees and case.clues.strangers(explanation.customers):
        return False
    if explanation.fit is Fit.PARTIAL:
        return agrees and _is_plain_part(explanation, case)
    if explanation.fit not in (Fit.EXACT, Fit.ROUNDED) or _has_named_rival(explanation, case):
        return False
    return agrees or not _may_be_meant_for_another(explanation, case)


def _is_named_less_credit(explanation: Explanation, case: Case) -> bool:
    """What is named less one credit note of the payer, which only this explanation deducts."""
    invoices = [price.item for price in explanation.bundle if price.pays > 0]
    if not case.clues.named or case.omits_named(explanation) or len(explanation.bundle) != len(invoices) + 1:
        return False
    if explanation.fit is not Fit.EXACT or not case.agrees(explanation):
        return False
    if any(item.key not in case.clues.strengths for item in invoices) or len(explanation.customers) > 1:
        return False
    others = (each for each in case.explanations if each is not explanation and each.fit is Fit.EXACT)
    return not any(case.agrees(each) and len(each.bundle) <= len(explanation.bundle) + 1 for each in others)


def _is_plain_part(explanation: Explanation, case: Case) -> bool:
    """A part of the one invoice that is named, too little for nothing else: no fee, no other item of this amount."""
    others = [each for each in case.explanations if each.fit >= Fit.LATE_DISCOUNT and case.agrees(each)]
    fee = minor_amount(case.options.fee, case.clues.line.currency) if case.clues.is_foreign else 0
    return len(case.clues.named) == 1 == len(explanation.bundle) and not others and explanation.missing > fee


def _has_named_rival(explanation: Explanation, case: Case) -> bool:
    """Whether other items that are named come to the amount as well. Instalments of one number are paid in order."""
    mine = [(item.number, item.amount) for item in explanation.items]
    for other in case.explanations:
        if other is explanation or other.fit < explanation.fit or not case.names_all(other):
            continue
        if sorted((item.number, item.amount) for item in other.items) != sorted(mine):
            return True
    return False


def _may_be_meant_for_another(explanation: Explanation, case: Case) -> bool:
    """Whether the number may be wrong, while nothing tells that the payer is the customer whose number it is.

    So it may if somebody like the payer owes the same amount, or, for one number without check digits, if many do.
    """
    clues = case.clues
    others = [item for key in clues.payers if key not in explanation.customers for item in clues.owed(key)]
    if any(item.amount == clues.line.amount for item in others):
        return True
    if any(_may_be_a_slip(item, case) for item in explanation.items):
        return True
    by_number = max(clues.strengths[key] for key in explanation.keys) is Strength.NUMBER
    is_one = len(explanation.bundle) == 1
    return is_one and by_number and clues.index.is_common(clues.line.amount, clues.line.currency, _FEW)


def _may_be_a_slip(item: OpenItem, case: Case) -> bool:
    """Whether another item of this amount has a number that one slip of the pen turns into the one that is named."""
    if case.clues.strengths[item.key] is Strength.REFERENCE:
        return False
    near = case.clues.index.one_slip_from(item)
    return any(other.amount == item.amount and other.customer != item.customer for other in near)


def _is_certain_by_amount(explanation: Explanation, case: Case) -> bool:
    """The payer is known beyond doubt, and nothing else that it owes comes to the amount."""
    clues = case.clues
    if explanation.fit not in (Fit.EXACT, Fit.ROUNDED) or not _is_payer_sure(explanation, case) or clues.settled:
        return False
    if explanation.is_fee or clues.target < 0 or case.is_pending(explanation):
        return False
    if case.omits_named(explanation) and not _only_slips(explanation, case):
        return False
    if any(_is_rival(other, explanation, clues) for other in case.explanations):
        return False
    return not _may_be_on_account(explanation, case) and _is_rare(explanation, case)


def _only_slips(explanation: Explanation, case: Case) -> bool:
    """Whether the numbers that are named and not paid are slips of the pen: of the one that is, and somebody else's."""
    clues = case.clues
    if not _is_nearly_named(explanation, clues):
        return False
    paid = explanation.items[0]
    return all(item.customer != paid.customer and item.amount != clues.line.amount for item in clues.named)


def _is_nearly_named(explanation: Explanation, clues: Clues) -> bool:
    return len(explanation.bundle) == 1 and clues.nearly_names(explanation.items[0])


def _is_payer_sure(explanation: Explanation, case: Case) -> bool:
    """Whether the payer is one customer, or among customers of like names and the amount is nobody else's."""
    payers = [case.clues.payers.get(customer) for customer in explanation.customers]
    if any(payer is None or not payer.is_same for payer in payers):
        return False
    if all(payer and payer.is_strong for payer in payers):
        return True
    line = case.clues.line
    if explanation.fit is not Fit.EXACT or case.clues.index.is_common(line.amount, line.currency, 1):
        return False
    return not case.clues.strangers(explanation.customers)


def _is_rival(other: Explanation, explanation: Explanation, clues: Clues) -> bool:
    """Whether a payer that may as well be meant owes something else that comes to the amount."""
    if other is explanation or other.fit < explanation.fit:
        return False
    if _weight_of_payer(other, clues) < _weight_of_payer(explanation, clues) - _CLOSE:
        return False
    return other.shape is not Shape.SUBSET or len(other.bundle) <= len(explanation.bundle) + 1


def _may_be_on_account(explanation: Explanation, case: Case) -> bool:
    """Whether this may be a round sum on account that some invoice happens to come to."""
    if explanation.shape is Shape.WHOLE:
        return False
    customer = explanation.customers[0]
    if Habit.ROUND_SUMS in case.clues.index.facts(customer).habits:
        return True
    oldest = case.clues.owed(customer)[0]
    is_round = case.clues.target % (_ROUND * 10 ** minor_units(case.clues.line.currency)) == 0
    return is_round and oldest.key not in explanation.keys


def _is_rare(explanation: Explanation, case: Case) -> bool:
    """Whether so many sets as were tried seldom come to an amount by chance.

    Amounts that share a unit (whole euros, a round price with VAT) meet more often than amounts with odd cents, so each
    unit of the amount is tried with the items that share it.
    """
    if explanation.shape in (Shape.SINGLE, Shape.WHOLE) and explanation.fit is Fit.EXACT:
        return True
    if explanation.shape is Shape.SUBSET and explanation.fit is not Fit.EXACT:
        return False
    target, named = case.clues.target, case.clues.strengths.keys()
    width = 1 if explanation.fit is Fit.EXACT else 2 * minor_amount(case.options.rounding, case.clues.line.currency) + 1
    free = [price for price in explanation.bundle if price.item.key not in named]
    owed = [item for item in case.clues.owed(explanation.customers[0]) if item.key not in named]
    amounts = [minor_amount(item.amount, item.currency) for item in owed]
    for unit in _UNITS:
        if unit == 1 or (target % unit == 0 and width == 1):
            alike = sum(amount % unit == 0 for amount in amounts)
            if _sets(explanation.shape, alike, len(free)) * width * _RARE >= target // unit:
                return False
    return True


def _sets(shape: Shape, pool: int, size: int) -> int:
    """How many sets of a shape there are to try among `pool` items."""
    if shape is Shape.SINGLE:
        return pool
    if shape is Shape.SUBSET:
        return sum(comb(pool, count) for count in range(1, size + 1))
    return 3 * pool


def _is_likely(explanation: Explanation, case: Case) -> bool:
    if case.names_all(explanation):
        return True
    weight, clues = _weight_of_payer(explanation, case.clues), case.clues
    if explanation.fit >= Fit.LATE_DISCOUNT:
        if weight >= _RATHER or _is_nearly_named(explanation, clues):
            return True
        return weight > 0 and not clues.index.is_common(clues.line.amount, clues.line.currency, _FEW)
    is_round = clues.target % (10 * 10 ** minor_units(clues.line.currency)) == 0
    return weight >= _RATHER and (is_round or explanation.pool == 1)


def score(explanation: Explanation, case: Case) -> int:
    """Order among explanations of one certainty, 0 to 100."""
    clues = case.clues
    points = _FITS[explanation.fit] + _SHAPES[explanation.shape] + _weight_of_payer(explanation, clues)
    points += _of_numbers(explanation, case) + _of_habit(explanation, case)
    if explanation.shape is Shape.SUBSET:
        points -= min(len(explanation.bundle), 8)
    if clues.months and all(clues.tells_month_of(item) for item in explanation.items):
        points += 8
    if case.is_before_issue(explanation):
        points -= 20
    return max(0, min(100, points))


def _weight_of_payer(explanation: Explanation, clues: Clues) -> int:
    return max((clues.payers[key].weight for key in explanation.customers if key in clues.payers), default=0)


def _of_numbers(explanation: Explanation, case: Case) -> int:
    strengths = [case.clues.strengths[key] for key in explanation.keys if key in case.clues.strengths]
    points = _STRENGTHS[max(strengths)] if strengths else 0
    if not strengths and len(explanation.bundle) <= _FEW:
        if all(case.clues.nearly_names(item) for item in explanation.items):
            points = 15
        elif any(case.clues.recalls(item) for item in explanation.items):
            points = 10
    return points - (15 if case.omits_named(explanation) else 0)


def _of_habit(explanation: Explanation, case: Case) -> int:
    habits = {habit for key in explanation.customers for habit in case.clues.index.facts(key).habits}
    return 2 * sum(habit in habits for habit in habits_of(explanation))


def habits_of(explanation: Explanation) -> frozenset[Habit]:
    """Habits that an explanation would show."""
    found = set[Habit]()
    if len(explanation.bundle) > 1:
        found.add(Habit.SEVERAL_AT_ONCE)
    if explanation.discount:
        found.add(Habit.TAKES_DISCOUNT)
    if explanation.fit is Fit.PARTIAL:
        found.add(Habit.ROUND_SUMS)
    return frozenset(found)
