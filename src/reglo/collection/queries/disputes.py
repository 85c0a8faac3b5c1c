"""Reading disputes: what is wrong with which line, what was said, what is left to pay now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from reglo.billing.models import Invoice
from reglo.billing.queries.follow_ups import counting
from reglo.billing.queries.issued import document_of
from reglo.collection.models import Dispute, DisputeFile, DisputeState
from reglo.collection.queries.exposure import items_of_invoices
from reglo.core.document import Line
from reglo.core.money import minor_amount, minor_units, round_half_up
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputableLine:
    """A line of an invoice that can be pointed at."""

    number: str  #: BT-126
    place: int  #: among the lines that count
    name: str
    gross_minor: int  #: with tax

    @property
    def label(self) -> str:
        """Number and name, as one points at it."""
        return f"{self.number}. {self.name}"


def disputes_of(organisation: Organisation) -> QuerySet[Dispute]:
    """All disputes, with what a list shows."""
    return (
        Dispute.objects.of(organisation)
        .select_related("customer", "organisation", "invoice__customer", "credit_note")
        .defer("invoice__document")
    )


def open_disputes(organisation: Organisation) -> QuerySet[Dispute]:
    """Those that wait for an end."""
    return disputes_of(organisation).filter(state=DisputeState.OPEN)


def files_of(dispute: Dispute) -> QuerySet[DisputeFile]:
    """What was sent to show what is wrong, without the bytes."""
    return dispute.files.order_by("sent_at", "pk").defer("content")


def lines_of(invoice: Invoice) -> tuple[DisputableLine, ...]:
    """The lines of an invoice that can be disputed: those that ask for money."""
    lines = enumerate(counting(document_of(invoice)))
    found = (_line(place, line, invoice.currency) for place, line in lines)
    return tuple(each for each in found if each.gross_minor > 0)


def line_of(dispute: Dispute) -> DisputableLine | None:
    """The line that a dispute points at."""
    return next((each for each in lines_of(dispute.invoice) if each.number == dispute.line), None)


def _line(place: int, line: Line, currency: str) -> DisputableLine:
    net, rate = line.net_amount or Decimal(0), line.vat_rate or Decimal(0)
    gross = round_half_up(net * (100 + rate) / 100, minor_units(currency))
    return DisputableLine(
        number=line.identifier or str(place + 1),
        place=place,
        name=(line.item.name if line.item else None) or "",
        gross_minor=minor_amount(gross, currency),
    )


def open_of_invoice(invoice: Invoice) -> int:
    """What is left to pay of an invoice, from the ledger."""
    return sum(
        item.open_minor for items in items_of_invoices(invoice.organisation, [invoice.pk]).values() for item in items
    )


def disputed_amounts(organisation: Organisation, invoice_ids: Collection[int] | None = None) -> Mapping[int, Dispute]:
    """The open dispute of each invoice that has one, by invoice."""
    rows = Dispute.objects.of(organisation).filter(state=DisputeState.OPEN)
    if invoice_ids is not None:
        rows = rows.filter(invoice__in=invoice_ids)
    return {each.invoice_id: each for each in rows}
