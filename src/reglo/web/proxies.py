"""Proxies before the site: whom to believe about where a request comes from."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxyMiddleware:
    """Writes the address of the visitor to REMOTE_ADDR, as REGLO_TRUSTED_PROXIES lets it be known.

    Each trusted proxy adds the address that it saw at the end of X-Forwarded-For: with n of them, the n-th from the
    end is the visitor's. What stands before it was written by the visitor, who may lie. A proxy that nobody declared
    is not believed, and https is known from X-Forwarded-Proto only where there is a trusted one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, the visitor's address being known."""
        seen = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
        if settings.TRUSTED_PROXIES and len(seen) >= settings.TRUSTED_PROXIES:
            visitor = seen[-settings.TRUSTED_PROXIES]
            if _is_address(visitor):
                request.META["REMOTE_ADDR"] = visitor
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
