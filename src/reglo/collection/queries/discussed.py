"""What is being talked about with a customer, and so is not chased meanwhile."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from reglo.collection.models import Proposal, ProposalState
from reglo.organisations.models import Organisation


def open_proposals(organisation: Organisation, *, today: date) -> QuerySet[Proposal]:
    """Requests that wait for us, and proposals that wait for the customer and still hold."""
    holds = Q(valid_until=None) | Q(valid_until__gte=today)
    waiting = Q(state=ProposalState.ASKED) | Q(holds, state=ProposalState.SENT)
    return Proposal.objects.of(organisation).filter(waiting)


def items_of(proposals: QuerySet[Proposal], items: Collection[int]) -> frozenset[int]:
    """Which of some open items `proposals` are about."""
    about = Proposal.items.through.objects.filter(proposal__in=proposals, openitem__in=items)
    return frozenset(about.values_list("openitem_id", flat=True))
