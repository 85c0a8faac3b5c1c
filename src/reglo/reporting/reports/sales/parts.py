"""What was sold, from the lines of the accounts of sales (70x): whole documents, or each of their lines.

Both come to the accounts to the cent. What a document books on an account is shared out to its lines of the same VAT
category and rate in proportion to their amounts, so that allowances and charges of the whole document go to its lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from reglo.billing.models import Invoice
from reglo.billing.queries.issued import document_of
from reglo.core.accounting import shared_out
from reglo.core.composition import DocumentKind
from reglo.core.document import Line as DocumentLine
from reglo.core.totals import counts
from reglo.ledger.models import Line, OpenItem
from reglo.ledger.queries import SALES_ROLES
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation

_AMOUNT = F("credit_minor") - F("debit_minor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the sales, in minor units of one currency without tax; less than zero where it is given back.

    A line of a document, or all that a customer bought in a month: then it has no product and no document.
    """

    customer_id: int
    on: date  #: of the entry; where it is a month, the first day of it
    net_minor: int
    document_id: int | None = None
    number: str = ""
    issued: date | None = None  #: of the document: its costs are those of that day
    reference: str = ""  #: the seller's, of what was sold (BT-155)
    name: str = ""
    unit: str = ""
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Booked:
    """What an entry books on the accounts of sales at a category and rate."""

    entry_id: int
    on: date
    is_reversal: bool
    key: tuple[str, Decimal]
    amount: int
    customer_id: int


def parts_by_month(organisation: Organisation, *, currency: str, start: date, end: date) -> list[Part]:
    """What each customer bought in each month: one query, whatever the number of documents."""
    rows = _lines(organisation, currency, start, end).annotate(month=TruncMonth("date"), buyer=_buyer())
    sums = rows.order_by().values_list("buyer", "month").annotate(net=Sum(_AMOUNT))
    return [Part(customer_id=buyer or 0, on=month, net_minor=net) for buyer, month, net in sums]


def parts_by_line(organisation: Organisation, *, currency: str, start: date, end: date) -> Iterator[Part]:
    """Each line that was sold: two queries, and every document of these days is read."""
    booked: dict[int, list[_Booked]] = {}
    lines = _lines(organisation, currency, start, end)
    for source_id, each in _booked(lines):
        booked.setdefault(source_id, []).append(each)
    invoices = Invoice.objects.of(organisation).filter(pk__in=lines.order_by().values("entry__source_id"))
    for invoice in invoices.only("document", "kind", "number", "issue_date").order_by("pk").iterator(chunk_size=500):
        yield from _document_parts(invoice, booked.pop(invoice.pk, ()))
    for left in booked.values():
        yield from (_rest(each, each.amount) for each in left)


def _lines(organisation: Organisation, currency: str, start: date, end: date) -> QuerySet[Line]:
    return Line.objects.of(organisation).filter(role__in=SALES_ROLES, currency=currency, date__range=(start, end))


def _buyer() -> Coalesce:
    """The customer of a line: of its document, else of what it left open; by whom it is now, where they were merged."""
    root = Coalesce("customer__merged_into", "customer")
    documents = Invoice.objects.filter(pk=OuterRef("entry__source_id"), organisation=OuterRef("organisation"))
    items = OpenItem.objects.filter(entry=OuterRef("entry"))
    return Coalesce(Subquery(documents.values(root=root)[:1]), Subquery(items.values(root=root)[:1]))


def _booked(lines: QuerySet[Line]) -> Iterator[tuple[int, _Booked]]:
    rows = lines.filter(entry__source_kind=DOCUMENT_SOURCE).annotate(buyer=_buyer()).order_by("entry", "place")
    names = ("entry__source_id", "entry", "date", "entry__reverses", "vat_category", "vat_rate", "buyer")
    for source_id, entry_id, on, reverses, category, rate, buyer, amount in rows.values_list(*names, _AMOUNT):
        key = (category, (rate or Decimal(0)).normalize())
        yield source_id, _Booked(entry_id, on, reverses is not None, key, amount, buyer or 0)


def _document_parts(invoice: Invoice, booked: Sequence[_Booked]) -> Iterator[Part]:
    groups = _lines_by_rate(invoice)
    for each in booked:
        lines = groups.get(each.key, ())
        nets = [line.net_amount or Decimal(0) for line in lines]
        if not sum(nets, Decimal(0)):
            yield _rest(each, each.amount, invoice)
            continue
        for line, net in zip(lines, shared_out(each.amount, nets), strict=True):
            yield _part(each, invoice, line, net)


def _lines_by_rate(invoice: Invoice) -> Mapping[tuple[str, Decimal], Sequence[DocumentLine]]:
    groups: dict[tuple[str, Decimal], list[DocumentLine]] = {}
    for line in document_of(invoice).lines:
        if counts(line):
            key = (line.vat_category or "", (line.vat_rate or Decimal(0)).normalize())
            groups.setdefault(key, []).append(line)
    return groups


def _part(booked: _Booked, invoice: Invoice, line: DocumentLine, net: int) -> Part:
    gives_back = (invoice.kind == DocumentKind.CREDIT_NOTE) != booked.is_reversal
    quantity = line.quantity
    return Part(
        customer_id=booked.customer_id,
        on=booked.on,
        net_minor=net,
        document_id=invoice.pk,
        number=invoice.number,
        issued=invoice.issue_date,
        reference=(line.item.seller_identifier if line.item else None) or "",
        name=(line.item.name if line.item else None) or "",
        unit=line.unit or "",
        quantity=-quantity if gives_back and quantity is not None else quantity,
    )


def _rest(booked: _Booked, net: int, invoice: Invoice | None = None) -> Part:
    """What belongs to no line: a charge with a rate of its own."""
    return Part(
        customer_id=booked.customer_id,
        on=booked.on,
        net_minor=net,
        document_id=invoice.pk if invoice else None,
        number=invoice.number if invoice else "",
    )
