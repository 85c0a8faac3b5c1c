"""What rooms downstream have to say about a message of theirs at the instant of sending.

    @before_sending(*REMINDERS)
    def still_due(message: Message, now: datetime) -> Text | None:
        # why the message must not leave any more; None where it may

Asked when a message is claimed and once more when all but the last bytes of it have left: until those are sent, the
mail server must throw it away (RFC 5321, 4.1.1.4). Rooms register in their `tasks.py`, which every process loads.
"""

from collections.abc import Callable
from datetime import datetime

from reglo.core.findings import Text
from reglo.delivery.models import Message, MessageKind

Check = Callable[[Message, datetime], Text | None]

CHECKS: dict[MessageKind, Check] = {}


def before_sending(*kinds: MessageKind) -> Callable[[Check], Check]:
    """Make a function the one that is asked before messages of `kinds` leave. It reads; it writes nothing."""

    def register(check: Check) -> Check:
        for kind in kinds:
            CHECKS[kind] = check
        return check

    return register


def objection_to(message: Message, now: datetime) -> Text | None:
    """Why the room that wrote a message does not want it sent any more."""
    check = CHECKS.get(MessageKind(message.kind))
    return check(message, now) if check is not None else None
