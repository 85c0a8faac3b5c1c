"""The reasons of an explanation, for and against it."""

from collections.abc import Iterable, Iterator
from datetime import date

from reglo.core.matching.explanations import Explanation, Fit, Shape
from reglo.core.matching.judging import Case, habits_of
from reglo.core.matching.model import Certainty, OpenItem
from reglo.core.matching.numbers import Strength
from reglo.core.matching.reasons import Reason, ReasonKind
from reglo.core.money import from_minor


def reasons_for(explanation: Explanation, case: Case, certainty: Certainty) -> tuple[Reason, ...]:
    """What to tell of an explanation, the weightiest first."""
    return (
        *_numbers(explanation, case),
        *_amount(explanation, case),
        *_payer(explanation, case),
        *_against(explanation, case, certainty),
    )


def _numbers(explanation: Explanation, case: Case) -> Iterator[Reason]:
    clues = case.clues
    for strength, kind in _KINDS.items():
        if said := [item for item in explanation.items if clues.strengths.get(item.key) is strength]:
            word = next((each for each in said[0].references), "") if strength is Strength.REFERENCE else ""
            yield Reason(kind=kind, numbers=_of(said), word=word)
    if not explanation.keys & clues.strengths.keys() and len(explanation.bundle) == 1:
        if clues.nearly_names(explanation.items[0]):
            yield Reason(kind=ReasonKind.NEAR_NUMBER, numbers=_of(explanation.items))
        elif clues.recalls(explanation.items[0]):
            yield Reason(kind=ReasonKind.PART_OF_NUMBER, numbers=_of(explanation.items))
    if clues.months and all(clues.tells_month_of(item) for item in explanation.items):
        yield Reason(kind=ReasonKind.MONTH, numbers=_of(explanation.items))


_KINDS = {
    Strength.REFERENCE: ReasonKind.REFERENCE,
    Strength.NUMBER: ReasonKind.NUMBER,
    Strength.PART: ReasonKind.PART_OF_NUMBER,
}


def _amount(explanation: Explanation, case: Case) -> Iterator[Reason]:
    name = case.clues.index.name(explanation.customers[0])
    invoices = [item for item in explanation.items if item.amount > 0] or explanation.items
    if explanation.fit is Fit.EXACT and not explanation.missing and not explanation.discount:
        kind = ReasonKind.WHOLE_BALANCE if _is_whole(explanation, case) else ReasonKind.AMOUNT_EXACT
        yield Reason(kind=kind, numbers=_of(invoices), name=name)
    if explanation.discount:
        late = any(price.is_late for price in explanation.bundle)
        kind = ReasonKind.DISCOUNT_LATE if late else ReasonKind.DISCOUNT
        yield _money(kind, explanation.discount, case, invoices)
    if explanation.missing:
        yield _money(_difference(explanation), abs(explanation.missing), case, invoices)
    if explanation.shape is Shape.OLDEST:
        yield Reason(kind=ReasonKind.OLDEST_FIRST)
    if len(invoices) < len(explanation.items):
        yield Reason(kind=ReasonKind.CREDIT_NETTED, numbers=_of(item for item in explanation.items if item.amount < 0))


def _is_whole(explanation: Explanation, case: Case) -> bool:
    owed = case.clues.owed(explanation.customers[0])
    return len(explanation.bundle) > 1 and explanation.keys == {item.key for item in owed}


def _difference(explanation: Explanation) -> ReasonKind:
    if explanation.fit is Fit.EXACT:
        return ReasonKind.FEE_STATED
    return {
        Fit.FEE: ReasonKind.FEE,
        Fit.ROUNDED: ReasonKind.ROUNDING,
        Fit.PARTIAL: ReasonKind.PARTIAL,
        Fit.OVERPAID: ReasonKind.OVERPAID,
    }[explanation.fit]


def _payer(explanation: Explanation, case: Case) -> Iterator[Reason]:
    for customer in explanation.customers:
        if customer in case.clues.payers:
            yield case.clues.payers[customer].reason
    if explanation.customers:
        habits = case.clues.index.facts(explanation.customers[0]).habits
        if habits & habits_of(explanation):
            yield Reason(kind=ReasonKind.HABIT, name=case.clues.index.name(explanation.customers[0]))


def _against(explanation: Explanation, case: Case, certainty: Certainty) -> Iterator[Reason]:
    clues = case.clues
    if not case.agrees(explanation):
        for stranger in clues.strangers(explanation.customers):
            yield Reason(kind=ReasonKind.OTHER_PAYER, name=clues.index.name(stranger))
    if certainty is not Certainty.CERTAIN and case.is_pending(explanation):
        waiting = [item for item in explanation.items if item.key in case.pending]
        yield Reason(kind=ReasonKind.PENDING, numbers=_of(waiting))
    paid = {item.number for item in explanation.items}
    if others := [item for item in clues.named if item.number not in paid]:
        yield Reason(kind=ReasonKind.OTHER_NUMBER, numbers=_of(others))
    if early := [item for item in explanation.items if item.issued > clues.line.booked]:
        yield Reason(kind=ReasonKind.BEFORE_ISSUE, numbers=_of(early))
    for each in clues.settled:
        if each.number not in paid:
            yield already_paid(each.number, each.paid)
    rivals = [each for each in case.explanations if each is not explanation and each.fit >= explanation.fit]
    if certainty is not Certainty.CERTAIN and rivals:
        yield Reason(kind=ReasonKind.AMBIGUOUS)


def already_paid(number: str, on: date) -> Reason:
    """That an invoice was paid before."""
    return Reason(kind=ReasonKind.ALREADY_PAID, numbers=(number,), on=on)


def _money(kind: ReasonKind, minor: int, case: Case, items: Iterable[OpenItem]) -> Reason:
    currency = case.clues.line.currency
    amount = from_minor(minor, currency)
    return Reason(kind=kind, numbers=_of(items), amount=amount, currency=currency)


def _of(items: Iterable[OpenItem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.number for item in items))
