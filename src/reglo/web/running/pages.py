"""The server of the pages: waitress, whose threads answer within this process."""

import signal
import socket
import time
from types import FrameType
from typing import Any

from waitress import create_server, wasyncore
from waitress.server import BaseWSGIServer

from reglo.web.environment import Environment

_PATIENCE = 30.0  #: seconds that requests in hand have once the site is told to stop
_CONNECTIONS = 1000  #: at the same time; those beyond wait
_LARGEST = 100 * 1024 * 1024  #: bytes of a request


def serve_pages(listening: socket.socket, environment: Environment) -> None:
    """Answer requests until SIGINT or SIGTERM, then let those in hand be finished. A second signal does not wait."""
    from reglo.web.wsgi import application

    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    connections: dict[int, Any] = {}
    server = create_server(
        application,
        map=connections,
        sockets=[listening],
        threads=environment.web_threads,
        connection_limit=_CONNECTIONS,
        max_request_body_size=_LARGEST,
        asyncore_use_poll=True,
        ident=None,
        clear_untrusted_proxy_headers=False,  # `reglo.web.proxies` knows whom to believe
    )
    try:
        wasyncore.loop(use_poll=True, map=connections)
    except SystemExit:
        _finish(server, connections)


def _leave(_: int, __: FrameType | None) -> None:
    raise SystemExit


def _finish(server: BaseWSGIServer, connections: dict[int, Any]) -> None:
    """Accept nobody more, and send what is being answered."""
    wasyncore.dispatcher.close(server)
    end = time.monotonic() + _PATIENCE
    while _is_answering(server) and time.monotonic() < end:
        wasyncore.loop(timeout=0.1, use_poll=True, map=connections, count=1)
    server.task_dispatcher.shutdown(timeout=1)


def _is_answering(server: BaseWSGIServer) -> bool:
    return any(channel.requests or channel.total_outbufs_len for channel in server.active_channels.values())
