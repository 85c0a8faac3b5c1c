"""What the dashboard shows: what was billed, what is owed and came in, what waits for somebody; in a fixed number of
queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from reglo.billing.models import Draft, Invoice, Quote, QuoteState, Recurrence
from reglo.core.composition import DocumentKind
from reglo.core.dates import add_months
from reglo.ledger.models import Side
from reglo.ledger.queries import came_in, open_items
from reglo.organisations.models import Organisation
from reglo.terms.models import AgreementState, TermsAgreement

_MONTHS = 12
_SOON = 30  # days
_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Amounts in cents of EUR, with tax, credit notes deducted; documents in other currencies are left out."""

    months: tuple[tuple[date, int], ...]  #: the last twelve, the present one last

    @property
    def this_month(self) -> int:
        """Billed since the first of the month."""
        return self.months[-1][1]

    @property
    def last_month(self) -> int:
        """Billed in the month before."""
        return self.months[-2][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for somebody."""

    drafts: int
    quotes_unanswered: int
    quotes_expiring: int  #: within a week
    quotes_to_bill: int  #: accepted, with nothing billed yet
    terms_unanswered: int
    recurrences_soon: int  #: within a week


def figures_of(organisation: Organisation, today: date) -> Figures:
    """What was billed month by month."""
    first = add_months(today.replace(day=1), 1 - _MONTHS)
    rows = Invoice.objects.of(organisation).filter(currency=_CURRENCY)
    # By day and not by month: the index has the days in order, and SQLite knows no month.
    days = rows.filter(issue_date__gte=first, issue_date__lte=today).order_by().values("issue_date", "kind")
    billed: Counter[date] = Counter()
    for row in days.annotate(asked=Sum("due_minor")).values_list("issue_date", "kind", "asked"):
        billed[row[0].replace(day=1)] += _signed(row[1], row[2])
    return Figures(months=tuple((month, billed[month]) for month in (add_months(first, n) for n in range(_MONTHS))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What customers owe and what they paid, in cents of EUR, from the ledger alone."""

    owed: int
    late: int  #: past its due date
    invoices_late: int
    due_soon: int  #: falls due within 30 days
    invoices_due_soon: int
    came_in: int  #: since the first of the month
    came_in_before: int  #: in the month before


def money_of(organisation: Organisation, today: date) -> Money:
    """What is owed today, and what came in this month and the last."""
    late, soon = Q(due_date__lt=today), Q(due_date__gte=today, due_date__lte=today + timedelta(days=_SOON))
    owed = open_items(organisation, side=Side.DEBIT).filter(currency=_CURRENCY)
    sums = owed.order_by().aggregate(
        owed=Sum("open_minor"),
        late=Sum("open_minor", filter=late),
        invoices_late=Count("pk", filter=late),
        due_soon=Sum("open_minor", filter=soon),
        invoices_due_soon=Count("pk", filter=soon),
    )
    this_month = today.replace(day=1)
    paid = came_in(organisation, currency=_CURRENCY, start=add_months(this_month, -1), end=today)
    came = {
        "came_in": sum(amount for day, amount in paid.items() if day >= this_month),
        "came_in_before": sum(amount for day, amount in paid.items() if day < this_month),
    }
    return Money(**{name: figure or 0 for name, figure in (sums | came).items()})


def waiting_of(organisation: Organisation, today: date) -> Waiting:
    """How much waits for somebody."""
    week = today + timedelta(days=7)
    quotes = Quote.objects.of(organisation).filter(deleted_at=None)
    open_quotes = quotes.filter(state=QuoteState.SENT).filter(Q(valid_until=None) | Q(valid_until__gte=today))
    return Waiting(
        drafts=Draft.objects.of(organisation).filter(deleted_at=None, issued_at=None).count(),
        quotes_unanswered=open_quotes.count(),
        quotes_expiring=open_quotes.filter(valid_until__lte=week).count(),
        quotes_to_bill=quotes.filter(state=QuoteState.ACCEPTED, invoices=None, drafts=None).count(),
        terms_unanswered=TermsAgreement.objects.of(organisation).filter(state=AgreementState.SENT).count(),
        recurrences_soon=Recurrence.objects.of(organisation).filter(next_on__lte=week, paused_at=None).count(),
    )


def turnover_minor(organisation: Organisation, today: date) -> int:
    """What was billed without tax since 1 January, in cents of EUR: what the ceilings of the franchise are held to."""
    rows = Invoice.objects.of(organisation).filter(currency=_CURRENCY, issue_date__gte=today.replace(month=1, day=1))
    sums = rows.order_by().values("kind").annotate(net=Sum("due_minor")).values_list("kind", "net")
    return sum(_signed(kind, net) for kind, net in sums)


def _signed(kind: str, amount: int) -> int:
    return -amount if kind == DocumentKind.CREDIT_NOTE.value else amount
