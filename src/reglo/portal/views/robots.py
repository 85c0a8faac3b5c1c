"""What search engines may look at: the start page, and nothing of organisations and customers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_RULES = "User-agent: *\nDisallow: /p/\nDisallow: /o/\nDisallow: /accounts/\nAllow: /$\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view takes its request
    """robots.txt."""
    return HttpResponse(_RULES, content_type="text/plain; charset=utf-8")
