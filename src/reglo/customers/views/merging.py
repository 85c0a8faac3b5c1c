"""Likely duplicates, and merging two customers into one."""

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from reglo.core.errors import DomainError
from reglo.customers.duplicates import MOST_PAIRS, likely_duplicates, lookalikes
from reglo.customers.facts import facts_of
from reglo.customers.models import Customer
from reglo.customers.queries import choosable_customers
from reglo.customers.services import merge_customers, preview_merge
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission

_MOST_CHOICES = 20


@require_GET
@needs(Permission.READ)
def duplicates(request: MemberRequest) -> HttpResponse:
    """Customers that may be one."""
    pairs = likely_duplicates(request.organisation)
    values = {"pairs": pairs, "are_more": len(pairs) >= MOST_PAIRS}
    return render(request, "customers/duplicates.html", values)


@require_GET
@needs(Permission.WRITE_CUSTOMERS)
def merge_with(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the customer that is the same as this one."""
    row = get_object_or_404(Customer.objects.of(request.organisation), pk=pk)
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    found = choosable_customers(request.organisation, text).exclude(pk=pk)[:_MOST_CHOICES] if text else []
    emails = row.contacts.values_list("email", flat=True)
    like = [each.customer for each in lookalikes(request.organisation, facts_of(row), emails, besides=row.pk)]
    return render(request, "customers/merge_with.html", {"customer": row, "q": text, "found": found, "like": like})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def merge(request: MemberRequest, kept: int, merged: int) -> HttpResponse:
    """See what merging moves, then merge."""
    rows = Customer.objects.of(request.organisation)
    pair = {"kept": get_object_or_404(rows, pk=kept), "merged": get_object_or_404(rows, pk=merged)}
    act = merge_customers if request.method == "POST" else preview_merge
    try:
        done = act(
            organisation=request.organisation,
            kept_id=kept,
            merged_id=merged,
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        return render(request, "customers/merge.html", {**pair, "error": error}, status=409)
    if request.method == "POST":
        told = _("%(merged)s is merged into %(kept)s.") % {"merged": pair["merged"].name, "kept": pair["kept"].name}
        messages.success(request, told)
        return redirect("customers:customer", slug=request.organisation.slug, pk=kept)
    rows_told = [(names_of_rows().get(each.name, each.name), each) for each in done.rows]
    return render(request, "customers/merge.html", {**pair, "rows": rows_told, "filled": bool(done.filled)})


def names_of_rows() -> dict[str, str]:
    """What the rows that point to a customer are called, whichever room they are of."""
    known = {
        "contact": _("Contacts"),
        "customeraddress": _("Addresses"),
        "termsagreement": _("Terms agreements"),
        "quote": _("Quotes"),
        "draft": _("Drafts"),
        "invoice": _("Invoices"),
        "recurrence": _("Recurring invoices"),
        "message": _("Messages"),
        "customer": _("Customers merged before"),
    }
    others = {each._meta.model_name or "": str(each._meta.verbose_name_plural) for each in apps.get_models()}
    return others | known
