"""Rows of the organisation of a page, or 404."""

from django.shortcuts import get_object_or_404

from reglo.customers.models import Customer
from reglo.organisations.access import MemberRequest


def customer_or_404(request: MemberRequest, pk: int) -> Customer:
    """A customer of the organisation. Raises Http404."""
    rows = Customer.objects.of(request.organisation).select_related("organisation", "merged_into")
    return get_object_or_404(rows, pk=pk)
