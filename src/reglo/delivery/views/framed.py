"""E-mails as pages in a frame: they can do nothing, and nobody can be led away by them."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from reglo.core.errors import DomainError
from reglo.delivery.composing import PORTAL, Composed

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def framed(composed: Composed, **head: object) -> HttpResponse:
    """The HTML of a message, exactly as it is received, below a head that says who writes to whom."""
    shown = composed.html.replace(PORTAL, "#")
    if head:
        said = render_to_string("delivery/_envelope.html", {"subject": composed.subject, **head})
        shown = shown.replace("<body>", f"<body>{said}", 1)
    return _answer(shown)


def refused(error: DomainError, language: str) -> HttpResponse:
    """Why there is no message to show."""
    message = error.message.in_language(language)
    return _answer(render_to_string("delivery/problem.html", {"message": message, "language": language}))


def _answer(html: str) -> HttpResponse:
    return HttpResponse(html, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"})
