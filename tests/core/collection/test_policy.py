"""Policies: what is sound, when messages may leave, how a profile shifts the ladder, how one is stored."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.collection import (
    DEFAULT_POLICY,
    Channel,
    InvalidPolicy,
    Policy,
    Profile,
    SendingTimes,
    Stance,
    Step,
    Tone,
    check_policy,
    ladder_for,
    policy_data,
    policy_from,
    require_sound,
)
from reglo.core.findings import Severity

PARIS = ZoneInfo("Europe/Paris")
FRIENDLY = Step(key="friendly", offset=3, tone=Tone.FRIENDLY)
NOTICE = Step(key="notice", offset=30, tone=Tone.FORMAL_NOTICE, channel=Channel.LETTER)


def test_the_policy_one_begins_with_is_sound() -> None:
    assert check_policy(DEFAULT_POLICY) == ()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"steps": ()}, "steps"),
        ({"steps": (FRIENDLY, replace(FRIENDLY, offset=9))}, "steps[0].key"),
        ({"steps": (FRIENDLY, replace(FRIENDLY, key="other", offset=3))}, "steps[1].offset"),
        ({"steps": (NOTICE, replace(FRIENDLY, offset=40))}, "steps[1].tone"),
        ({"steps": (replace(FRIENDLY, offset=0),)}, "steps[0].tone"),
        ({"steps": (replace(NOTICE, offset=-3),)}, "steps[0].tone"),
        ({"steps": (NOTICE,)}, "steps[0].tone"),
        ({"steps": (replace(FRIENDLY, key="Été"),)}, "steps[0].key"),
        ({"steps": (replace(FRIENDLY, key="too-old"),)}, "steps[0].key"),
        ({"steps": (replace(FRIENDLY, offset=400),)}, "steps[0].offset"),
        ({"steps": (replace(FRIENDLY, stances=frozenset()),)}, "steps[0].stances"),
        ({"steps": (replace(FRIENDLY, least_amount=Decimal("NaN")),)}, "steps[0].least_amount"),
        ({"days_between": 0}, "days_between"),
        ({"promise_grace_days": -1}, "promise_grace_days"),
        ({"most_days_late": 5}, "most_days_late"),
        ({"small_amount": Decimal(-1)}, "small_amount"),
        ({"times": SendingTimes(opens=time(18), closes=time(9))}, "times.closes"),
        ({"times": SendingTimes(weekdays=frozenset())}, "times.weekdays"),
        ({"times": SendingTimes(weekdays=frozenset({7}))}, "times.weekdays"),
    ],
)
def test_what_makes_no_sense_is_fatal_and_names_its_place(changes: dict[str, Any], where: str) -> None:
    policy = replace(DEFAULT_POLICY, **changes)
    assert where in [each.where for each in check_policy(policy) if each.severity is Severity.FATAL]
    with pytest.raises(InvalidPolicy):
        require_sound(policy)


def test_a_formal_notice_by_email_is_a_warning() -> None:
    policy = replace(DEFAULT_POLICY, steps=(FRIENDLY, replace(NOTICE, channel=Channel.EMAIL)))
    assert [each.severity for each in check_policy(policy)] == [Severity.WARNING]


def test_a_stored_policy_is_the_same_when_it_is_read() -> None:
    assert policy_from(json.loads(json.dumps(policy_data(DEFAULT_POLICY)))) == DEFAULT_POLICY


@pytest.mark.parametrize(
    "damage",
    [
        {"version": 2},
        {"steps": None},
        {"steps": [{"key": "a"}]},
        {"small_amount": "dix"},
        {"times": {}},
        {"days_between": "often"},
        {"days_between": 0},
    ],
)
def test_a_damaged_policy_is_refused_with_a_sentence(damage: dict[str, Any]) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        policy_from(policy_data(DEFAULT_POLICY) | damage)
    assert refused.value.message.fr


def test_considerate_is_later_and_softer_and_firm_is_earlier() -> None:
    def told(stance: Stance) -> list[tuple[int, Tone]]:
        return [(rung.offset, rung.tone) for rung in ladder_for(DEFAULT_POLICY, Profile(stance=stance))]

    before = [(-10, Tone.GENTLE), (-2, Tone.PRACTICAL)]
    assert told(Stance.CONSIDERATE) == [
        *before,
        (5, Tone.FRIENDLY),
        (15, Tone.FRIENDLY),
        (30, Tone.FIRM),
        (45, Tone.FORMAL_NOTICE),
    ]
    assert told(Stance.FIRM) == [
        *before,
        (2, Tone.FRIENDLY),
        (6, Tone.FIRM),
        (13, Tone.LAST),
        (20, Tone.FORMAL_NOTICE),
    ]


@given(
    st.lists(st.integers(-90, 365), min_size=1, max_size=12, unique=True),
    st.builds(Profile, stance=st.sampled_from(Stance), is_strategic=st.booleans()),
)
def test_however_a_ladder_is_shifted_its_steps_keep_their_order_and_their_side_of_the_due_date(
    offsets: list[int], profile: Profile
) -> None:
    steps = tuple(Step(key=f"s{place}", offset=day, tone=Tone.GENTLE) for place, day in enumerate(sorted(offsets)))
    ladder = ladder_for(Policy(steps=steps), profile)
    assert all(before.offset < after.offset for before, after in pairwise(ladder))
    assert all((rung.offset > 0) == (rung.step.offset > 0) for rung in ladder)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (datetime(2026, 3, 27, 7, 30), datetime(2026, 3, 27, 9)),
        (datetime(2026, 3, 27, 10, 30), datetime(2026, 3, 27, 10, 30)),
        (datetime(2026, 3, 27, 18), datetime(2026, 3, 30, 9)),  # over the weekend on which clocks change
        (datetime(2026, 4, 3, 20), datetime(2026, 4, 7, 9)),  # over Easter Monday
        (datetime(2026, 12, 31, 23, 59), datetime(2027, 1, 4, 9)),
    ],
)
def test_messages_leave_in_working_hours_of_the_organisation(now: datetime, leaves: datetime) -> None:
    local = now.replace(tzinfo=PARIS)
    assert SendingTimes().first_moment(local) == leaves.replace(tzinfo=PARIS)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)))
def test_the_first_moment_is_never_earlier_and_always_allowed(now: datetime) -> None:
    moment = SendingTimes().first_moment(now)
    assert moment >= now
    assert SendingTimes().is_sending_day(moment.date())
    assert time(9) <= moment.time() < time(18)
    assert moment - now <= timedelta(days=6)


def test_a_day_off_is_no_sending_day() -> None:
    assert not SendingTimes().is_sending_day(date(2026, 7, 14))


def test_a_softened_step_speaks_the_text_of_its_softer_tone_unless_it_has_a_text_of_its_own() -> None:
    own = replace(DEFAULT_POLICY.steps[4], key="other", offset=25, template="ours")
    policy = replace(DEFAULT_POLICY, steps=(*DEFAULT_POLICY.steps[:5], own))
    ladder = ladder_for(policy, Profile(stance=Stance.CONSIDERATE))
    assert [(rung.step.key, rung.template) for rung in ladder[2:]] == [
        ("friendly", "friendly"),
        ("firm", "friendly"),
        ("last", "firm"),
        ("other", "ours"),
    ]
