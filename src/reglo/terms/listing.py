"""The list of agreements."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglo.core.folding import folded
from reglo.core.terms import sentence
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing
from reglo.terms.models import AgreementState, TermsAgreement
from reglo.terms.queries import terms_of

STATES: dict[str, tuple[str | Promise, str]] = {
    AgreementState.DRAFT: (_("draft"), "secondary"),
    AgreementState.SENT: (_("waiting for an answer"), "blue"),
    AgreementState.ACCEPTED: (_("in force"), "green"),
    AgreementState.DECLINED: (_("declined"), "red"),
    AgreementState.SUPERSEDED: (_("replaced"), "secondary"),
}
"""What each state is called, and its colour."""


def _search(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(customer__search__contains=folded(text))


def _in_state(state: str) -> Choice:
    return Choice(key=state, label=STATES[state][0], narrow=lambda rows: rows.filter(state=state))


def _sentence(row: TermsAgreement) -> str:
    return sentence(terms_of(row)).in_language(row.customer.organisation.language)


def _address(row: TermsAgreement) -> str:
    return reverse("terms:agreement", args=[row.organisation.slug, row.pk])


AGREEMENTS = Listing(
    name="agreements",
    title=_("Terms agreed"),
    columns=(
        Column(key="customer", label=_("Customer"), value=lambda row: row.customer.name, link=_address),
        Column(key="version", label=_("Version"), value=lambda row: row.version, kind=CellKind.COUNT),
        Column(key="terms", label=_("Terms"), value=_sentence, on_phone=False),
        Column(key="state", label=_("State"), value=lambda row: STATES[row.state], kind=CellKind.BADGE),
        Column(
            key="created",
            label=_("Prepared"),
            value=lambda row: row.created_at,
            kind=CellKind.MOMENT,
            order="created_at",
            on_phone=False,
        ),
    ),
    order="-created_at",
    search=_search,
    filters=(Filter(key="state", label=_("State"), choices=tuple(map(_in_state, STATES))),),
    empty=(
        _("No terms agreed yet"),
        _("Agree on delay, penalties and discount before you start: prepare terms from a customer's page."),
    ),
)
