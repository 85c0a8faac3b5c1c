"""The lists of entries and of lines."""

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.core.accounting import AccountRole
from reglo.core.folding import folded
from reglo.ledger.models import Entry, Line
from reglo.ledger.words import JOURNALS, KINDS, ROLES
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing


def with_amounts(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with `amount`, the sum of their debits."""
    sums = Line.objects.filter(entry=OuterRef("pk")).order_by().values("entry").annotate(sum=Sum("debit_minor"))
    return entries.annotate(amount=Subquery(sums.values("sum")))


def _search_entries(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(Q(reference__icontains=text) | Q(label__icontains=text))


def _search_lines(rows: QuerySet, text: str) -> QuerySet:
    """By the beginning of an account's number, else by document or customer."""
    if text.isdecimal():
        return rows.filter(Q(account__startswith=text) | Q(entry__reference__icontains=text))
    return rows.filter(Q(entry__reference__icontains=text) | Q(customer__search__contains=folded(text)))


def _entry(entry: Entry) -> str:
    return reverse("ledger:entry", kwargs={"slug": entry.organisation.slug, "pk": entry.pk})


def _in_journal(code: str) -> Choice:
    return Choice(key=code, label=JOURNALS[code], narrow=lambda rows: rows.filter(journal=code))


def _of_kind(kind: str) -> Choice:
    return Choice(key=kind, label=KINDS[kind], narrow=lambda rows: rows.filter(kind=kind))


def _on_account(role: AccountRole) -> Choice:
    return Choice(key=role.value, label=ROLES[role], narrow=lambda rows: rows.filter(role=role))


ENTRIES = Listing(
    name="entries",
    title=_("Entries"),
    columns=(
        Column(key="number", label=_("Number"), value=str, link=_entry),
        Column(key="date", label=_("Date"), value=lambda row: row.date, kind=CellKind.DATE, order="date"),
        Column(
            key="kind", label=pgettext_lazy("accounting", "Kind"), value=lambda row: KINDS[row.kind], on_phone=False
        ),
        Column(key="reference", label=_("Document"), value=lambda row: row.reference),
        Column(key="label", label=pgettext_lazy("of an entry", "Label"), value=lambda row: row.label, on_phone=False),
        Column(key="amount", label=_("Amount"), value=lambda row: (row.amount, row.currency), kind=CellKind.MONEY),
    ),
    order="-date",
    search=_search_entries,
    filters=(
        Filter(
            key="journal",
            label=pgettext_lazy("accounting journal", "Journal"),
            choices=tuple(map(_in_journal, JOURNALS)),
        ),
        Filter(key="kind", label=pgettext_lazy("accounting", "Kind"), choices=tuple(map(_of_kind, KINDS))),
    ),
    period="date",
    template="ledger/entries.html",
    empty=(
        _("No entry yet"),
        _("Issue an invoice: its entry stands here at once, balanced, and never changes. Corrections reverse."),
    ),
)

LINES = Listing(
    name="ledger-lines",
    title=_("Accounts"),
    columns=(
        Column(key="account", label=_("Account"), value=lambda row: row.account, link=lambda row: _entry(row.entry)),
        Column(key="date", label=_("Date"), value=lambda row: row.date, kind=CellKind.DATE, order="date"),
        Column(key="entry", label=_("Entry"), value=lambda row: str(row.entry), on_phone=False),
        Column(key="reference", label=_("Document"), value=lambda row: row.entry.reference),
        Column(
            key="customer",
            label=_("Customer"),
            value=lambda row: row.customer.name if row.customer else "",
            on_phone=False,
        ),
        Column(
            key="debit",
            label=_("Debit"),
            value=lambda row: (row.debit_minor, row.currency) if row.debit_minor else None,
            kind=CellKind.MONEY,
        ),
        Column(
            key="credit",
            label=_("Credit"),
            value=lambda row: (row.credit_minor, row.currency) if row.credit_minor else None,
            kind=CellKind.MONEY,
        ),
    ),
    order="-date",
    search=_search_lines,
    filters=(Filter(key="account", label=_("Account"), choices=tuple(map(_on_account, ROLES))),),
    period="date",
    template="ledger/lines.html",
    empty=(
        _("No movement yet"),
        _("Each entry moves two accounts or more. Search by number, such as 411, or choose what an account is for."),
    ),
)
