"""The links of the chains that belong to a period, as lines, read one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, QuerySet

from reglo.billing.models import Seal
from reglo.billing.seals import seal_facts
from reglo.journal.canonical import entry_facts
from reglo.journal.models import JournalEntry
from reglo.journal.queries import journal_of
from reglo.reporting.accounting.extent import Extent
from reglo.reporting.archive.chains import entry_line, seal_line
from reglo.reporting.archive.layout import ChainFact

_AT_ONCE = 500


@dataclass(slots=True)
class Stretch:
    """What links come to, as they go by."""

    count: int = 0
    previous: str = ""
    last: str = ""

    def add(self, previous: str, hash_: str) -> None:
        """Note a link."""
        if not self.count:
            self.previous = previous
        self.count, self.last = self.count + 1, hash_

    @property
    def fact(self) -> ChainFact:
        """What the manifest says of it."""
        return ChainFact(self.count, self.previous, self.last)


def seal_lines(extent: Extent, stretch: Stretch) -> Iterator[bytes]:
    """The seals from the first to the last one of the documents of the period, with what stands between them."""
    ours = Seal.objects.of(extent.organisation)
    of_period = ours.filter(invoice__issue_date__range=(extent.start, extent.end))
    ends = of_period.aggregate(first=Min("sequence"), last=Max("sequence"))
    if ends["first"] is None:
        return
    seals = ours.filter(sequence__range=(ends["first"], ends["last"])).select_related("invoice")
    for seal in seals.defer("invoice__document").order_by("sequence").iterator(chunk_size=_AT_ONCE):
        stretch.add(seal.previous, seal.hash)
        yield seal_line(seal_facts(seal, seal.invoice.number), seal.hash)


def journal_lines(extent: Extent, stretch: Stretch) -> Iterator[bytes]:
    """What happened on the days of the period."""
    for entry in _journal(extent).iterator(chunk_size=_AT_ONCE):
        stretch.add(entry.previous, entry.hash)
        yield entry_line(entry_facts(entry), entry.hash)


def _journal(extent: Extent) -> QuerySet[JournalEntry]:
    """From the first entry of the first day to the last one of the last day, in the time of the firm."""
    zone = ZoneInfo(extent.organisation.time_zone)
    begin = datetime.combine(extent.start, time(), zone)
    end = datetime.combine(extent.end + timedelta(days=1), time(), zone)
    rows = journal_of(extent.organisation.pk)
    ends = rows.filter(at__gte=begin, at__lt=end).aggregate(first=Min("sequence"), last=Max("sequence"))
    return rows.filter(sequence__range=(ends["first"] or 0, ends["last"] or -1)).order_by("sequence")
