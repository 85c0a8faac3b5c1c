"""From a late invoice to thanks: reminder, portal, promise, a round that lets be, a bank file, paid everywhere.

The site and the mail server are real; the worker is a process that is told what time it is, so that nobody waits for
the next morning. REGLO_SHOTS names a folder for screenshots.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from reglo.core.bank import Balance, BankAccount, BankLine, LineKind, Statement
from reglo.core.collection import DEFAULT_POLICY
from reglo.formats.bank import write_camt053
from tests.browser.conftest import PHONE, WIDE
from tests.browser.faults import Watch, accessibility_faults, too_wide
from tests.browser.people import Person, link_in, received
from tests.browser.server import run_python, running_command
from tests.delivery.mail_server import MailServer

pytestmark = pytest.mark.smtp
PARIS = ZoneInfo("Europe/Paris")
TIMES = DEFAULT_POLICY.times
CUSTOMER = "claire@librairie.example"
AMOUNT = "1 080,00 €"
A_DAY, TWO_HOURS = timedelta(days=1), timedelta(hours=2)
DUE_AFTER, DAYS_LATE = timedelta(days=30), timedelta(days=9)


def morning_before(day: date) -> datetime:
    """Ten o'clock of the last day before `day` on which messages may leave."""
    found = datetime.combine(day - A_DAY, time(10), PARIS)
    return found if TIMES.first_moment(found) == found else morning_before(day - A_DAY)


TODAY = datetime.now(PARIS).date()
REMINDED = morning_before(TODAY)
NEXT_ROUND = TIMES.first_moment(datetime.combine(TODAY + A_DAY, time(10), PARIS))
A_WEEK_LATER = TIMES.first_moment(NEXT_ROUND + timedelta(days=7))  # the firm reminder, were nothing promised
ISSUED = REMINDED - DAYS_LATE - DUE_AFTER


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that collects, as a browser and its worker reach it."""

    url: str
    made: dict[str, Any]  #: slug, customer, invoice, number, iban
    work: Callable[[datetime], object]  #: the worker looks in at an instant

    def page(self, path: str) -> str:
        """The address of a page of the firm."""
        return f"/o/{self.made['slug']}/{path}"


@pytest.fixture
def firm(post: MailServer, tmp_path: Path) -> Iterator[Firm]:
    run_python(tmp_path, "-m", "django", "migrate", "--verbosity", "0")
    made = json.loads(run_python(tmp_path, "-m", "tests.browser.collecting", "prepare", ISSUED.isoformat()))
    with running_command("web", tmp_path) as url:
        there = {"REGLO_URL": url, "REGLO_EMAIL": f"smtp://127.0.0.1:{post.port}"}

        def work(now: datetime) -> None:
            run_python(tmp_path, "-m", "tests.browser.collecting", "work", now.isoformat(), **there)

        yield Firm(url, made, work)


@pytest.fixture
def owner(browser: Browser, firm: Firm) -> Iterator[Person]:
    """Who sends invoices; what goes wrong on the console fails the test."""
    with browser.new_context(base_url=firm.url, viewport=WIDE, locale="fr-FR", reduced_motion="reduce") as context:
        context.add_cookies([{"name": "sessionid", "value": firm.made["session"], "url": firm.url}])
        person = Person(context.new_page(), "owner")
        watch = Watch(person.page, firm.url.removeprefix("http://"))
        yield person
        assert not watch.take()


@pytest.fixture
def customer(browser: Browser, firm: Firm) -> Iterator[Person]:
    """Who has to pay, with a telephone."""
    with browser.new_context(base_url=firm.url, viewport=PHONE, locale="fr-FR", reduced_motion="reduce") as context:
        person = Person(context.new_page(), "debtor")
        watch = Watch(person.page, firm.url.removeprefix("http://"))
        yield person
        assert not watch.take()


def test_a_late_invoice_is_reminded_of_promised_paid_and_thanked_for(
    firm: Firm, owner: Person, customer: Person, post: MailServer
) -> None:
    firm.work(REMINDED)
    reminder = received(post, CUSTOMER, firm.made["number"])
    assert AMOUNT in text_of(reminder)
    see_what_is_owed(firm, owner)
    reference = promise_to_pay(customer, reminder)
    see_the_promise(firm, owner)
    firm.work(NEXT_ROUND)
    see_why_nothing_was_sent(firm, owner)
    firm.work(A_WEEK_LATER)
    assert subjects_to_customer(post) == [reminder["Subject"]]
    bring_the_bank_file(firm, owner, reference)
    firm.work(A_WEEK_LATER + TWO_HOURS)
    see_that_it_is_matched(owner)
    see_that_it_is_paid(firm, owner)
    see_on_the_portal_that_it_is_paid(customer, reminder)
    firm.work(A_WEEK_LATER + 2 * TWO_HOURS)
    thanks = received(post, CUSTOMER, "merci")
    assert AMOUNT in text_of(thanks)
    assert subjects_to_customer(post) == [reminder["Subject"], thanks["Subject"]]


def subjects_to_customer(post: MailServer) -> list[str]:
    """What the customer was written, in order."""
    return [str(each["Subject"]) for each in post.messages if CUSTOMER in str(each["To"])]


def plain(text: str) -> str:
    """A text with spaces of one kind."""
    return " ".join(text.split())


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return plain(body.get_content())


def look(person: Person, what: str) -> None:
    """Nothing is wrong for a screen reader, nothing beside the screen; a picture is kept."""
    assert not accessibility_faults(person.page)
    assert not too_wide(person.page)
    person.keeps_a_picture(what)


def part(person: Person, title: str) -> str:
    """What the part of a page with a title says, once it is there."""
    found = person.page.get_by_role("region", name=title, exact=True)
    expect(found).not_to_contain_text(re.compile(r"^Voir"))
    expect(found.locator("[hx-get]:not(.htmx-request)")).to_have_count(1)
    found.scroll_into_view_if_needed()
    return plain(found.inner_text())


def see_what_is_owed(firm: Firm, owner: Person) -> None:
    """The invoice and the customer's page say the same."""
    owner.opens(firm.page(f"invoices/{firm.made['invoice']}/"))
    assert f"en retard Reste dû : {AMOUNT}" in part(owner, "Paiements")
    look(owner, "late")
    owner.opens(firm.page(f"customers/{firm.made['customer']}/"))
    assert AMOUNT in part(owner, "Ce qui est dû")
    assert f"Reste dû : {AMOUNT}" in part(owner, "Paiements et avances")
    look(owner, "customer")


def promise_to_pay(customer: Person, reminder: EmailMessage) -> str:
    """From the link in the reminder; the reference for the transfer, as the portal shows it."""
    customer.opens(link_in(reminder))
    customer.reads(AMOUNT)
    look(customer, "reminded")
    customer.follows("Dire quand je paierai")
    customer.page.locator("#id_by_day").fill((TODAY + timedelta(days=20)).isoformat())
    look(customer, "promise")
    customer.presses("Continuer")
    customer.presses("Confirmer")
    customer.page.wait_for_url("**/owed/")
    customer.reads("Merci, nous attendons jusque-là.")
    look(customer, "promised")
    customer.follows("Payer par virement")
    customer.reads(AMOUNT)
    look(customer, "transfer")
    fact = customer.page.get_by_text("Référence à indiquer").locator("xpath=following-sibling::dd//code")
    return fact.inner_text()


def see_the_promise(firm: Firm, owner: Person) -> None:
    owner.opens(firm.page(f"customers/{firm.made['customer']}/"))
    assert f"Promis : {AMOUNT}" in part(owner, "Ce qui est dû")
    look(owner, "promise")


def see_why_nothing_was_sent(firm: Firm, owner: Person) -> None:
    owner.opens(firm.page("collection/decided/"))
    row = owner.page.get_by_role("row").filter(has_text="Librairie du Port")
    expect(row).to_contain_text("laissé tranquille")
    expect(row).to_contain_text("promis")
    look(owner, "decided")


def bring_the_bank_file(firm: Firm, owner: Person, reference: str) -> None:
    """By keyboard: chosen, previewed, taken in."""
    owner.opens(firm.page("bank/"))
    owner.page.get_by_role("link", name="Importer des fichiers bancaires").first.press("Enter")
    told = FilePayload(name="releve.xml", mimeType="application/xml", buffer=statement_with(firm, reference))
    owner.page.locator("input[type=file]").set_input_files(told)
    owner.presses("Voir ce qu'il contient")
    owner.reads("1 580,00 €")
    look(owner, "file")
    owner.presses("Importer 1 nouvelle ligne")
    owner.reads("Voir ce qui est rapproché et ce qui reste")
    look(owner, "imported")


def statement_with(firm: Firm, reference: str) -> bytes:
    """A statement of today: the customer's transfer, with the reference that the portal gave it."""
    line = BankLine(
        booked=TODAY,
        valued=TODAY,
        amount=Decimal("1080.00"),
        currency="EUR",
        kind=LineKind.TRANSFER,
        text=f"VIR {reference}",
        payer="LIBRAIRIE DU PORT",
    )
    statement = Statement(
        account=BankAccount(iban=firm.made["iban"], currency="EUR", owner="Atelier Lumière SAS"),
        lines=(line,),
        identifier="1",
        opening=Balance(on=TODAY - A_DAY, amount=Decimal("500.00")),
        closing=Balance(on=TODAY, amount=Decimal("1580.00")),
    )
    return write_camt053(statement)


def see_that_it_is_matched(owner: Person) -> None:
    """Posted without a question, and why."""
    owner.page.get_by_role("link", name="Voir ce qui est rapproché et ce qui reste").press("Enter")
    owner.reads("Plus rien à décider ici.")
    look(owner, "bank")
    owner.page.get_by_role("link", name="Toutes les lignes").press("Enter")
    owner.reads("LIBRAIRIE DU PORT")
    look(owner, "lines")


def see_that_it_is_paid(firm: Firm, owner: Person) -> None:
    """The invoice, the payment and the customer's page say the same."""
    owner.opens(firm.page(f"invoices/{firm.made['invoice']}/"))
    said = part(owner, "Paiements")
    assert said.startswith("Paiements payée")
    assert AMOUNT in said
    look(owner, "paid")
    owner.page.get_by_role("region", name="Paiements").get_by_role("link").first.press("Enter")
    owner.reads("Pourquoi il a été rapproché")
    look(owner, "payment")
    owner.opens(firm.page(f"customers/{firm.made['customer']}/"))
    assert "Rien n'est dû." in part(owner, "Ce qui est dû")
    assert AMOUNT in part(owner, "Paiements et avances")
    look(owner, "customer-paid")


def see_on_the_portal_that_it_is_paid(customer: Person, reminder: EmailMessage) -> None:
    customer.opens(link_in(reminder))
    customer.reads("Rien : c'est réglé, merci.")
    look(customer, "paid")
    customer.page.goto(re.sub(r"(/p/[^/]+/).*", r"\1owed/", customer.page.url))
    customer.reads("Rien à payer")
    customer.page.get_by_text("Payé ces douze derniers mois").click()
    customer.reads(AMOUNT)
    customer.reads("Tenu, merci.")
    look(customer, "kept")
