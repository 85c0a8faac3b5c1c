"""What reports share: in which currencies an organisation has books; what goes out by itself."""

from django.db.models import Max, Q, QuerySet

from reglo.ledger.models import Entry
from reglo.organisations.models import Organisation
from reglo.reporting.models import Dispatch, Schedule

_HOME = "EUR"


def currencies_of(organisation: Organisation) -> list[str]:
    """The currencies of its entries, the euro first: from one to the next in the index, not through all entries."""
    entries, found, last = Entry.objects.of(organisation).order_by("currency"), [_HOME], ""
    while (following := entries.filter(currency__gt=last).values_list("currency", flat=True).first()) is not None:
        last = following
        if last != _HOME:
            found.append(last)
    return found


def schedules_of(organisation: Organisation) -> QuerySet[Schedule]:
    """The regular reports, those that run first, each with `last_sent_at`."""
    rows = Schedule.objects.of(organisation).annotate(last_sent_at=Max("dispatches__sent_at"))
    return rows.order_by("stopped_at", "next_on", "pk")


def failed_dispatches(organisation: Organisation) -> QuerySet[Dispatch]:
    """The last reports that no server would take, of schedules that run."""
    rows = Dispatch.objects.of(organisation).filter(~Q(problem=""), sent_at=None, schedule__stopped_at=None)
    return rows.select_related("schedule").order_by("-day", "-pk")[:10]
