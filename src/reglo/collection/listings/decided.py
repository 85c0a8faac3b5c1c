"""The list of what Réglo decided of each customer."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.collection.models import CustomerDecision
from reglo.collection.wording import REASONS, VERDICTS
from reglo.core.folding import folded
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing


def _why(row: CustomerDecision) -> str:
    return row.why_en if page_language() == "en" else row.why_fr


def _address(row: CustomerDecision) -> str:
    return reverse("collection:story", args=[row.organisation.slug, row.customer_id])


def _search(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(Q(customer__search__contains=folded(text)))


def _with_verdict(verdict: str) -> Choice:
    return Choice(key=verdict, label=VERDICTS[verdict][0], narrow=lambda rows: rows.filter(verdict=verdict))


def _with_reason(reason: str) -> Choice:
    return Choice(key=reason, label=REASONS[reason], narrow=lambda rows: rows.filter(reason=reason))


DECIDED = Listing(
    name="decided",
    title=_("What Réglo decided"),
    columns=(
        Column(key="customer", label=_("Customer"), value=lambda row: row.customer.name, link=_address),
        Column(key="verdict", label=_("Decision"), value=lambda row: VERDICTS[row.verdict], kind=CellKind.BADGE),
        Column(key="why", label=_("Why"), value=_why),
        Column(
            key="day", label=_("Decided"), value=lambda row: row.day, kind=CellKind.DATE, order="day", on_phone=False
        ),
        Column(key="next", label=_("Next"), value=lambda row: row.next_on, kind=CellKind.DATE, on_phone=False),
    ),
    order="-day",
    search=_search,
    filters=(
        Filter(key="verdict", label=_("Decision"), choices=tuple(map(_with_verdict, VERDICTS))),
        Filter(key="reason", label=_("Reason"), choices=tuple(map(_with_reason, REASONS))),
    ),
    template="collection/decided.html",
    empty=(
        _("Nothing was decided yet"),
        _("Once reminders are on, Réglo goes through all customers with something to pay each morning."),
    ),
)
