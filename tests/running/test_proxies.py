"""Proxies: only those that are declared are believed about where a request comes from."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from reglo.web.proxies import ProxyMiddleware


def _address(forwarded: str | None, trusted: int) -> str:
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    with override_settings(TRUSTED_PROXIES=trusted):
        ProxyMiddleware(answer)(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers))
    return seen[0]


@pytest.mark.parametrize(
    ("forwarded", "trusted", "address"),
    [
        (None, 0, "10.0.0.1"),
        ("203.0.113.7", 0, "10.0.0.1"),
        (None, 1, "10.0.0.1"),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7, 10.0.0.9", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "10.0.0.1"),
        (" , ,", 1, "10.0.0.1"),
        ("<script>", 1, "10.0.0.1"),
        ("2001:db8::7", 1, "2001:db8::7"),
    ],
)
def test_the_visitor_is_who_the_outermost_trusted_proxy_saw(forwarded: str | None, trusted: int, address: str) -> None:
    assert _address(forwarded, trusted) == address
