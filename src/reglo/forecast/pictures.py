"""The drawings of the forecast."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reglo.charts.band import BandChart, Reach, band_chart
from reglo.forecast.stored import Outlook


def charts_of(outlook: Outlook) -> Iterator[BandChart]:
    """What comes in added up, and the treasury where a balance is known."""
    mondays = [(day.on, date_format(day.on, "j b")) for day in outlook.days if day.on.weekday() == 0]
    if outlook.invoices:
        yield band_chart(
            [Reach(day.on, *_euros(day.so_far.low, day.so_far.middle, day.so_far.high)) for day in outlook.days],
            mondays,
            key="so-far",
            title=_("What comes in from open invoices, added up"),
            about=_("The line is as likely as not, the band holds eight chances in ten; the table tells the weeks."),
        )
    if outlook.lowest is not None:
        yield band_chart(
            [
                Reach(day.on, *_euros(day.balance.low, day.balance.middle, day.balance.high))
                for day in outlook.days
                if day.balance
            ],
            mondays,
            key="treasury",
            title=_("What is on the accounts"),
            about=_("From the balance of the last statements, with what comes in and the known outgoings."),
        )


def _euros(*cents: int) -> tuple[float, ...]:
    """For the drawing alone, which no money is taken from."""
    return tuple(each / 100 for each in cents)
