"""Reading the books: entries, lines of accounts, the accounts themselves, what a customer owes."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from reglo.accounts.language import page_language
from reglo.core.accounting import AccountRole, EventKind
from reglo.customers.models import Customer
from reglo.ledger import queries
from reglo.ledger.forms import AccountsForm
from reglo.ledger.listing import ENTRIES, LINES, with_amounts
from reglo.ledger.models import Entry, Line, OpenItem, Side
from reglo.ledger.services.accounts import change_accounts
from reglo.ledger.services.decisions import obstacle_to_reversal
from reglo.ledger.sources import page_of
from reglo.ledger.words import JOURNALS, KINDS, ROLES
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

#: Debits that a customer owes; others give money back, or undo what was settled.
_RECEIVABLES = frozenset({EventKind.DOCUMENT, EventKind.REPLACEMENT, EventKind.PENALTY, EventKind.DOUBTFUL})
#: Kinds of entries that nobody looks to reverse by themselves.
_EVIDENT = frozenset({EventKind.DOCUMENT, EventKind.REPLACEMENT, EventKind.ALLOCATION, EventKind.REVERSAL})
_STATEMENT = timedelta(days=365)  #: how far back a customer's account is shown


@require_GET
@needs(Permission.READ)
def entries(request: MemberRequest) -> Answer:
    """All entries, the newest first."""
    rows = with_amounts(Entry.objects.of(request.organisation).select_related("organisation"))
    return list_page(request, ENTRIES, rows)


@require_GET
@needs(Permission.READ)
def lines(request: MemberRequest) -> Answer:
    """The lines of all accounts, or of one."""
    rows = Line.objects.of(request.organisation).select_related("entry__organisation", "customer")
    return list_page(request, LINES, rows)


@require_GET
@needs(Permission.READ)
def entry(request: MemberRequest, pk: int) -> HttpResponse:
    """One entry: its lines, what caused it, what reverses it."""
    rows = Entry.objects.of(request.organisation).select_related("reverses", "reversal", "decision__item__origin")
    shown = get_object_or_404(rows, pk=pk)
    of_entry = shown.lines.select_related("customer").order_by("place")
    values = {
        "entry": shown,
        "journal": JOURNALS[shown.journal],
        "kind": KINDS[shown.kind],
        "lines": [(line, ROLES[AccountRole(line.role)]) for line in of_entry],
        "items": shown.items.order_by("pk"),
        "source": page_of(_cause_of(shown), request.organisation),
        "is_receivable": shown.kind in _RECEIVABLES,
        "obstacle": None if shown.kind in _EVIDENT else obstacle_to_reversal(shown),
        "reversal": getattr(shown, "reversal", None),
    }
    return render(request, "ledger/entry.html", values)


def _cause_of(shown: Entry) -> Entry:
    """The entry whose source is the page to show: of a decision, that of the document it is about."""
    decision = getattr(shown, "decision", None)
    return shown if decision is None else decision.item.origin


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def accounts(request: MemberRequest) -> HttpResponse:
    """Which account is used for what, from now on."""
    chart = queries.chart_of(request.organisation)
    form = AccountsForm(request.POST or None, chart=chart, language=page_language())
    if request.method == "POST" and form.is_valid():
        change_accounts(
            organisation=request.organisation, accounts=form.accounts, by=actor_of(request), now=timezone.now()
        )
        messages.success(request, _("The accounts were saved. What is booked stays where it is."))
        return redirect("ledger:accounts", request.organisation.slug)
    return render(request, "ledger/accounts.html", {"form": form})


@dataclass(frozen=True, slots=True)
class _Account:
    """A customer's account in one currency, as a page shows it."""

    currency: str
    owed_minor: int
    debits: tuple[OpenItem, ...]
    credits: tuple[OpenItem, ...]
    statement: queries.Statement


@require_GET
@needs(Permission.READ)
def customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """What a customer owes: open items on both sides, and all that moved in a year."""
    shown = get_object_or_404(Customer.objects.of(request.organisation), pk=customer_pk)
    today = today_of(request.organisation, timezone.now())
    items = list(queries.open_items(request.organisation, customer=shown).select_related("entry"))
    values = {
        "customer": shown,
        "since": today - _STATEMENT,
        "accounts": [
            _Account(
                currency,
                owed,
                tuple(each for each in items if each.currency == currency and each.side == Side.DEBIT),
                tuple(each for each in items if each.currency == currency and each.side == Side.CREDIT),
                queries.statement_of(shown, currency=currency, start=today - _STATEMENT, end=today),
            )
            for currency, owed in queries.balance_of(shown, on=today).items()
        ],
    }
    return render(request, "ledger/customer.html", values)
