"""What is said about a proposal."""

from datetime import datetime

from django.db import transaction

from reglo.collection.models import ThreadMessage
from reglo.collection.services.proposals.model import LONGEST_WORDS
from reglo.collection.services.proposals.writing import locked_proposal, record_act, tell_owners, write_back
from reglo.core.findings import Text
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation


def say_in_proposal(
    *, proposal_id: int, organisation: Organisation, text: str, is_ours: bool, name: str, by: Actor, now: datetime
) -> ThreadMessage | None:
    """Go on with the thread of a proposal; the other side is told by e-mail. The same words at once are said once."""
    words = text.replace("\x00", "").strip()[:LONGEST_WORDS]
    if not words:
        return None
    with transaction.atomic(durable=True):
        proposal = locked_proposal(proposal_id, organisation)
        last = proposal.thread.order_by("-at", "-pk").first()
        if last is not None and last.text == words and last.is_ours is is_ours:
            return last
        said = ThreadMessage.objects.create(
            organisation=organisation, proposal=proposal, at=now, by=name[:100], is_ours=is_ours, text=words
        )
        if is_ours:
            write_back(proposal, words, by=by, now=now, key=f"said:{said.pk}")
        else:
            who = proposal.customer.name
            subject = Text(fr=f"{who} vous répond", en=f"{who} answers you")
            tell_owners(proposal, subject, words, key=f"proposal-said:{said.pk}", by=by, now=now)
        record_act("proposal-said", proposal, by=by, now=now, after={"text": words})
    return said
