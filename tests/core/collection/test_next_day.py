"""When next: asking only on the days that a decision names does the same as asking every day."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.collection import (
    DEFAULT_POLICY,
    Channel,
    CustomerFacts,
    Decision,
    PlanStanding,
    Profile,
    Receivable,
    ReceivableKind,
    Stance,
    carried_out,
    decide,
)
from reglo.core.plans import PlanState
from tests.core.collection.test_decision import lived

FIRST = date(2026, 3, 2)
SEASON = 100  # days

profiles = st.builds(
    Profile,
    stance=st.sampled_from(Stance),
    channel=st.sampled_from((None, Channel.CALL, Channel.LETTER)),
    weekday=st.none() | st.integers(0, 4),
    is_in_difficulty=st.booleans(),
    is_strategic=st.booleans(),
)


@st.composite
def receivables(draw: st.DrawFn) -> tuple[Receivable, ...]:
    """A few, in any state."""
    return tuple(_receivable(draw, place) for place in range(draw(st.integers(1, 4))))


def _receivable(draw: st.DrawFn, place: int) -> Receivable:
    due = FIRST + timedelta(days=draw(st.integers(-40, 40) | st.integers(-800, 10)))
    promised = draw(st.none() | st.none() | st.integers(-5, 20))
    return Receivable(
        key=f"f-{place}",
        number=f"F-{place}",
        issued=due - timedelta(days=draw(st.sampled_from((0, 5, 30)))),
        due=due,
        open_amount=draw(st.sampled_from((Decimal(9), Decimal(100), Decimal(900)))),
        kind=draw(st.sampled_from((*[ReceivableKind.INVOICE] * 5, ReceivableKind.CREDIT_NOTE))),
        disputed=draw(st.sampled_from((*[Decimal(0)] * 4, Decimal(8)))),
        is_split=draw(st.booleans()),
        promised_until=None if promised is None else FIRST + timedelta(days=promised),
        plan=draw(st.sampled_from((None, None, None, *(PlanStanding("p", state) for state in PlanState)))),
    )


facts_at_random = st.builds(
    CustomerFacts,
    key=st.just("c"),
    receivables=receivables(),
    profile=profiles,
    last_message_on=st.none() | st.integers(0, 6).map(lambda ago: FIRST - timedelta(days=ago)),
    paused_until=st.none() | st.none() | st.integers(0, 20).map(lambda ahead: FIRST + timedelta(days=ahead)),
    unreachable=st.sampled_from((frozenset[Channel](), frozenset({Channel.EMAIL}))),
)


def lived_by_next_day(facts: CustomerFacts, first: date, days: int) -> tuple[list[Decision], int]:
    """The same, asked only on the days that are named; and how often was asked."""
    acted, asked, day = list[Decision](), 0, first
    while day < first + timedelta(days=days):
        decision = decide(facts, DEFAULT_POLICY, day)
        asked += 1
        if decision.acts:
            acted.append(decision)
            facts = carried_out(decision, facts)
        if decision.next_on is None:
            break
        assert decision.next_on > day
        day = decision.next_on
    return acted, asked


@settings(max_examples=80, deadline=None)
@given(facts_at_random)
def test_asking_on_the_days_named_does_what_asking_daily_does(facts: CustomerFacts) -> None:
    acted, _ = lived_by_next_day(facts, FIRST, SEASON)
    assert acted == lived(facts, FIRST, SEASON)


@given(profiles, st.integers(-40, 40))
def test_for_one_invoice_the_day_named_is_the_very_day(profile: Profile, days: int) -> None:
    due = FIRST + timedelta(days=days)
    receivable = Receivable(key="f", number="F", issued=due - timedelta(days=30), due=due, open_amount=Decimal(100))
    facts = CustomerFacts(key="c", receivables=(receivable,), profile=profile)
    acted, asked = lived_by_next_day(facts, FIRST, 1000)
    assert asked <= len(acted) + 1  # the first day, and then each act
