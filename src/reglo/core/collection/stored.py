"""Policies and decisions as plain JSON, to be stored and compared."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any  # JSON

from reglo.core.collection.decision import decide
from reglo.core.collection.facts import CustomerFacts
from reglo.core.collection.model import Decision
from reglo.core.collection.policy import Policy, SendingTimes, Step
from reglo.core.collection.soundness import InvalidPolicy, require_sound
from reglo.core.collection.vocabulary import Channel, Stance, Tone
from reglo.core.dates import Region
from reglo.core.findings import Text

_VERSION = 1


def policy_data(policy: Policy) -> dict[str, Any]:
    """`policy` as plain JSON values, in an order that never changes."""
    return {
        "version": _VERSION,
        "steps": [
            {
                "key": step.key,
                "offset": step.offset,
                "tone": step.tone.value,
                "channel": step.channel.value,
                "template": step.template,
                "least_amount": str(step.least_amount),
                "stances": sorted(step.stances),
            }
            for step in policy.steps
        ],
        "times": {
            "weekdays": sorted(policy.times.weekdays),
            "opens": policy.times.opens.isoformat("minutes"),
            "closes": policy.times.closes.isoformat("minutes"),
            "region": policy.times.region.value,
        },
        "days_between": policy.days_between,
        "small_amount": str(policy.small_amount),
        "promise_grace_days": policy.promise_grace_days,
        "most_days_late": policy.most_days_late,
    }


def policy_from(data: Mapping[str, Any]) -> Policy:
    """What `policy_data` wrote. Raises InvalidPolicy for anything else, and for a policy that is not sound."""
    try:
        if data["version"] != _VERSION:
            raise ValueError(f"version {data['version']}")
        policy = _policy(data)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise InvalidPolicy(
            Text(fr=f"Ce scénario ne se lit pas ({error!r}).", en=f"This policy cannot be read ({error!r}).")
        ) from error
    require_sound(policy)
    return policy


def _policy(data: Mapping[str, Any]) -> Policy:
    times = data["times"]
    return Policy(
        steps=tuple(_step(each) for each in data["steps"]),
        times=SendingTimes(
            weekdays=frozenset(map(int, times["weekdays"])),
            opens=time.fromisoformat(times["opens"]),
            closes=time.fromisoformat(times["closes"]),
            region=Region(times["region"]),
        ),
        days_between=int(data["days_between"]),
        small_amount=Decimal(data["small_amount"]),
        promise_grace_days=int(data["promise_grace_days"]),
        most_days_late=int(data["most_days_late"]),
    )


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        key=str(data["key"]),
        offset=int(data["offset"]),
        tone=Tone(data["tone"]),
        channel=Channel(data["channel"]),
        template=str(data["template"]),
        least_amount=Decimal(data["least_amount"]),
        stances=frozenset(map(Stance, data["stances"])),
    )


def decision_data(decision: Decision) -> dict[str, Any]:
    """The whole of `decision` as plain JSON values, to be shown later as it was decided."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(decision), default=_plain))
    return plain


def act_text(decision: Decision) -> str:
    """What `decision` does, without why and when next, as canonical JSON: two that do the same have the same text."""
    data = asdict(decision)
    act = {"customer": decision.customer, "message": data["message"], "tasks": [task.key for task in decision.tasks]}
    return json.dumps(act, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def still_right(decided: str, facts: CustomerFacts, policy: Policy, today: date) -> Decision | None:
    """Decide again just before sending: the decision if it does what was `decided` (its `act_text`), else None.

    None means: do not send, and store what `decide` says now. On another day than the one of the decision days of
    lateness differ, and so does the text.
    """
    again = decide(facts, policy, today)
    return again if act_text(again) == decided else None


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is not of a decision")
