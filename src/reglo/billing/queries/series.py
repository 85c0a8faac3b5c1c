"""Reading number series: which there are, and what numbers come next."""

from datetime import date

from django.db.models import Count, QuerySet

from reglo.billing.models import NumberSeries
from reglo.billing.numbering import next_sequence, spelled
from reglo.organisations.models import Organisation


def series_of(organisation: Organisation) -> QuerySet[NumberSeries]:
    """All series of an organisation with how many invoices each numbered, those in use first."""
    found = NumberSeries.objects.of(organisation).annotate(given=Count("invoices"))
    return found.order_by("is_for_quotes", "archived_at", "-is_default", "label", "pk")


def next_numbers(series: NumberSeries, day: date, how_many: int = 3) -> tuple[str, ...]:
    """The numbers that the next documents of `day` will get."""
    year, first = next_sequence(series, day)
    return tuple(spelled(series, year, first + step) for step in range(how_many))
