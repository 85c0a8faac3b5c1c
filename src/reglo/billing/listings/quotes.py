"""The list of quotes."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.billing.models import QuoteState
from reglo.billing.queries.quotes import QuoteStanding, search_quotes, standing_of
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing

STANDINGS: Mapping[QuoteStanding, tuple[str | Promise, str]] = {
    QuoteStanding.DRAFT: (pgettext_lazy("a quote", "Being written"), "secondary"),
    QuoteStanding.SENT: (pgettext_lazy("a quote", "Sent"), "blue"),
    QuoteStanding.EXPIRED: (pgettext_lazy("a quote", "Expired"), "orange"),
    QuoteStanding.ACCEPTED: (pgettext_lazy("a quote", "Accepted"), "green"),
    QuoteStanding.REFUSED: (pgettext_lazy("a quote", "Refused"), "red"),
    QuoteStanding.DELETED: (pgettext_lazy("a quote", "Deleted"), "secondary"),
}
"""Each standing in a word, and its colour."""


def quotes_listing(slug: str, today: date) -> Listing:
    """The list of quotes of the organisation at `slug`, on a day: what has expired depends on it."""
    return Listing(
        name="quotes",
        title=_("Quotes"),
        columns=(
            Column(
                key="number",
                label=_("Number"),
                value=lambda quote: quote.number or pgettext_lazy("a quote", "Draft"),
                link=lambda quote: reverse("billing:quote", kwargs={"slug": slug, "pk": quote.pk}),
            ),
            Column(key="customer", label=_("Customer"), value=lambda quote: quote.customer.name),
            Column(key="title", label=_("Subject"), value=lambda quote: quote.title, on_phone=False),
            Column(
                key="state",
                label=_("State"),
                value=lambda quote: STANDINGS[standing_of(quote, today)],
                kind=CellKind.BADGE,
            ),
            Column(
                key="valid_until",
                label=_("Valid until"),
                value=lambda quote: quote.valid_until,
                kind=CellKind.DATE,
                on_phone=False,
            ),
            Column(
                key="gross",
                label=_("Total with VAT"),
                value=lambda quote: (quote.gross_minor, quote.currency),
                kind=CellKind.MONEY,
            ),
            Column(
                key="edited",
                label=_("Edited"),
                value=lambda quote: quote.updated_at,
                kind=CellKind.MOMENT,
                order="updated_at",
                on_phone=False,
            ),
        ),
        order="-updated_at",
        search=search_quotes,
        filters=(Filter(key="state", label=_("State"), choices=tuple(_choices(today))),),
        period="quote_date",
        template="billing/quotes.html",
        empty=(
            _("No quotes yet"),
            _(
                "A quote says what, for how much and on which terms. "
                "The customer signs it on its own page, and you bill it from here."
            ),
        ),
    )


def _choices(today: date) -> list[Choice]:
    there = Q(deleted_at=None)
    sent = there & Q(state=QuoteState.SENT)
    wanted = {
        QuoteStanding.DRAFT: there & Q(state=QuoteState.DRAFT),
        QuoteStanding.SENT: sent & (Q(valid_until=None) | Q(valid_until__gte=today)),
        QuoteStanding.EXPIRED: sent & Q(valid_until__lt=today),
        QuoteStanding.ACCEPTED: there & Q(state=QuoteState.ACCEPTED),
        QuoteStanding.REFUSED: there & Q(state=QuoteState.REFUSED),
        QuoteStanding.DELETED: Q(deleted_at__isnull=False),
    }
    return [Choice(key=each.value, label=STANDINGS[each][0], narrow=_narrow(rows)) for each, rows in wanted.items()]


def _narrow(rows: Q) -> Callable[[QuerySet], QuerySet]:
    return lambda quotes: quotes.filter(rows)
