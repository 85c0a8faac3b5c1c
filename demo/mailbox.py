"""The mailbox of the demonstration: what Réglo sends lands in a file that every mail program opens (mbox)."""

from collections.abc import Sequence
from email.generator import BytesGenerator
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_kept: list[Path] = []


def keep_in(file: Path) -> None:
    """Keep what is sent from now on; until then it is taken and forgotten."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    _kept[:] = [file]


class Mailbox(BaseEmailBackend):
    """Takes every message."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take them all."""
        for file in _kept:
            with file.open("ab") as box:
                for each in email_messages:
                    BytesGenerator(box, mangle_from_=True).flatten(each.message(), unixfrom=True)
                    box.write(b"\n")
        return len(email_messages)
