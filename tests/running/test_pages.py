"""The server of the pages, with an application of the test's own."""

import http.client
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reglo.web.environment import read_environment
from reglo.web.running.pages import serve_pages
from reglo.web.running.start import listen

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_LARGE = b"x" * 20_000_000  # more than the kernel takes at once


@pytest.fixture(autouse=True)
def _own_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def answer_of(app: App, data: Path, monkeypatch: pytest.MonkeyPatch, **headers: str) -> bytes:
    """What a visitor gets of `app`, which tells the server to stop while it answers."""
    monkeypatch.setitem(sys.modules, "reglo.web.wsgi", SimpleNamespace(application=app))
    with listen("127.0.0.1", 0) as listening:
        got: list[bytes] = []

        def visit() -> None:
            visitor = http.client.HTTPConnection(*listening.getsockname(), timeout=30)
            visitor.request("GET", "/", headers=headers)
            got.append(visitor.getresponse().read())

        thread = threading.Thread(target=visit)
        thread.start()
        serve_pages(listening, read_environment({"REGLO_DATA": str(data)}))
        thread.join()
    return got[0]


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_an_answer_in_hand_is_sent_to_its_end_when_the_site_stops(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        stop()
        start("200 OK", [("Content-Length", str(len(_LARGE)))])
        return [_LARGE]

    assert answer_of(app, data, monkeypatch) == _LARGE


def test_what_proxies_write_reaches_the_application(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It decides itself whom to believe; a name with an underscore, which would look the same, is dropped."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        stop()
        start("200 OK", [])
        return [environ["HTTP_X_FORWARDED_FOR"].encode()]

    sent = {"X-Forwarded-For": "203.0.113.7", "X_Forwarded_For": "198.51.100.1"}
    assert answer_of(app, data, monkeypatch, **sent) == b"203.0.113.7"
