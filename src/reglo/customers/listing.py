"""The list of customers."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.accounts.language import page_language
from reglo.core.parties import spaced_siren
from reglo.core.terms import BuyerKind
from reglo.customers.models import Customer
from reglo.customers.queries import search_customers
from reglo.customers.wording import KINDS
from reglo.lists.archived import archived_filter, without_archived
from reglo.lists.listing import BulkAct, CellKind, Choice, Column, Filter, Listing
from reglo.organisations.models import Organisation
from reglo.organisations.permissions import Permission

_COLOURS = {BuyerKind.BUSINESS: "blue", BuyerKind.CONSUMER: "purple"}


def listing_of(organisation: Organisation) -> Listing:
    """The list of an organisation's customers."""
    language = page_language()

    def link(customer: Customer) -> str:
        return reverse("customers:customer", kwargs={"slug": organisation.slug, "pk": customer.pk})

    def kind(customer: Customer) -> tuple[str, str]:
        known = BuyerKind(customer.kind)
        return KINDS[known].in_language(language), _COLOURS.get(known, "green")

    return Listing(
        name="customers",
        title=_("Customers"),
        columns=(
            Column(key="name", label=_("Name"), value=lambda each: each.name, order="name", link=link),
            Column(key="kind", label=_("Kind"), value=kind, kind=CellKind.BADGE, on_phone=False),
            Column(key="number", label=_("SIREN or VAT number"), value=_number, on_phone=False),
            Column(key="city", label=_("City"), value=lambda each: each.city),
            Column(key="code", label=_("Code"), value=lambda each: each.reference, on_phone=False),
            Column(
                key="created",
                label=_("Since"),
                value=lambda each: each.created_at,
                kind=CellKind.MOMENT,
                order="created_at",
                on_phone=False,
            ),
        ),
        order="name",
        search=search_customers,
        filters=(
            Filter(
                key="kind",
                label=_("Kind"),
                choices=[
                    Choice(key=each.value, label=text.in_language(language), narrow=_of_kind(each))
                    for each, text in KINDS.items()
                ],
            ),
            archived_filter(pgettext_lazy("customers", "Archived")),
        ),
        bulk_acts=(
            BulkAct(
                label=_("Archive"),
                url="customers:archive-many",
                permission=Permission.WRITE_CUSTOMERS,
                confirm=_("These customers leave the lists; their documents stay, and you can restore them."),
            ),
        ),
        template="customers/list.html",
        empty=(
            _("No customer yet"),
            _("Create your first customer with its SIREN, or import the list of the tool that you come from."),
        ),
    )


def listed(organisation: Organisation, state: str) -> QuerySet:
    """The rows of the list: archived customers only where they are asked for."""
    return without_archived(Customer.objects.of(organisation), state)


def _number(customer: Customer) -> str:
    return spaced_siren(customer.siren) if customer.siren else customer.vat_number or customer.registration


def _of_kind(kind: BuyerKind):  # type: ignore[no-untyped-def]  # a narrowing of Choice
    return lambda rows: rows.filter(kind=kind.value)
