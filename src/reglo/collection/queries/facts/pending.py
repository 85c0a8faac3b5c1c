"""Bank lines that may pay an item and that nobody has judged yet."""

from collections.abc import Collection, Mapping

from django.db.models import Sum

from reglo.banking.models import CandidateItem, LineState
from reglo.organisations.models import Organisation


def pending_minor_by_item(organisation: Organisation, items: Collection[int]) -> Mapping[int, int]:
    """How much of each item the best candidates of undecided lines would settle; items without any are left out."""
    rows = CandidateItem.objects.of(organisation).filter(
        item__in=items, candidate__line__state__in=(LineState.WAITING, LineState.PROPOSED)
    )
    sums = rows.order_by().values("item").annotate(sum=Sum("amount_minor"))
    return {row["item"]: row["sum"] for row in sums if row["sum"] > 0}
