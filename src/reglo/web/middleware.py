"""What every answer passes: security headers, logins within fragments, and domain errors told as a page."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self'; "
    "frame-ancestors 'self'"
)

Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Adds the content security policy: nothing inline, nothing from elsewhere."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class FragmentLoginMiddleware:
    """Where a fragment needs a login, the whole page goes there, and comes back to itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.get_response(request)
        login = resolve_url("account_login")
        if not getattr(request, "htmx", False) or not response.headers.get("Location", "").startswith(login):
            return response
        page = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]  # of HtmxMiddleware
        return HttpResponseClientRedirect(f"{login}?{urlencode({'next': page})}")


class DomainErrorMiddleware:
    """A domain error that no view caught becomes a page with its sentence, or a toast in answer to a fragment."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page or the toast of a domain error."""
        if not isinstance(exception, DomainError):
            return None
        if getattr(request, "htmx", False):
            sentence = exception.message.in_language(page_language())
            return trigger_client_event(HttpResponse(status=409), "toast", {"message": sentence, "level": "error"})
        return render(request, "web/domain_error.html", {"error": exception, "back": _referrer(request)}, status=409)


def _referrer(request: HttpRequest) -> str:
    """The page of this site that the visitor came from, else the start page."""
    referrer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()})
    return referrer if is_ours else "/"
