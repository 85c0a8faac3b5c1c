"""Messages in the journal."""

from datetime import datetime

from reglo.delivery.models import Message
from reglo.journal.services import Actor, record


def journal(act: str, message: Message, *, by: Actor, now: datetime, after: dict[str, object] | None = None) -> None:
    """Write an act on a message into the story of its customer."""
    record(
        act,
        organisation_id=message.organisation_id,
        subject=message,
        by=by,
        at=now,
        customer_id=message.customer_id,
        after={"subject": message.subject, **(after or {})},
    )
