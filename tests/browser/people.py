"""Somebody before a browser, and the post that reaches people."""

import os
import re
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.delivery.mail_server import MailServer, wait_until

PATIENCE = 90  # seconds for an e-mail that can be undone for ten, on a busy machine


class Person:
    """Somebody before a browser, who finds things by what stands beside them."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self._shots = page, name, 0

    def opens(self, address: str) -> None:
        """Go to an address that an e-mail names."""
        self.page.goto(address)

    def field(self, label: str) -> Locator:
        """The first field with this label, required or not."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}(\s\*)?\s*$")).first

    def fills(self, **fields: str) -> None:
        """Type into fields; "_" in a name is a space."""
        for label, text in fields.items():
            self.field(label.replace("_", " ")).fill(text)

    def follows(self, name: str) -> None:
        """Follow the first link of this name."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def presses(self, name: str) -> None:
        """Press the button of this name by keyboard."""
        self.page.get_by_role("button", name=name, exact=True).press("Enter")

    def reads(self, text: str) -> None:
        """See a text on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def keeps_a_picture(self, what: str) -> None:
        """A screenshot for the documentation, where somebody wants it."""
        if folder := os.environ.get("REGLO_SHOTS"):
            self._shots += 1
            self.page.screenshot(path=Path(folder) / f"{self.name}-{self._shots:02}-{what}.png")


def received(post: MailServer, to: str, subject: str) -> EmailMessage:
    """The e-mail to somebody about something, once it is there."""

    def found() -> list[EmailMessage]:
        return [each for each in post.messages if to in str(each["To"]) and subject in str(each["Subject"])]

    wait_until(found, seconds=PATIENCE)
    return found()[-1]


def link_in(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(re.findall(r"http://\S+", body.get_content())[0])
