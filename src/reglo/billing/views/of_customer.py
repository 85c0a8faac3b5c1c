"""The documents of a customer, within its page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reglo.billing.listings.quotes import STANDINGS
from reglo.billing.listings.states import kind_badge
from reglo.billing.queries.of_customer import latest_invoices, latest_quotes, sums_of
from reglo.billing.queries.quotes import standing_of
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of


@require_GET
@needs(Permission.READ)
def of_customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The latest quotes and invoices of a customer and of those merged into it, and what was billed."""
    customer = get_object_or_404(Customer.objects.of(request.organisation), pk=customer_pk)
    family, today = family_of(customer), today_of(request.organisation, timezone.now())
    values = {
        "customer": customer,
        "sums": sums_of(request.organisation, family, today),
        "quotes": [(row, STANDINGS[standing_of(row, today)]) for row in latest_quotes(request.organisation, family)],
        "invoices": [(row, kind_badge(row.kind)) for row in latest_invoices(request.organisation, family)],
    }
    return render(request, "billing/_of_customer.html", values)
