"""The rows of negotiations, as pages need them."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from reglo.negotiation.models import Negotiation, Round
from reglo.organisations.models import Organisation


def listed(organisation: Organisation, *, archived: bool) -> QuerySet[Negotiation]:
    """Negotiations with `round_count`, those on the list or those that were archived."""
    rows = Negotiation.objects.of(organisation).filter(archived_at__isnull=not archived)
    counted = Count("rounds", filter=Q(rounds__withdrawn_at=None))
    return rows.select_related("organisation").annotate(round_count=counted)


def negotiation_or_404(organisation: Organisation, pk: int) -> Negotiation:
    """One negotiation of an organisation."""
    rows = Negotiation.objects.of(organisation).select_related("organisation", "customer", "agreed_round")
    return get_object_or_404(rows, pk=pk)


def round_or_404(organisation: Organisation, pk: int) -> Round:
    """One round of an organisation."""
    rows = Round.objects.of(organisation).select_related(
        "negotiation__organisation", "negotiation__customer", "agreement"
    )
    return get_object_or_404(rows, pk=pk)
