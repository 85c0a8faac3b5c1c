"""Each discount with the money that it brought sooner, and each allowance; three queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast, Coalesce

from reglo.billing.models import Invoice
from reglo.billing.queries.issued import document_of
from reglo.collection.models import Proposal
from reglo.core.accounting import AccountRole, EventKind
from reglo.core.composition import DocumentKind
from reglo.core.document import Invoice as Document
from reglo.core.money import from_minor
from reglo.ledger.models import Allocation, Line
from reglo.organisations.models import Organisation
from reglo.reporting.paid import ASKING
from reglo.reporting.report import Asked

_NOTHING = Decimal(0)
_PROPOSAL = "proposal"  #: of the entries that a kept proposal caused


class GivenKind(StrEnum):
    """Why less was asked."""

    EARLY = "early"  #: discount for early payment (*escompte*)
    PROPOSAL = "proposal"  #: agreed with a customer in difficulty
    ALLOWANCE = "allowance"  #: on an invoice (*remise*): it buys no time


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A discount that was taken, or an allowance."""

    kind: GivenKind
    customer_id: int
    customer: str
    on: date
    number: str  #: of the invoice
    cost: Decimal  #: without tax: VAT goes down with it (CGI 267, II 1°)
    entry_id: int = 0  #: of a discount
    invoice_id: int = 0  #: of an allowance
    paid: Decimal = _NOTHING  #: money that came sooner for it, with tax
    days: int = 0  #: by how much sooner: than due, or than was expected before a proposal

    @property
    def euro_days(self) -> Decimal:
        """Money times days: what was bought."""
        return self.paid * self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSum:
    """Some discounts together."""

    label: str
    customer_id: int  #: 0 where they are of several
    given: tuple[Given, ...]

    @property
    def cost(self) -> Decimal:
        """Without tax."""
        return sum((each.cost for each in self.given), _NOTHING)

    @property
    def paid(self) -> Decimal:
        """Money that came sooner, with tax."""
        return sum((each.paid for each in self.given if each.days), _NOTHING)

    @property
    def days(self) -> Decimal | None:
        """How much sooner the average euro came; None where none did."""
        return sum((each.euro_days for each in self.given), _NOTHING) / self.paid if self.paid > 0 else None

    @property
    def yearly_rate(self) -> Decimal | None:
        """What that money cost a year, a part of 1, as a loan would: cost ÷ (money × days) × 365. None of no time."""
        bought = sum((each.euro_days for each in self.given), _NOTHING)
        priced = sum((each.cost for each in self.given if each.kind is not GivenKind.ALLOWANCE), _NOTHING)
        return priced * 365 / bought if bought > 0 else None


def given_of(organisation: Organisation, asked: Asked) -> list[Given]:
    """All that was given in the period, the newest first."""
    found = [*_discounts(organisation, asked), *_allowances(organisation, asked)]
    return sorted(found, key=lambda each: (each.on, each.number), reverse=True)


def by_customer(given: Iterable[Given]) -> list[GivenSum]:
    """What was given to each customer, the most first."""
    groups: dict[int, list[Given]] = {}
    for each in given:
        groups.setdefault(each.customer_id, []).append(each)
    rows = [GivenSum(label=group[0].customer, customer_id=pk, given=tuple(group)) for pk, group in groups.items()]
    return sorted(rows, key=lambda each: (-each.cost, each.label, each.customer_id))


def _discounts(organisation: Organisation, asked: Asked) -> Iterator[Given]:
    expected = _days_expected(organisation, asked)
    for each in _taken(organisation, asked).values_list(
        Coalesce("debit_item__customer__merged_into", "debit_item__customer"),
        Coalesce("debit_item__customer__merged_into__name", "debit_item__customer__name"),
        "credit_item__date",
        "debit_item__reference",
        "credit_item__entry",
        "credit_item__entry__source_kind",
        "credit_item__entry__source_id",
        "debit_item__due_date",
        "cost",
        "paid_on",
        "paid",
    ):
        customer_id, customer, on, number, entry, source, source_id, due, cost, paid_on, paid = each
        is_proposal = source == _PROPOSAL
        sooner = (due - paid_on).days if due and paid_on else 0
        yield Given(
            kind=GivenKind.PROPOSAL if is_proposal else GivenKind.EARLY,
            customer_id=customer_id,
            customer=customer,
            on=on,
            number=number,
            entry_id=entry,
            cost=from_minor(cost or 0, asked.currency),
            paid=from_minor(paid or 0, asked.currency),
            days=expected.get(source_id, 0) if is_proposal else max(sooner, 0),
        )


def _taken(organisation: Organisation, asked: Asked) -> QuerySet:
    """Discounts that hold, each with its cost without tax, and what was paid on its invoice and when."""
    rows = Allocation.objects.of(organisation).filter(
        credit_item__kind=EventKind.DISCOUNT,
        debit_item__kind__in=ASKING,  # not the entry that took one back
        credit_item__currency=asked.currency,
        credit_item__date__range=(asked.start, asked.end),
        reverses=None,
        reversal=None,
    )
    payments = Allocation.objects.filter(
        debit_item=OuterRef("debit_item"), credit_item__kind=EventKind.PAYMENT, reverses=None, reversal=None
    )
    paid = payments.order_by().values("debit_item").annotate(day=Max("on"), sum=Sum("amount_minor"))
    lost = Line.objects.filter(entry=OuterRef("credit_item__entry"), role=AccountRole.DISCOUNTS).order_by()
    return rows.annotate(
        cost=Subquery(lost.values("entry").annotate(sum=Sum(F("debit_minor") - F("credit_minor"))).values("sum")),
        paid_on=Subquery(paid.values("day")),
        paid=Subquery(paid.values("sum")),
    )


def _days_expected(organisation: Organisation, asked: Asked) -> Mapping[int, int]:
    """For each proposal behind a discount, by how much sooner its money came than was expected without it."""
    sources = _taken(organisation, asked).filter(credit_item__entry__source_kind=_PROPOSAL).order_by()
    rows = Proposal.objects.of(organisation).filter(pk__in=sources.values("credit_item__entry__source_id"))
    return {each.pk: each.days_earlier for each in rows.only("cost_days")}


def _allowances(organisation: Organisation, asked: Asked) -> Iterator[Given]:
    """Allowances of issued invoices, those of credit notes deducted. Only documents that have any are read."""
    rows = Invoice.objects.of(organisation).filter(issue_date__range=(asked.start, asked.end), currency=asked.currency)
    having = rows.annotate(words=Cast("draft__content", TextField())).filter(words__contains='"reductions"')
    for each in having.select_related("customer__merged_into").order_by("pk").iterator(chunk_size=200):
        amount = allowances_in(document_of(each))
        if amount:
            customer = each.customer.merged_into or each.customer
            yield Given(
                kind=GivenKind.ALLOWANCE,
                customer_id=customer.pk,
                customer=customer.name,
                on=each.issue_date,
                number=each.number,
                invoice_id=each.pk,
                cost=-amount if each.kind == DocumentKind.CREDIT_NOTE else amount,
            )


def allowances_in(document: Document) -> Decimal:
    """What a document takes off its prices, on lines and on the whole, without tax (BT-92, BT-136)."""
    of_lines = (allowance for line in document.lines for allowance in line.allowances)
    return sum((each.amount or _NOTHING for each in (*document.allowances, *of_lines)), _NOTHING)
