"""Which open items a bank line pays, and how sure: the decision itself."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from decimal import Decimal
from heapq import nsmallest

from reglo.core.bank import BankLine, LineKind
from reglo.core.matching.clues import Clues
from reglo.core.matching.combinations import Price
from reglo.core.matching.explanations import Explanation, Fit, Shape, allocated, explain, rest_of
from reglo.core.matching.index import MatchingIndex
from reglo.core.matching.judging import Case, certainty, score
from reglo.core.matching.model import Certainty, Decision, Match, OpenItem, Options, SettledItem
from reglo.core.matching.reasons import Reason, ReasonKind
from reglo.core.matching.telling import already_paid, reasons_for
from reglo.core.money import minor_amount, minor_units

_NO_PAYMENT = frozenset({LineKind.FEE, LineKind.INTEREST})
_SAME_AMOUNT = 20  #: items of nobody in particular that are looked at
_TWICE_WITHIN = 120  #: days in which the same amount from the same customer may be a second payment


def match_line(
    line: BankLine, index: MatchingIndex, options: Options | None = None, *, pending: AbstractSet[int] = frozenset()
) -> Decision:
    """Say what `line` pays among what is open in `index`: candidates, best first, each with its reasons.

    pending: keys of items that other lines may pay on which nobody decided yet. Of these less may be open than it
    seems, so that parts and differences are only likely.

    Only items in the currency of the line are looked at. A line going out is matched with credit notes only. Same
    input, same answer, in whatever order the index was filled.
    """
    options = options or Options()
    if not line.is_booked:
        return Decision(line=line, reasons=(Reason(kind=ReasonKind.NOT_BOOKED),))
    if line.kind in _NO_PAYMENT or not line.amount:
        return Decision(line=line, reasons=(Reason(kind=ReasonKind.NOT_A_PAYMENT),))
    clues = Clues(line, index)
    if line.kind is LineKind.RETURN:
        return _returned(clues)
    case = Case(clues, tuple(_explanations(clues, options, pending)), options, pending)
    matches = [_match(each, case) for each in case.explanations] + _paid_twice(case)
    if not matches:
        return Decision(line=line, reasons=(_why_nothing(clues),))
    matches.sort(key=lambda each: (-each.certainty, -each.score, _order(each, index)))
    return Decision(line=line, matches=tuple(matches[: 1 if _is_settled(matches) else options.shown]))


def _why_nothing(clues: Clues) -> Reason:
    """Why there is no candidate: money goes out, its payer owes nothing, or nobody is recognised."""
    if clues.target < 0:
        return Reason(kind=ReasonKind.OUTGOING)
    known = [key for key, payer in clues.payers.items() if payer.is_strong]
    if len(known) == 1 and not clues.owed(known[0]):
        return Reason(kind=ReasonKind.OWES_NOTHING, name=clues.index.name(known[0]), currency=clues.line.currency)
    return Reason(kind=ReasonKind.NOTHING_KNOWN)


def match_all(
    lines: Iterable[BankLine],
    index: MatchingIndex,
    options: Options | None = None,
    *,
    pending: AbstractSet[int] = frozenset(),
) -> tuple[Decision, ...]:
    """Match a statement, line by line in its order.

    What a certain match settles is no longer open for the lines after it, and what a likely one would settle is
    pending. `index` itself is left as it was. pending: as for `match_line`, from lines before these.
    """
    return tuple(_in_turn(lines, index.copy(), options, set(pending)))


def _in_turn(
    lines: Iterable[BankLine], index: MatchingIndex, options: Options | None, pending: set[int]
) -> Iterator[Decision]:
    for line in lines:
        decision = match_line(line, index, options, pending=pending)
        if decision.certain:
            index.apply(decision.certain)
        else:
            pending.update(decision.pending)
        yield decision


def _is_settled(matches: list[Match]) -> bool:
    return matches[0].certainty is Certainty.CERTAIN


def _order(match: Match, index: MatchingIndex) -> tuple[list[str], tuple[int, ...]]:
    items = [item for key in match.items if (item := index.item(key)) is not None]
    return [item.due.isoformat() for item in items], match.items


def _explanations(clues: Clues, options: Options, pending: AbstractSet[int]) -> list[Explanation]:
    """What may have been paid: what is named; else what the payers owe; else what has the amount."""
    found = _of_named(clues, options)
    if _is_plain(found, Case(clues, found, options, pending)):
        return found
    customers = dict.fromkeys([*clues.payers, *(item.customer for item in clues.named)])
    for customer in customers:
        whole = explain(_pool(clues, customer), clues, options)
        found += [each for each in whole if each.fit is Fit.EXACT or _is_at_home(customer, clues)]
    if not found:
        hinting = dict.fromkeys(item.customer for item in clues.hinted)
        for customer in hinting:
            found += explain(_pool(clues, customer), clues, options)
    found += _rests(clues, found)
    if not found:
        found += _of_anybody(clues)
    unique = dict[tuple[frozenset[int], Fit, int], Explanation]()
    for each in found:
        unique.setdefault((each.keys, each.fit, each.discount), each)
    return list(unique.values())


def _is_at_home(customer: int, clues: Clues) -> bool:
    """Whether a customer surely pays, or is named by its items: then differences are worth a thought."""
    payer = clues.payers.get(customer)
    return (payer is not None and payer.is_strong) or any(item.customer == customer for item in clues.named)


def _of_named(clues: Clues, options: Options) -> list[Explanation]:
    """Explanations by what the text names, with the numbers that follow it or are only hinted at."""
    if not (named := [item for item in clues.named if _is_of_side(item, clues)]):
        return []
    customers = {item.customer for item in named}
    hinted = [item for item in clues.hinted if item.customer in customers and _is_of_side(item, clues)]
    numbers = {item.number for item in named}
    found = explain(named, clues, options)
    found += explain([*named, *hinted], clues, options) if hinted else []
    return [each for each in found if numbers <= {item.number for item in each.items}]


def _is_plain(found: list[Explanation], case: Case) -> bool:
    """Whether what is named is certain, so that nothing else need be looked for."""
    return any(certainty(each, case) is Certainty.CERTAIN for each in found)


def _pool(clues: Clues, customer: int) -> list[OpenItem]:
    return [item for item in clues.owed(customer) if _is_of_side(item, clues)]


def _is_of_side(item: OpenItem, clues: Clues) -> bool:
    """Money that goes out pays credit notes only."""
    return clues.target > 0 or item.amount < 0


def _of_anybody(clues: Clues) -> list[Explanation]:
    same = clues.index.with_amount(clues.line.amount, clues.line.currency)
    issued = (item for item in same if item.issued <= clues.line.booked)
    nearest = nsmallest(_SAME_AMOUNT, issued, key=lambda item: (abs((item.due - clues.day).days), item.key))
    return [_single(item) for item in nearest]


def _single(item: OpenItem) -> Explanation:
    price = Price(item, minor_amount(item.amount, item.currency))
    return Explanation((price,), Fit.EXACT, Shape.SINGLE, 0)


def _rests(clues: Clues, found: list[Explanation]) -> Iterator[Explanation]:
    """Part payments and overpayments: of what is named, and where nothing fits, of all that a payer owes."""
    named = {item.number for item in clues.named}
    if not any(named <= {item.number for item in each.items} for each in found) and (
        rest := rest_of(clues.named, clues)
    ):
        yield rest
    if any(_is_at_home(each.customers[0], clues) for each in found):
        return
    for customer, payer in clues.payers.items():
        if payer.is_strong and (rest := rest_of(_pool(clues, customer), clues)):
            yield rest


def _match(explanation: Explanation, case: Case) -> Match:
    sure = certainty(explanation, case)
    currency = case.clues.line.currency
    scale = -minor_units(currency)
    over = -explanation.missing if explanation.fit is Fit.OVERPAID else 0
    short = explanation.missing if explanation.fit is Fit.PARTIAL else 0
    return Match(
        allocations=allocated(explanation, currency),
        certainty=sure,
        score=score(explanation, case),
        reasons=reasons_for(explanation, case, sure),
        customers=explanation.customers,
        remaining=Decimal(over).scaleb(scale),
        shortfall=Decimal(short).scaleb(scale),
    )


def _paid_twice(case: Case) -> list[Match]:
    """What seems to be paid again: named, or the same amount from the same customer when nothing open fits."""
    clues = case.clues
    if clues.target < 0:
        return []
    if clues.settled:
        return [
            _again(each, clues, Certainty.LIKELY)
            for each in clues.settled
            if not case.explanations or _same(each, clues)
        ]
    if any(each.fit >= Fit.LATE_DISCOUNT for each in case.explanations):
        return []
    strong = [key for key, payer in clues.payers.items() if payer.is_strong]
    lately = [each for key in strong for each in clues.index.settled_with(key, clues.line.currency, clues.target)]
    recent = [each for each in lately if 0 <= (clues.line.booked - each.paid).days <= _TWICE_WITHIN]
    return [_again(each, clues, Certainty.LIKELY) for each in recent]


def _same(settled: SettledItem, clues: Clues) -> bool:
    return minor_amount(settled.amount, settled.currency) == clues.target


def _again(settled: SettledItem, clues: Clues, sure: Certainty) -> Match:
    payer = clues.payers.get(settled.customer)
    return Match(
        allocations=(),
        certainty=sure,
        score=(60 if _same(settled, clues) else 30) + (payer.weight if payer else 0),
        reasons=(already_paid(settled.number, settled.paid), *((payer.reason,) if payer else ())),
        customers=(settled.customer,),
        remaining=clues.line.amount,
        settled=(settled.key,),
    )


def _returned(clues: Clues) -> Decision:
    """A payment that came back: point to what it had settled. Nothing is posted without asking."""
    amount = abs(clues.target)
    found = [each for each in clues.settled if minor_amount(each.amount, each.currency) == amount] or clues.settled
    if not found:
        strong = [key for key, payer in clues.payers.items() if payer.is_strong]
        found = [each for key in strong for each in clues.index.settled_with(key, clues.line.currency, amount)]
    matches = tuple(
        Match(
            allocations=(),
            certainty=Certainty.LIKELY,
            score=60,
            reasons=(Reason(kind=ReasonKind.RETURNED, numbers=(each.number,)),),
            customers=(each.customer,),
            remaining=clues.line.amount,
            settled=(each.key,),
        )
        for each in sorted(found, key=lambda each: (-each.paid.toordinal(), each.key))
    )
    reasons = () if matches else (Reason(kind=ReasonKind.NOTHING_KNOWN),)
    return Decision(line=clues.line, matches=matches, reasons=reasons)
