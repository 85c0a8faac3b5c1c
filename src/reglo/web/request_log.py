"""Each request in the log and in the counts."""

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from reglo.core.errors import DomainError
from reglo.web.metrics import observe_request

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_REFUSALS = (Http404, PermissionDenied, SuspiciousOperation, DomainError)
_WATCHED = ("healthz", "readyz", "metrics")

log = structlog.get_logger("reglo.web")


class RequestLogMiddleware:
    """Logs each request by the name of its view, and counts it. The address is not logged: it may hold a token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; every log line on the way carries the number of the request."""
        number = _number_of(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        begin = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - begin
        self._tell(request, response, seconds)
        structlog.contextvars.clear_contextvars()
        response.headers["X-Request-ID"] = number
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Say what a view failed of; the page of the failure is made by others. A refusal is no failure."""
        if isinstance(exception, _REFUSALS):
            return
        log.error("view_failed", view=_view_of(request), exc_info=exception)

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        view = _view_of(request)
        observe_request(view=view, method=request.method or "", status=response.status_code, seconds=seconds)
        if view.rpartition(":")[2] in _WATCHED:
            return
        log.info(
            "request",
            view=view,
            method=request.method,
            status=response.status_code,
            ms=round(seconds * 1000),
            organisation=getattr(getattr(request, "organisation", None), "pk", None),
        )


def _view_of(request: HttpRequest) -> str:
    """The name of the view: one of few, whatever visitors type."""
    match = request.resolver_match
    return match.view_name if match and match.view_name else "unknown"


def _number_of(request: HttpRequest) -> str:
    """The number that a trusted proxy gave the request, else one of our own."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.TRUSTED_PROXIES and _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
