"""What each request of a user passes: the language of the pages, and the note of the visit."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation

_NOTED_EVERY = 300  # seconds


class LanguageMiddleware:
    """Speaks the language of the user; to a visitor, that of the browser, French first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language."""
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class SessionActivityMiddleware:
    """Writes down now and then where a user was last seen, for the list of sessions.

    allauth's own middleware writes with each request; where a database has one writer, each page would wait for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, having noted the visit if none was noted lately."""
        if request.user.is_authenticated and cache.add(f"seen-{request.session.session_key}", True, _NOTED_EVERY):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
