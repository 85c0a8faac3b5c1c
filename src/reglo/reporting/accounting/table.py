"""The lines of a ledger as a CSV table: every currency, one line each, for import into any accounting software."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from reglo.core.money import from_minor
from reglo.ledger.models import Line
from reglo.lists.files import Cell, csv_lines
from reglo.reporting.accounting.extent import Extent
from reglo.reporting.accounting.labels import account_labels
from reglo.reporting.accounting.letters import Letters, letters_of
from reglo.reporting.accounting.lines import BookLine, book_lines


def entries_csv(extent: Extent, language: str) -> Iterator[bytes]:
    """The lines of an extent as CSV, in order of posting, in the language that is active."""
    return csv_lines(_headers(), _rows(extent), language=language)


def _headers() -> list[str]:
    """What the columns are called; at once, since the language of a request ends before a stream does."""
    return [
        _("Journal"),
        _("Entry"),
        _("Date"),
        _("Account"),
        _("Name of the account"),
        _("Customer's account"),
        _("Customer"),
        _("Document"),
        _("Date of the document"),
        _("Label"),
        _("Debit"),
        _("Credit"),
        _("Currency"),
        _("Due date"),
        _("VAT category"),
        _("VAT rate"),
        _("Allocation"),
        _("Allocated on"),
        _("Posted on"),
    ]


def _rows(extent: Extent) -> Iterator[tuple[Cell, ...]]:
    labels, zone = account_labels(extent.organisation), ZoneInfo(extent.organisation.time_zone)
    for lines in book_lines(extent):
        allocated, more = letters_of(lines, extent), _more(lines)
        yield from (_cells(line, more[line.id], labels, zone, allocated.get(line.id)) for line in lines)


class _More(NamedTuple):
    """What a FEC has no column for."""

    due_date: date | None
    vat_category: str
    vat_rate: Decimal | None


def _more(lines: Sequence[BookLine]) -> Mapping[int, _More]:
    rows = Line.objects.filter(pk__in=[line.id for line in lines])
    found = rows.values_list("pk", "item__due_date", "vat_category", "vat_rate")
    return {pk: _More(due_date, category, rate) for pk, due_date, category, rate in found}


def _cells(
    line: BookLine, more: _More, labels: Mapping[str, str], zone: ZoneInfo, allocated: Letters | None
) -> tuple[Cell, ...]:
    return (
        line.journal,
        f"{line.year}-{line.number}",
        line.day,
        line.account,
        labels.get(line.account, ""),
        line.auxiliary,
        line.customer_name,
        line.piece,
        line.reference_date,
        line.label,
        from_minor(line.debit_minor, line.currency),
        from_minor(line.credit_minor, line.currency),
        line.currency,
        more.due_date,
        more.vat_category,
        None if more.vat_rate is None else Decimal(f"{more.vat_rate.normalize():f}"),
        allocated.code if allocated else "",
        allocated.on if allocated else None,
        line.posted_at.astimezone(zone).date(),
    )
