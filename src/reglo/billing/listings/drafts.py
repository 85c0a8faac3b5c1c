"""The list of drafts."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reglo.billing.forms.choices import KINDS
from reglo.billing.listings.states import DELETED, kind_badge
from reglo.billing.models import Draft
from reglo.billing.queries.drafts import search_drafts
from reglo.lists.listing import BulkAct, CellKind, Choice, Column, Filter, Listing


def _customer(draft: Draft) -> object:
    return draft.customer.name if draft.customer else _("No customer yet")


def _state(draft: Draft) -> object:
    return DELETED if draft.deleted_at else kind_badge(draft.kind)


def _of_kind(kind: str) -> Choice:
    def narrow(rows: QuerySet) -> QuerySet:
        return rows.filter(kind=kind)

    return Choice(key=kind, label=next(label for each, label in KINDS.items() if each.value == kind), narrow=narrow)


def drafts_listing(slug: str) -> Listing:
    """The list of drafts of the organisation at `slug`."""
    return Listing(
        name="drafts",
        title=_("Drafts"),
        columns=(
            Column(
                key="customer",
                label=_("Customer"),
                value=_customer,
                link=lambda draft: reverse("billing:draft", kwargs={"slug": slug, "pk": draft.pk}),
            ),
            Column(key="kind", label=_("Kind"), value=_state, kind=CellKind.BADGE),
            Column(
                key="gross",
                label=_("Total with VAT"),
                value=lambda draft: (draft.gross_minor, draft.currency),
                kind=CellKind.MONEY,
            ),
            Column(
                key="edited",
                label=_("Edited"),
                value=lambda draft: draft.updated_at,
                kind=CellKind.MOMENT,
                order="updated_at",
            ),
            Column(key="by", label=_("By"), value=lambda draft: str(draft.edited_by or "Réglo"), on_phone=False),
        ),
        order="-updated_at",
        search=search_drafts,
        filters=(
            Filter(
                key="state",
                label=_("State"),
                choices=(
                    Choice(key="open", label=_("Being written"), narrow=lambda rows: rows.filter(deleted_at=None)),
                    Choice(key="deleted", label=_("Deleted"), narrow=lambda rows: rows.exclude(deleted_at=None)),
                ),
            ),
            Filter(key="kind", label=_("Kind"), choices=tuple(_of_kind(each.value) for each in KINDS)),
        ),
        bulk_acts=(
            BulkAct(
                label=_("Issue the ticked ones"),
                url="billing:drafts-issue",
                permission="issue",
                confirm=_("Each ticked draft gets its number and is sealed. An issued document can never be changed."),
            ),
        ),
        template="billing/drafts.html",
        empty=(_("No drafts"), _("What you begin and do not finish waits here. Nothing is lost.")),
    )
