"""What customers owe by law for paying late, worked out invoice by invoice from a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from reglo.billing.models import Invoice
from reglo.core.accounting import EventKind
from reglo.core.interest import Claim, Credit, CreditKind, InterestStatement, NoLateInterest, late_interest
from reglo.core.money import from_minor
from reglo.core.rates import RateTable, RateUnknown
from reglo.core.terms import BuyerKind, PaymentTerms
from reglo.ledger.models import Allocation
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation
from reglo.organisations.queries import rates_of
from reglo.reporting.paid import asking_items
from reglo.reporting.report import Asked
from reglo.terms.models import TermsAgreement
from reglo.terms.queries import terms_of, terms_of_customers

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateItem:
    """A receivable that was late on a day of the period."""

    pk: int
    origin_id: int
    invoice_id: int | None  #: None where no document is behind it
    customer_id: int  #: the one that is left, where customers were merged
    customer: str
    buyer_kind: BuyerKind
    due: date
    amount: Decimal
    is_indemnified: bool  #: an earlier due date of its invoice was late already: the indemnity is owed once


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What one late receivable costs its customer until the end of the period."""

    item: LateItem
    statement: InterestStatement
    owes_indemnity: bool  #: the first due date of an invoice that was late

    @property
    def since(self) -> date:
        """The first day late: then the indemnity is owed."""
        return self.item.due + _ONE_DAY


def owed_penalties(organisation: Organisation, asked: Asked) -> list[Owed]:
    """The statements of all that was late in the period; consumers owe nothing (C. com. L441-10 is for businesses).

    What was due before the first half-year whose rate is known is prescribed and left out.
    """
    rows = _late(organisation, asked)
    items = list(_read(rows, asked.currency))
    credited = _credits(organisation, rows, asked.currency)
    terms, rates = _terms(organisation, items), rates_of(organisation)
    found, seen = [], set()
    for item in items:
        statement = _statement(item, credited.get(item.pk, ()), terms[item.pk], rates, asked)
        if statement is not None and statement.lines:
            is_first = item.origin_id not in seen and not item.is_indemnified
            found.append(Owed(item=item, statement=statement, owes_indemnity=is_first))
            seen.add(item.origin_id)
    return found


def _late(organisation: Organisation, asked: Asked) -> QuerySet:
    """What was open past its due date on some day of the period, the first due first."""
    live = Q(debit_allocations__reverses=None, debit_allocations__reversal=None)
    items = asking_items(organisation, asked.currency).annotate(settled_on=Max("debit_allocations__on", filter=live))
    earlier = asking_items(organisation, asked.currency).filter(
        live,
        origin=OuterRef("origin"),
        due_date__lt=OuterRef("due_date"),
        debit_allocations__on__gt=F("due_date"),
    )
    items = items.annotate(is_indemnified=Exists(earlier))
    settled_late = Q(settled_on__gt=F("due_date"), settled_on__gte=asked.start)
    return items.filter(Q(open_minor__gt=0) | settled_late, due_date__lt=asked.end).order_by("due_date", "pk")


def _read(rows: QuerySet, currency: str) -> Iterator[LateItem]:
    values = rows.values_list(
        "pk",
        "origin",
        "origin__source_kind",
        "origin__source_id",
        Coalesce("customer__merged_into", "customer"),
        Coalesce("customer__merged_into__name", "customer__name"),
        Coalesce("customer__merged_into__kind", "customer__kind"),
        "due_date",
        "amount_minor",
        "is_indemnified",
    )
    for pk, origin, source, source_id, customer_id, customer, kind, due, amount, is_indemnified in values.iterator(
        chunk_size=2000
    ):
        yield LateItem(
            pk=pk,
            origin_id=origin,
            invoice_id=source_id if source == DOCUMENT_SOURCE else None,
            customer_id=customer_id,
            customer=customer,
            buyer_kind=BuyerKind(kind),
            due=due,
            amount=from_minor(amount, currency),
            is_indemnified=is_indemnified,
        )


def _credits(organisation: Organisation, items: QuerySet, currency: str) -> Mapping[int, Sequence[Credit]]:
    """What lowered each receivable, and when. What became doubtful goes on as another: here it never was."""
    rows = Allocation.objects.of(organisation).filter(
        debit_item__in=items.order_by().values("pk"), reverses=None, reversal=None
    )
    found: dict[int, list[Credit]] = defaultdict(list)
    values = rows.order_by("on", "pk").values_list(
        "debit_item", "on", "amount_minor", "credit_item__kind", "debit_item__due_date"
    )
    for item, on, amount, kind, due in values.iterator(chunk_size=2000):
        is_doubt, is_credit_note = kind == EventKind.DOUBTFUL, kind == EventKind.DOCUMENT
        found[item].append(
            Credit(
                date=due if is_doubt and due else on,
                amount=from_minor(amount, currency),
                kind=CreditKind.CREDIT_NOTE if is_doubt or is_credit_note else CreditKind.PAYMENT,
            )
        )
    return found


def _terms(organisation: Organisation, items: Collection[LateItem]) -> Mapping[int, PaymentTerms]:
    """The terms that bind each receivable: of the agreement that its invoice cites, else those of the customer."""
    usual = terms_of_customers(organisation, {each.customer_id for each in items})
    citing = Invoice.objects.of(organisation).filter(agreement__isnull=False)
    cited = citing.filter(pk__in={each.invoice_id for each in items}).values_list("pk", "agreement")
    by_invoice = dict(cited)
    agreements = TermsAgreement.objects.of(organisation).filter(pk__in=set(by_invoice.values()))
    agreed = {each.pk: terms_of(each) for each in agreements}
    return {
        each.pk: agreed[by_invoice[each.invoice_id]] if each.invoice_id in by_invoice else usual[each.customer_id]
        for each in items
    }


def _statement(
    item: LateItem, credited: Sequence[Credit], terms: PaymentTerms, rates: RateTable, asked: Asked
) -> InterestStatement | None:
    try:
        return late_interest(
            Claim(amount=item.amount, due_date=item.due, currency=asked.currency),
            until=asked.end,
            credited=credited,
            terms=terms,
            buyer_kind=item.buyer_kind,
            rates=rates,
        )
    except (NoLateInterest, RateUnknown):
        return None
