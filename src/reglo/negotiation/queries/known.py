"""What the books know of a customer before one negotiates: volume and season, lateness, tax, present terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import BigIntegerField, Case, Count, F, Q, Sum, When
from django.db.models.functions import ExtractMonth

from reglo.billing.models import Invoice
from reglo.collection.queries.exposure import habit_of_customers
from reglo.core.composition import DocumentKind
from reglo.core.habit import Habit
from reglo.core.money import from_minor, round_half_up
from reglo.core.negotiation import Lateness, lateness_of
from reglo.core.parties import VatRegime
from reglo.core.terms import BuyerKind, PaymentTerms
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.negotiation.stored import written_out
from reglo.organisations.models import Organisation
from reglo.organisations.queries import default_terms
from reglo.terms.models import TermsAgreement
from reglo.terms.queries import terms_for

_YEAR = timedelta(days=365)
_USUAL_VAT = Decimal(20)
_IS_CREDIT = Q(kind=DocumentKind.CREDIT_NOTE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the books say; of a prospect only what the organisation itself decides."""

    since: date  #: first day of the twelve months that were looked at
    billed: Decimal | None  #: EUR without tax in these months, credit notes taken off; None for nothing
    invoices: int  #: how many
    months: tuple[Decimal, ...]  #: EUR billed in January to December, 0 or more; empty where nothing was
    vat_percent: Decimal
    vat_regime: VatRegime
    habit: Habit | None
    terms: PaymentTerms  #: that hold today
    agreement: TermsAgreement | None  #: that binds them
    buyer_kind: BuyerKind

    @property
    def lateness(self) -> Lateness:
        """What the habit makes one expect."""
        return lateness_of(self.habit)


def known_of(organisation: Organisation, customer: Customer | None, *, today: date) -> Known:
    """All that is known of a customer today, or of the organisation alone for a prospect."""
    regime, since = VatRegime(organisation.vat_regime), today - _YEAR
    usual = Decimal(0) if regime is VatRegime.FRANCHISE else _USUAL_VAT
    if customer is None:
        return Known(
            since=since,
            billed=None,
            invoices=0,
            months=(),
            vat_percent=usual,
            vat_regime=regime,
            habit=None,
            terms=written_out(default_terms(organisation)),
            agreement=None,
            buyer_kind=BuyerKind.BUSINESS,
        )
    family = family_of(customer)
    terms, agreement = terms_for(customer)
    billed = _billed(organisation, family, since, today)
    return Known(
        since=since,
        billed=billed.net if billed.net > 0 else None,
        invoices=billed.count,
        months=tuple(max(billed.months.get(month, Decimal(0)), Decimal(0)) for month in range(1, 13)),
        vat_percent=usual if billed.net <= 0 else round_half_up(100 * billed.vat / billed.net, 2),
        vat_regime=regime,
        habit=habit_of_customers(organisation, family),
        terms=written_out(terms),
        agreement=agreement,
        buyer_kind=BuyerKind(customer.kind),
    )


@dataclass(frozen=True, slots=True)
class _Billed:
    """What was billed in a year. EUR."""

    count: int
    net: Decimal
    vat: Decimal
    months: Mapping[int, Decimal]


def _billed(organisation: Organisation, family: list[int], since: date, today: date) -> _Billed:
    """One statement: sums by month, credit notes negative. A deposit is no sale yet: the final invoice bills all."""
    deposit, corrective = DocumentKind.DEPOSIT.value, DocumentKind.CORRECTIVE.value
    replaced = Invoice.objects.of(organisation).filter(kind=corrective, corrects__isnull=False)
    rows = (
        Invoice.objects.of(organisation)
        .filter(customer__in=family, currency="EUR", issue_date__gt=since, issue_date__lte=today)
        .exclude(kind=deposit)
        .exclude(_IS_CREDIT & Q(corrects__kind=deposit))
        .exclude(pk__in=replaced.values("corrects"))
        .order_by()
        .values(month=ExtractMonth("issue_date"))
        .annotate(
            count=Count("pk", filter=~_IS_CREDIT),
            net=Sum(_signed("net_minor")),
            vat=Sum(_signed("vat_minor")),
        )
    )
    found = list(rows)
    return _Billed(
        count=sum(row["count"] for row in found),
        net=from_minor(sum(row["net"] for row in found), "EUR"),
        vat=from_minor(sum(row["vat"] for row in found), "EUR"),
        months={row["month"]: from_minor(row["net"], "EUR") for row in found},
    )


def _signed(field: str) -> Case:
    """An amount of a document, less than zero on a credit note."""
    return Case(When(_IS_CREDIT, then=-1 * F(field)), default=F(field), output_field=BigIntegerField())
