"""The list of issued invoices."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.billing.forms.choices import KINDS
from reglo.billing.listings.states import kind_badge, settlement_badge
from reglo.billing.models import Invoice
from reglo.billing.queries.invoices import corrected, search_invoices
from reglo.billing.queries.settlement import late, lost, not_yet_due, paid
from reglo.lists.listing import BulkAct, CellKind, Choice, Column, Filter, Listing


def invoices_listing(slug: str, today: date) -> Listing:
    """The list of invoices of the organisation at `slug`, on a day: what is past due depends on it."""
    return Listing(
        name="invoices",
        title=_("Invoices"),
        columns=tuple(_columns(slug, today)),
        order="-issue_date",
        search=search_invoices,
        filters=(
            Filter(key="kind", label=_("Kind"), choices=tuple(_of_kind(each.value) for each in KINDS)),
            Filter(key="state", label=_("State"), choices=_states(slug, today)),
        ),
        period="issue_date",
        bulk_acts=(BulkAct(label=_("Download the PDFs"), url="billing:invoices-zip", permission="read"),),
        template="billing/invoices.html",
        empty=(
            _("No invoice yet"),
            _("Begin one, or bill an accepted quote. Once issued it stands here for good, numbered and sealed."),
        ),
    )


def _columns(slug: str, today: date) -> Iterator[Column]:
    yield Column(
        key="number",
        label=_("Number"),
        value=lambda invoice: invoice.number,
        link=lambda invoice: reverse("billing:invoice", kwargs={"slug": slug, "pk": invoice.pk}),
    )
    yield Column(key="customer", label=_("Customer"), value=lambda invoice: invoice.customer_name)
    yield Column(
        key="kind",
        label=_("Kind"),
        value=lambda invoice: kind_badge(invoice.kind),
        kind=CellKind.BADGE,
        on_phone=False,
    )
    yield Column(
        key="date",
        label=_("Date"),
        value=lambda invoice: invoice.issue_date,
        kind=CellKind.DATE,
        order="issue_date",
        on_phone=False,
    )
    yield Column(key="due", label=_("Due"), value=lambda invoice: invoice.due_date, kind=CellKind.DATE, on_phone=False)
    yield Column(
        key="state",
        label=_("State"),
        value=lambda invoice: settlement_badge(invoice, invoice.open_minor, today, is_lost=invoice.is_lost),
        kind=CellKind.BADGE,
    )
    yield Column(
        key="net",
        label=pgettext_lazy("amount", "Without VAT"),
        value=lambda invoice: (invoice.net_minor, invoice.currency),
        kind=CellKind.MONEY,
        on_phone=False,
    )
    yield Column(
        key="gross",
        label=pgettext_lazy("amount", "With VAT"),
        value=lambda invoice: (invoice.gross_minor, invoice.currency),
        kind=CellKind.MONEY,
        order="gross_minor",
    )


def _states(slug: str, today: date) -> Sequence[Choice]:
    return (
        Choice(key="coming", label=_("Due date to come"), narrow=partial(not_yet_due, slug=slug, today=today)),
        Choice(key="past", label=_("Late"), narrow=partial(late, slug=slug, today=today)),
        Choice(key="paid", label=pgettext_lazy("invoices", "Paid"), narrow=paid),
        Choice(key="lost", label=pgettext_lazy("invoices", "Written off"), narrow=lost),
        Choice(key="corrected", label=_("Credited or corrected"), narrow=corrected),
    )


def _of_kind(kind: str) -> Choice:
    def narrow(rows: QuerySet[Invoice]) -> QuerySet[Invoice]:
        return rows.filter(kind=kind)

    return Choice(key=kind, label=next(label for each, label in KINDS.items() if each.value == kind), narrow=narrow)
