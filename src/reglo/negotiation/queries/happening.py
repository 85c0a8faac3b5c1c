"""What happened in the year after an agreement: the invoices of the customer, when and how they were paid."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max, Q, Sum

from reglo.billing.models import Invoice
from reglo.core.accounting import EventKind
from reglo.core.composition import DocumentKind
from reglo.core.findings import Text
from reglo.core.money import from_minor, round_half_up
from reglo.core.negotiation import Happened, NothingHappened, Outcome, outcome_of
from reglo.customers.queries import family_of
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.negotiation.models import Negotiation, NegotiationState
from reglo.negotiation.stored import deal_of, offer_of

_YEAR = timedelta(days=365)
_NOT_AGREED = Text(fr="Rien n'est encore convenu.", en="Nothing is agreed yet.")
_NO_CUSTOMER = Text(
    fr="Rattachez la négociation à un client\N{NO-BREAK SPACE}: ses factures diront ce qui s'est passé.",
    en="Join the negotiation to a customer: its invoices will tell what happened.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What became of an agreement, or why nothing can be said yet."""

    since: date | None  #: day of the agreement
    until: date | None  #: last day looked at: today, or a year later
    outcome: Outcome | None
    reason: Text | None  #: why there is none


def aftermath_of(row: Negotiation, *, today: date) -> Aftermath:
    """What was agreed beside what happened, from the day of the agreement to a year later at most."""
    agreed, since = row.agreed_round, row.closed_on
    if row.state != NegotiationState.AGREED or agreed is None or since is None:
        return Aftermath(since=None, until=None, outcome=None, reason=_NOT_AGREED)
    until = min(today, since + _YEAR)
    if row.customer is None:
        return Aftermath(since=since, until=until, outcome=None, reason=_NO_CUSTOMER)
    try:
        found = outcome_of(offer_of(agreed), deal_of(row), happened(row, since, until))
    except NothingHappened as error:
        return Aftermath(since=since, until=until, outcome=None, reason=error.message)
    return Aftermath(since=since, until=until, outcome=found, reason=None)


def happened(row: Negotiation, since: date, until: date) -> tuple[Happened, ...]:
    """The euro invoices of the customer that were issued in these days, credit notes taken off what they correct."""
    assert row.customer is not None
    replaced = Invoice.objects.of(row.organisation).filter(kind=DocumentKind.CORRECTIVE.value, corrects__isnull=False)
    documents = (
        Invoice.objects.of(row.organisation)
        .filter(customer__in=family_of(row.customer), currency="EUR", issue_date__range=(since, until))
        .exclude(pk__in=replaced.values("corrects"))
        .defer("document")
        .order_by("issue_date", "pk")
    )
    invoices, notes = list[Invoice](), list[Invoice]()
    for each in documents:
        (notes if each.kind == DocumentKind.CREDIT_NOTE.value else invoices).append(each)
    return tuple(_happened(invoices, _by_invoice(notes), _settlements(row, invoices)))


@dataclass(frozen=True, slots=True)
class _Settlement:
    """How an invoice stands in the books; minor units."""

    open_minor: int
    paid_on: date | None
    paid_minor: int


def _by_invoice(notes: Iterable[Invoice]) -> Mapping[int, tuple[int, int]]:
    """What credit notes take off each invoice: net and gross."""
    sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for each in notes:
        if each.corrects_id is not None:
            sums[each.corrects_id][0] += each.net_minor
            sums[each.corrects_id][1] += each.gross_minor
    return {pk: (net, gross) for pk, (net, gross) in sums.items()}


def _settlements(row: Negotiation, invoices: Sequence[Invoice]) -> Mapping[int, _Settlement]:
    """By invoice; one statement."""
    money = Q(debit_allocations__credit_item__kind=EventKind.PAYMENT)
    rows = (
        OpenItem.objects.of(row.organisation)
        .filter(
            side=Side.DEBIT, origin__source_kind=DOCUMENT_SOURCE, origin__source_id__in=[each.pk for each in invoices]
        )
        .order_by("pk")
        .annotate(
            paid_on=Max("debit_allocations__on", filter=money),
            paid_minor=Sum("debit_allocations__amount_minor", filter=money, default=0),
        )
        .values_list("origin__source_id", "open_minor", "paid_on", "paid_minor")
    )
    found: dict[int, _Settlement] = {}
    for pk, still_open, paid_on, paid in rows:
        before = found.get(pk, _Settlement(0, None, 0))
        days = [each for each in (before.paid_on, paid_on) if each is not None]
        found[pk] = _Settlement(before.open_minor + still_open, max(days, default=None), before.paid_minor + paid)
    return found


def _happened(
    invoices: Iterable[Invoice],
    credited: Mapping[int, tuple[int, int]],
    settled: Mapping[int, _Settlement],
) -> Iterator[Happened]:
    for each in invoices:
        net, gross = _asked(each, credited.get(each.pk, (0, 0)))
        if not 0 < net <= gross:
            continue  # given back in full, paid by deposits, or replaced: nothing was to be paid here
        yield _one(each.issue_date, net, gross, settled.get(each.pk))


def _asked(invoice: Invoice, credited: tuple[int, int]) -> tuple[Decimal, Decimal]:
    """What was to be paid, without and with tax: deposits, which stand by themselves, and credit notes taken off."""
    gross = from_minor(invoice.due_minor - credited[1], "EUR")
    if not invoice.gross_minor:
        return gross, gross
    net = from_minor(invoice.net_minor, "EUR") * invoice.due_minor / invoice.gross_minor
    return round_half_up(net, 2) - from_minor(credited[0], "EUR"), gross


def _one(issued: date, net: Decimal, gross: Decimal, settlement: _Settlement | None) -> Happened:
    """Paid where nothing is open and money came; what money did not pay was a discount, taken or given."""
    is_paid = settlement is not None and settlement.open_minor == 0 and settlement.paid_on is not None
    if settlement is None or not is_paid:
        return Happened(issued=issued, net=net, gross=gross)
    received = min(from_minor(settlement.paid_minor, "EUR"), gross)
    return Happened(issued=issued, net=net, gross=gross, paid=settlement.paid_on, received=received)
