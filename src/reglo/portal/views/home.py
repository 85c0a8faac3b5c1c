"""The first page of the portal: what waits for the customer."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reglo.organisations.queries import today_of
from reglo.portal.access import PortalRequest, visited
from reglo.portal.queries import home_of
from reglo.portal.views.showing import show


@require_safe
@visited
def home(request: PortalRequest) -> HttpResponse:
    """What is to be answered, and the documents."""
    visitor = request.visitor
    today = today_of(visitor.organisation, visitor.now)
    context = {"home": home_of(visitor.organisation, visitor.customers, today=today)}
    return show(request, "portal/home.html", context)
