"""What was foreseen a month ago, against what came."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from reglo.core.accounting import EventKind
from reglo.forecast.models import Foreseen
from reglo.forecast.queries.foreseen import expected_within
from reglo.forecast.stored import Range, read_forecast
from reglo.ledger.models import Allocation
from reglo.organisations.models import Organisation

_DAYS = 30
_LATE = 10  #: days by which the forecast may be older, where none was made a month ago


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A forecast whose thirty days are over, in cents of EUR."""

    day: date
    until: date
    foreseen: Range
    came: int  #: what customers paid of what was open on that day

    @property
    def is_within(self) -> bool:
        """Whether what came lies within the band, as it should eight times in ten."""
        return self.foreseen.low <= self.came <= self.foreseen.high


def kept_forecast(organisation: Organisation, *, today: date) -> Kept | None:
    """The forecast of a month ago and what came of it; None where none was made then."""
    last = today - timedelta(days=_DAYS)
    rows = Foreseen.objects.of(organisation).filter(day__range=(last - timedelta(days=_LATE), last))
    row = rows.order_by("-day").first()
    expected = row and expected_within(row.day, read_forecast(row.content), days=_DAYS)
    if row is None or not expected:
        return None
    paid = Allocation.objects.of(organisation).filter(
        debit_item__date__lte=row.day,
        debit_item__currency="EUR",
        credit_item__kind=EventKind.PAYMENT,
        on__range=(row.day, expected.until),
    )
    came = paid.aggregate(sum=Sum("amount_minor", default=0))["sum"]
    return Kept(day=row.day, until=expected.until, foreseen=expected.range, came=came)
