"""Reading recurring invoices: which are due, what comes next, what came."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from reglo.billing.content import DRAFT_NUMBER, examine
from reglo.billing.models import Occurrence, Recurrence
from reglo.billing.recurring import Coming, content_on, next_comings
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A coming with what it would come to today."""

    coming: Coming
    net: Decimal | None  #: without tax
    gross: Decimal | None
    currency: str


def due_recurrences(now: datetime) -> list[int]:
    """Those with a day that may have come; the service looks again, in the organisation's own time zone."""
    rows = Recurrence.objects.filter(paused_at__isnull=True, next_on__lte=_latest_day(now))
    return list(rows.order_by("next_on", "pk").values_list("pk", flat=True))


def _latest_day(now: datetime) -> date:
    """The day that it is where it is latest (UTC+14)."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def recurrences(organisation: Organisation) -> QuerySet[Recurrence]:
    """All of an organisation, with how many invoices came of each and how many wait for a person."""
    waiting = Q(occurrences__draft__issued_at__isnull=True, occurrences__draft__deleted_at__isnull=True)
    return (
        Recurrence.objects.of(organisation)
        .select_related("customer")
        .annotate(came=Count("occurrences"), waiting=Count("occurrences", filter=waiting & ~Q(occurrences=None)))
        .order_by(F("next_on").asc(nulls_last=True), "label", "pk")
    )


def history(recurrence: Recurrence) -> QuerySet[Occurrence]:
    """What came, the newest first."""
    return recurrence.occurrences.select_related("draft", "draft__invoice").order_by("-number")


def announced(recurrence: Recurrence, *, at_most: int) -> tuple[Announced, ...]:
    """The next comings and their amounts, as the core works them out for those days."""
    return tuple(
        _announced(recurrence, each)
        for each in next_comings(recurrence, from_number=recurrence.next_number, at_most=at_most)
    )


def _announced(recurrence: Recurrence, coming: Coming) -> Announced:
    organisation, customer = recurrence.organisation, recurrence.customer
    found = examine(
        content_on(recurrence, coming, customer.language or organisation.language),
        kind="380",
        organisation=organisation,
        customer=customer,
        number=DRAFT_NUMBER,
        today=coming.day,
    )
    totals = found.totals
    return Announced(
        coming=coming,
        net=totals.net if totals else None,
        gross=totals.gross if totals else None,
        currency=str(recurrence.content.get("currency") or "EUR"),
    )
