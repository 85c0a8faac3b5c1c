"""Late-payment interest and the indemnity of late items, as of a day, beyond what was decided already."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from reglo.billing.models import Invoice
from reglo.collection.models import PenaltyDecision
from reglo.core.accounting import EventKind
from reglo.core.interest import Claim, Credit, CreditKind, InterestStatement, NoLateInterest, late_interest
from reglo.core.money import from_minor, minor_amount
from reglo.core.rates import RateTable, RateUnknown
from reglo.core.terms import BuyerKind, PaymentTerms
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.ledger.models import Allocation, OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.queries import rates_of
from reglo.terms.queries import terms_for, terms_of

_ASKING = (EventKind.DOCUMENT, EventKind.DOUBTFUL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPenalty:
    """What late payment of an item costs the customer until a day, outside VAT."""

    item: OpenItem
    statement: InterestStatement
    decided_minor: int  #: interest that was claimed or waived before
    indemnity_minor: int  #: 0 where it was decided before, or stands with another due date of the invoice

    @property
    def interest_minor(self) -> int:
        """Interest that nobody has decided about."""
        return max(minor_amount(self.statement.total, self.item.currency) - self.decided_minor, 0)

    @property
    def total_minor(self) -> int:
        """Interest and indemnity that nobody has decided about."""
        return self.interest_minor + self.indemnity_minor

    @property
    def days_late(self) -> int:
        """Calendar days from the due date."""
        return (self.statement.until - self.statement.claim.due_date).days


def late_items(customer: Customer, *, until: date) -> QuerySet[OpenItem]:
    """What a customer owes and is late with, the first due first. Penalties bear no penalties (C. civ. 1343-2)."""
    return (
        OpenItem.objects.filter(
            organisation_id=customer.organisation_id,
            customer__in=family_of(customer),
            side=Side.DEBIT,
            kind__in=_ASKING,
            due_date__lt=until,
            open_minor__gt=0,
        )
        .select_related("origin")
        .order_by("due_date", "pk")
    )


def penalties_of(customer: Customer, items: Iterable[OpenItem], *, until: date) -> tuple[ItemPenalty, ...]:
    """The penalties of some late items of a customer; nothing for a consumer, who owes none.

    An item due before the first half-year whose rate is known is left out: it is five years old and prescribed.
    """
    known = list(items)
    credited, decided = _credits(known), _decided(known)
    terms, first_of = _terms(customer, known), _indemnities(known)
    rates = rates_of(customer.organisation)
    found = []
    for item in known:
        statement = _statement(item, customer, credited.get(item.pk, ()), terms[item.pk], rates, until)
        if statement is None or not statement.lines:
            continue
        indemnity = minor_amount(statement.indemnity, "EUR") if item.pk in first_of else 0
        found.append(
            ItemPenalty(
                item=item,
                statement=statement,
                decided_minor=decided.get(item.pk, 0),
                indemnity_minor=indemnity,
            )
        )
    return tuple(found)


def decisions_of(customer: Customer) -> QuerySet[PenaltyDecision]:
    """What was decided of a customer's penalties, the newest first."""
    rows = PenaltyDecision.objects.filter(customer=customer).select_related("item", "note", "decided_by")
    return rows.defer("note__content").order_by("-decided_at", "-pk")


def _statement(
    item: OpenItem,
    customer: Customer,
    credited: Sequence[Credit],
    terms: PaymentTerms,
    rates: RateTable,
    until: date,
) -> InterestStatement | None:
    amount = from_minor(item.amount_minor, item.currency)
    try:
        return late_interest(
            Claim(amount=amount, due_date=item.due_date or item.document_date, currency=item.currency),
            until=until,
            credited=credited,
            terms=terms,
            buyer_kind=BuyerKind(customer.kind),
            rates=rates,
        )
    except (NoLateInterest, RateUnknown):
        return None


def _credits(items: Sequence[OpenItem]) -> Mapping[int, list[Credit]]:
    """What lowered each item, and when."""
    rows = Allocation.objects.filter(debit_item__in=items, reverses=None, reversal=None)
    found: dict[int, list[Credit]] = {}
    for each in rows.select_related("credit_item").order_by("on", "pk"):
        is_credit_note = each.credit_item.kind == EventKind.DOCUMENT
        found.setdefault(each.debit_item_id, []).append(
            Credit(
                date=each.on,
                amount=from_minor(each.amount_minor, each.debit_item.currency),
                kind=CreditKind.CREDIT_NOTE if is_credit_note else CreditKind.PAYMENT,
            )
        )
    return found


def _decided(items: Sequence[OpenItem]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for item, interest in PenaltyDecision.objects.filter(item__in=items, undone_at=None).values_list(
        "item_id", "interest_minor"
    ):
        found[item] = found.get(item, 0) + interest
    return found


def _indemnities(items: Sequence[OpenItem]) -> set[int]:
    """The items with which an indemnity stands: the first of each invoice, where none was decided."""
    origins = {item.origin_id for item in items}
    decided = PenaltyDecision.objects.filter(item__origin__in=origins, undone_at=None, indemnity_minor__gt=0)
    taken = set(decided.values_list("item__origin", flat=True))
    first: dict[int, int] = {}
    for item in items:
        first.setdefault(item.origin_id, item.pk)
    return {pk for origin, pk in first.items() if origin not in taken}


def _terms(customer: Customer, items: Collection[OpenItem]) -> Mapping[int, PaymentTerms]:
    """The terms that hold for each item: of the agreement that its invoice cites, else those of the customer."""
    ids = {item.origin.source_id for item in items if item.origin.source_kind == DOCUMENT_SOURCE}
    agreed = Invoice.objects.filter(organisation_id=customer.organisation_id, pk__in=ids, agreement__isnull=False)
    cited = agreed.select_related("agreement").defer("document")
    by_invoice = {each.pk: terms_of(each.agreement) for each in cited if each.agreement is not None}
    usual, _ = terms_for(customer)
    return {
        item.pk: by_invoice.get(item.origin.source_id, usual) if item.origin.source_kind == DOCUMENT_SOURCE else usual
        for item in items
    }
