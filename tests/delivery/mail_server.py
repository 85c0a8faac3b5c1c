"""A real mail server for tests: it keeps what it took, refuses what it is told to, and can stall before it answers."""

import asyncio
import socket
import threading
import time
from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Speaks SMTP on a free port of this machine, in a thread of its own."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.refusals: dict[str, str] = {}  #: command → answer: {"RCPT": "550 unknown"}
        self.stall_before: str = ""  #: "RCPT", "DATA" or "250"
        self.stalled = threading.Event()
        self.port = _free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, data_size_limit=20_000_000)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def messages(self) -> list[EmailMessage]:
        """What it took, in order."""
        return [message_from_bytes(each, policy=default) for each in self.taken]  # type: ignore[misc]

    def by_message_id(self) -> Counter[str]:
        """How often it took each Message-ID."""
        return Counter(str(each["Message-ID"]) for each in self.messages)

    async def handle_RCPT(  # noqa: N802  # the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        await self._perhaps_stall("RCPT")
        if "RCPT" in self.refusals:
            return self.refusals["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        await self._perhaps_stall("250")
        return "250 taken"

    async def _perhaps_stall(self, where: str) -> None:
        if self.stall_before == where:
            self.stalled.set()
            self.stall_before = ""
            await asyncio.sleep(3600)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Any, *, seconds: float = 20) -> None:
    """Wait for something that another process does. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
