"""A new link for whoever holds one that opens nothing any more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reglo.accounts.visitors import client_address
from reglo.delivery.services import send_new_link
from reglo.portal.access import link_of, too_often, with_headers
from reglo.portal.limits import NEW_LINKS_FOR_AN_ADDRESS, is_within


@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address on file, if there is one; the page is the same whether there is or not."""
    if request.method != "POST":
        return with_headers(redirect("portal:home", token))
    if not is_within(NEW_LINKS_FOR_AN_ADDRESS, client_address(request)):
        return with_headers(too_often(request))
    link = link_of(token)
    if link is not None:
        send_new_link(link=link, now=timezone.now())
    return with_headers(render(request, "portal/new_link.html"))
