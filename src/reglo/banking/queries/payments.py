"""Reading payments: lists, what each settles, advances, and what is pending."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q, QuerySet, Sum

from reglo.banking.models import CandidateItem, LineState, Payment, PostingFor
from reglo.billing.models import Invoice
from reglo.core.accounting import EventKind
from reglo.customers.models import Customer
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation


def payments_of(organisation: Organisation) -> QuerySet[Payment]:
    """Every payment, for lists."""
    return Payment.objects.of(organisation).select_related("customer", "bank_account")


def payment_with_facts(organisation: Organisation, pk: int) -> Payment:
    """A payment with what its page names. Raises Payment.DoesNotExist."""
    rows = payments_of(organisation).select_related("organisation", "line", "returned_by", "by")
    return rows.get(pk=pk)


def own_item(payment: Payment) -> OpenItem | None:
    """The open item of a payment's money."""
    return OpenItem.objects.filter(
        entry__in=payment.postings.filter(purpose=PostingFor.PAYMENT).values("entry")
    ).first()


def settled_by(payment: Payment) -> list[Allocation]:
    """What a payment settles now: the allocations that hold of its postings, oldest first."""
    postings = payment.postings.filter(purpose=PostingFor.PART, undone_at=None)
    of_entries = OpenItem.objects.filter(entry__in=postings.exclude(entry=None).values("entry"))
    held = Q(pk__in=postings.exclude(allocation=None).values("allocation")) | Q(credit_item__in=of_entries)
    rows = Allocation.objects.filter(held, organisation_id=payment.organisation_id, reverses=None, reversal=None)
    return list(rows.select_related("debit_item__entry", "credit_item__entry").order_by("pk"))


def advances_of(organisation: Organisation, customers: Collection[int]) -> QuerySet[OpenItem]:
    """What is kept in advance for some customers: payments that are not used up, oldest first."""
    rows = OpenItem.objects.of(organisation).filter(customer__in=customers, side=Side.CREDIT, open_minor__gt=0)
    return rows.filter(kind=EventKind.PAYMENT).select_related("entry").order_by("date", "pk")


def items_of_invoice(invoice: Invoice) -> list[OpenItem]:
    """What was owed of an invoice, by due date; of a credit note, what it gives back."""
    rows = OpenItem.objects.filter(
        organisation_id=invoice.organisation_id,
        origin__source_kind=DOCUMENT_SOURCE,
        origin__source_id=invoice.pk,
        kind__in=(EventKind.DOCUMENT, EventKind.DOUBTFUL),
    )
    return list(rows.select_related("customer").order_by("due_date", "pk"))


def payments_of_invoice(items: Sequence[OpenItem]) -> QuerySet[Payment]:
    """The payments that settle items of an invoice now, oldest first."""
    ids = [each.pk for each in items]
    holding = Allocation.objects.filter(Q(debit_item__in=ids) | Q(credit_item__in=ids), reverses=None, reversal=None)
    given = holding.values("credit_item__entry")
    owed = holding.values("debit_item__entry")
    paid = Payment.objects.filter(
        Q(postings__entry__in=given) | Q(postings__entry__in=owed), postings__purpose=PostingFor.PAYMENT
    )
    return paid.select_related("customer").order_by("on", "pk").distinct()


def pending_minor_of(items: Collection[int]) -> Mapping[int, int]:
    """How much of these open items undecided bank lines may settle, in minor units, by item; none where nothing.

    Only what is likely stands on lines. A line that was undone counts until matching has looked at it again.
    """
    undecided = CandidateItem.objects.filter(
        item__in=items, candidate__line__state__in=(LineState.WAITING, LineState.PROPOSED)
    )
    sums = undecided.order_by().values("item").annotate(sum=Sum("amount_minor"))
    return {each["item"]: each["sum"] for each in sums}


def unallocated_of(customer: Customer) -> QuerySet[OpenItem]:
    """What a customer owes now, the first due first."""
    rows = OpenItem.objects.filter(customer=customer, side=Side.DEBIT, open_minor__gt=0)
    return rows.order_by("due_date", "pk")
