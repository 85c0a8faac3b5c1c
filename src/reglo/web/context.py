"""What every page of the shell needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The organisation, the membership and what its role may do, where the page is of an organisation."""
    membership = getattr(request, "membership", None)
    return {
        "organisation": getattr(request, "organisation", None),
        "membership": membership,
        "may": {each.name.lower(): True for each in membership.permissions} if membership else {},
    }
