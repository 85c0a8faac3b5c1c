"""The list of negotiations."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.core.folding import folded
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing
from reglo.negotiation.models import Negotiation, NegotiationState
from reglo.negotiation.wording import KINDS, STATES


def _search(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(search__contains=folded(text))


def _in_state(state: NegotiationState) -> Choice:
    return Choice(key=state.value, label=STATES[state][0], narrow=lambda rows: rows.filter(state=state.value))


def _address(row: Negotiation) -> str:
    return reverse("negotiation:negotiation", args=[row.organisation.slug, row.pk])


NEGOTIATIONS = Listing(
    name="negotiations",
    title=_("Negotiation"),
    columns=(
        Column(key="name", label=_("With"), value=lambda row: row.name, order="name", link=_address),
        Column(
            key="kind",
            label=pgettext_lazy("of negotiation", "Kind"),
            value=lambda row: str(KINDS[row.kind]),
            on_phone=False,
        ),
        Column(key="rounds", label=_("Rounds"), value=lambda row: row.round_count, kind=CellKind.COUNT, on_phone=False),
        Column(key="state", label=_("State"), value=lambda row: STATES[row.state], kind=CellKind.BADGE),
        Column(
            key="updated",
            label=_("Last change"),
            value=lambda row: row.updated_at,
            kind=CellKind.MOMENT,
            order="updated_at",
            on_phone=False,
        ),
    ),
    order="-updated_at",
    search=_search,
    filters=(Filter(key="state", label=_("State"), choices=tuple(map(_in_state, STATES))),),
    template="negotiation/list.html",
    empty=(
        _("No negotiation yet"),
        _(
            "Before you answer “60 days, please”: see what it costs you, what it gives them, and what both would "
            "prefer. Begin with a customer, a prospect or a call for tenders."
        ),
    ),
)
