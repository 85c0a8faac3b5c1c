"""Where a request comes from."""

from ipaddress import ip_address

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The IP address of the visitor, or None where the server says none (a socket of the machine).

    Behind proxies, `web.proxies` has written what those that the site trusts say.
    """
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
