"""Two years of a small firm, day by day, through the services that the pages call.

Nothing is written past them, so that the demonstration shows what the program does: customers agree to terms, sign
quotes and open their invoices; each night the worker does its jobs. Chance has a seed and the last day is given: the
same arguments give the same two years.
"""

import heapq
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from demo import firm, mailbox
from demo.bank import Bank
from demo.chasing import Chasing
from demo.login import EMAIL, PASSWORD
from reglo.accounts.models import User
from reglo.billing.models import Draft, Invoice, Quote
from reglo.billing.services.drafts import create_draft
from reglo.billing.services.follow_ups.bills import draft_deposit, draft_final, draft_progress
from reglo.billing.services.follow_ups.corrections import LinesCredit, WholeCredit, draft_corrective, draft_credit
from reglo.billing.services.issue import issue_draft
from reglo.billing.services.quotes.answering import accept_quote, refuse_quote
from reglo.billing.services.quotes.writing import create_quote
from reglo.billing.services.recurring import RecurrenceFacts, create_recurrence
from reglo.core.composition import DocumentKind
from reglo.core.dates import is_business_day
from reglo.core.mentions import Nature
from reglo.core.parties import VatRegime
from reglo.core.terms import BuyerKind, Sector, Share, parse_terms
from reglo.customers.facts import ContactFacts, CustomerFacts
from reglo.customers.models import Customer
from reglo.customers.services.customers import create_customer
from reglo.delivery.services.sending import send_invoice, send_quote, send_terms
from reglo.jobs.clock import tick
from reglo.jobs.doing import do, due_jobs
from reglo.journal.services import Actor
from reglo.organisations.models import FranchiseActivity, Role
from reglo.organisations.services.bank_accounts import add_bank_account
from reglo.organisations.services.identity import change_identity, create_organisation
from reglo.organisations.services.people import accept_invitation, invite
from reglo.organisations.services.settings import change_accent, change_logo, change_vat_regime
from reglo.portal.services import see_document
from reglo.products.facts import ProductFacts
from reglo.products.models import Product
from reglo.products.services import create_product, set_price
from reglo.terms.models import ConditionsOfSale
from reglo.terms.services import add_conditions, answer_agreement, create_agreement

_PARIS = ZoneInfo("Europe/Paris")
_DAYS = 730
_CHASED = 90  #: days before the last on which collection was switched on
_CONSENT = "Bon pour accord : je commande ce qui est décrit dans ce devis, aux conditions qui y figurent."
_REASONS = ("Le budget a été revu à la baisse.", "Nous avons retenu une autre offre.", "Le projet est reporté.")
_PROJECTS = ("Éclairage de la salle", "Rénovation du hall", "Mise en lumière de la façade", "Extension du réseau DALI")
_KINDS = {Nature.GOODS: "goods", Nature.SERVICES: "services"}

Act = Callable[[datetime], None]


class Life:
    """The firm, its calendar, and chance."""

    def __init__(self, *, last_day: date, folder: Path, seed: int = 2026, days: int = _DAYS) -> None:
        self.last_day = last_day
        self.first_day = last_day - timedelta(days=days)
        self.chased_from = last_day - timedelta(days=_CHASED)
        self.folder = folder  #: where the files of the bank and the mailbox go
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.bank = Bank(first_day=self.first_day, seed=seed + 1, folder=folder / "bank")
        self.chasing = Chasing(self.bank, seed=seed + 2, visitor=self._visitor)
        self.calendar: list[tuple[date, int, Act]] = []
        self.order = count()
        self.products: list[Product] = []

    def live(self) -> None:
        """Every day from the first to the last, and no hour of the last that has not come."""
        self._found()
        for place, buyer in enumerate(firm.BUYERS):
            self._on(self.first_day + timedelta(days=place if place < 15 else 12 * place), self._meeting(place, buyer))
        self._on(self.chased_from, self._chase)
        self._on(self.last_day - timedelta(days=1), lambda now: self.chasing.leave_open(self.organisation, now=now))
        day = self.first_day
        while day <= self.last_day:
            self._pass(day)
            day += timedelta(days=1)

    # Time

    def _on(self, day: date, act: Act) -> None:
        """Do something on the first working day from `day` on, if the story goes on that long."""
        while not is_business_day(day):
            day += timedelta(days=1)
        if day <= self.last_day:
            heapq.heappush(self.calendar, (day, next(self.order), act))

    def _after(self, now: datetime, least: int, most: int, act: Act) -> None:
        """Do something some days later."""
        self._on(now.date() + timedelta(days=self.chance.randint(least, most)), act)

    def _pass(self, day: date) -> None:
        """What the calendar holds for one day, then what the worker does."""
        acts = 0
        while self.calendar and self.calendar[0][0] <= day:
            act = heapq.heappop(self.calendar)[2]
            acts += 1
            act(self._instant(day, acts))
        is_chased = day >= self.chased_from and is_business_day(day)
        if acts or day.day == 1 or is_chased:  # nothing else is due on other days
            self._work(self._instant(day, max(acts + 1, 6)))
        if is_chased:
            self.chasing.pass_day(self.organisation, by=self.by, now=self._instant(day, max(acts + 1, 6) + 5))

    def _instant(self, day: date, minutes: int) -> datetime:
        """Some time of the working day, and never one that is still to come."""
        return min(datetime.combine(day, time(8, 30), _PARIS) + timedelta(minutes=11 * minutes), timezone.now())

    def _work(self, now: datetime) -> None:
        """The minute of the worker that does the day's jobs: what came again, messages, files."""
        tick(now)
        then = now + timedelta(minutes=5)
        while jobs := list(due_jobs(then).values_list("pk", flat=True)):  # one leads to another: a round, a message
            for job in jobs:
                do(job, now=then)

    # Money

    def _bring_statement(self, now: datetime) -> None:
        """What came in since the last one: monthly at first, twice a week since collection is on."""
        self._take_statement(now)
        next_day = now.date() + timedelta(days=3 if now.date() >= self.chased_from else 30)
        self._on(next_day, self._bring_statement)

    def _take_statement(self, now: datetime) -> None:
        self.bank.tell(self.organisation, by=self.by, now=now)
        self._work(now)
        self.bank.clear_up(self.organisation, until=self.last_day - timedelta(days=4), by=self.by, now=now)

    def _chase(self, now: datetime) -> None:
        """Collection is switched on, once the books are up to date; its messages are kept for whoever is curious."""
        self._take_statement(now)
        mailbox.keep_in(self.folder / "mailbox.mbox")
        self.chasing.begin(self.organisation, by=self.by, now=now)

    # The firm

    def _found(self) -> None:
        """Account, identity, bank, look, people, conditions of sale, products."""
        now = self._instant(self.first_day, 0)
        user = User.objects.create_user(EMAIL, PASSWORD, name="Inès Moreau")
        self.by = Actor(name=user.name, user_id=user.pk)
        self.organisation = create_organisation(
            user=user, name=firm.SELLER.name, siren=firm.SELLER.siren, by=self.by, now=now
        )
        whose = self._whose(now)
        change_identity(facts=firm.SELLER, **whose)
        change_vat_regime(regime=VatRegime.DEBITS, activity=FranchiseActivity.SERVICES, **whose)
        add_bank_account(label="Compte courant", holder=firm.SELLER.name, iban=firm.IBAN, bic=firm.BIC, **whose)
        change_logo(logo=(Path(__file__).parent / "logo.svg").read_bytes(), **whose)
        change_accent(accent=firm.ACCENT, **whose)
        self.organisation.refresh_from_db()
        for email, name, role in firm.PEOPLE:
            self._hire(user, email, name, Role(role), now)
        self._add_conditions(firm.CONDITIONS_2024)(now)
        later = self.first_day + timedelta(days=20)
        self._on(max(self.last_day - timedelta(days=330), later), self._add_conditions(firm.CONDITIONS_2026))
        self.products = [self._product(each, now) for each in firm.PRODUCTS]
        self._on(max(self.last_day - timedelta(days=320), later), self._raise_prices)
        self._on(self.first_day + timedelta(days=35), self._bring_statement)

    def _whose(self, now: datetime) -> dict[str, Any]:
        """What every service is told."""
        return {"organisation": self.organisation, "by": self.by, "now": now}

    def _hire(self, inviter: User, email: str, name: str, role: Role, now: datetime) -> None:
        invitation = invite(email=email, role=role, inviter=inviter, **self._whose(now))
        user = User.objects.create_user(email, PASSWORD, name=name)
        accept_invitation(invitation_id=invitation.pk, user=user, by=Actor(name=name, user_id=user.pk), now=now)

    def _add_conditions(self, text: str) -> Act:
        def add(now: datetime) -> None:
            add_conditions(title="Conditions générales de vente", text=text, file=None, **self._whose(now))

        return add

    def _product(self, sold: firm.Product, now: datetime) -> Product:
        facts = ProductFacts(
            name=sold.name, reference=sold.reference, unit=sold.unit, vat=sold.vat, nature=Nature(sold.nature)
        )
        prices = {"price": firm.price(sold), "cost": sold.cost}
        return create_product(facts=facts, today=now.date(), **prices, **self._whose(now))

    def _raise_prices(self, now: datetime) -> None:
        for product, sold in zip(self.products, firm.PRODUCTS, strict=True):
            price = (firm.price(sold) * Decimal("1.03")).quantize(Decimal("0.1"))
            set_price(product_id=product.pk, price=price, valid_from=now.date(), **self._whose(now))

    # Customers and what is agreed with them

    def _meeting(self, place: int, buyer: firm.Buyer) -> Act:
        def meet(now: datetime) -> None:
            customer = create_customer(
                facts=_customer_facts(place, buyer), contacts=[_contact_facts(place, buyer)], **self._whose(now)
            )
            if buyer.terms:
                self._propose_terms(customer, buyer.terms, now)
            if buyer.maintained:
                self._maintain(customer, now)
            left = (self.last_day - now.date()).days
            for act in (self._quoting(customer, buyer), *[self._selling(customer)] * 3):
                for _ in range(max(1, buyer.weight * left // 700)):
                    self._after(now, 8, max(left, 9), act)

        return meet

    def _propose_terms(self, customer: Customer, words: str, now: datetime) -> None:
        conditions = ConditionsOfSale.objects.of(self.organisation).last()
        agreement = create_agreement(
            customer=customer,
            terms=parse_terms(words),
            sector=Sector.GENERAL,
            conditions=conditions,
            **self._whose(now),
        )
        contact = customer.contacts.get()
        send_terms(agreement=agreement, contact=contact, by=self.by, now=now)

        def answer(then: datetime) -> None:
            agreement.refresh_from_db()
            answer_agreement(
                agreement_id=agreement.pk,
                organisation=self.organisation,
                accepted=self.chance.random() < 0.93,
                name=contact.name,
                remark="",
                text_sha256=agreement.sha256,
                by=self._visitor(customer),
                now=then,
                address=_address(customer),
            )

        self._after(now, 1, 6, answer)

    def _maintain(self, customer: Customer, now: datetime) -> None:
        line = self._line(self.products[5], "1", now) | {"name": "Maintenance du parc lumineux, {month} {year}"}
        facts = RecurrenceFacts(
            customer=customer,
            label=f"Maintenance {customer.name}",
            content={"lines": [line], "title": "Contrat de maintenance"},
            starts_on=(now.date().replace(day=1) + timedelta(days=32)).replace(day=1),
            issues_by_itself=True,
            sends_by_itself=True,
            revision_percent=Decimal("2.5"),
        )
        create_recurrence(facts=facts, **self._whose(now))

    # Quotes and what follows from them

    def _quoting(self, customer: Customer, buyer: firm.Buyer) -> Act:
        def offer(now: datetime) -> None:
            content = {
                "title": self.chance.choice(_PROJECTS),
                "lines": self._lines(self.chance.randint(3, 8), now, quantity=14),
            }
            if self.chance.random() < 0.3:
                content["lines"].append(self._line(self.products[7], "1", now) | {"optional": True})
            quote = create_quote(customer=customer, content=content, **self._whose(now))
            if self.chance.random() < 0.04:
                return  # left unfinished
            send_quote(quote=quote, contact=customer.contacts.get(), by=self.by, now=now)
            self._await_answer(quote, customer, buyer, now)

        return offer

    def _await_answer(self, quote: Quote, customer: Customer, buyer: firm.Buyer, now: datetime) -> None:
        fate = self.chance.random()
        if fate < 0.68:
            self._after(now, 2, 14, self._signing(quote, customer, buyer))
        elif fate < 0.85:
            self._after(now, 3, 20, self._refusing(quote, customer))

    def _signing(self, quote: Quote, customer: Customer, buyer: firm.Buyer) -> Act:
        def sign(now: datetime) -> None:
            quote.refresh_from_db()
            self._see(quote, customer, now)
            accept_quote(
                quote_id=quote.pk,
                name=customer.contacts.get().name,
                consent=_CONSENT,
                options=[],
                address=_address(customer),
                **self._whose(now) | {"by": self._visitor(customer)},
            )
            self._bill(quote, customer, buyer, now)

        return sign

    def _refusing(self, quote: Quote, customer: Customer) -> Act:
        def refuse(now: datetime) -> None:
            refuse_quote(
                quote_id=quote.pk,
                name=customer.contacts.get().name,
                reason=self.chance.choice(_REASONS),
                address=_address(customer),
                **self._whose(now) | {"by": self._visitor(customer)},
            )

        return refuse

    def _bill(self, quote: Quote, customer: Customer, buyer: firm.Buyer, now: datetime) -> None:
        """A deposit where that was agreed, progress on what is large, then the rest."""
        of_quote = {"quote_id": quote.pk}
        if "commande" in buyer.terms:
            share = Share(percent=Decimal(30))
            self._issue_later(customer, now, 0, 2, lambda then: draft_deposit(share=share, **of_quote, **then))
        elif quote.net_minor > 900_000 and self.chance.random() < 0.7:
            done = {f"lines[{place}]": Decimal("0.4") for place in range(len(quote.content["lines"]))}
            self._issue_later(customer, now, 10, 25, lambda then: draft_progress(shares=done, **of_quote, **then))
        self._issue_later(customer, now, 30, 75, lambda then: draft_final(**of_quote, **then))

    # Invoices and what becomes of them

    def _selling(self, customer: Customer) -> Act:
        def sell(now: datetime) -> None:
            content = {"lines": self._lines(self.chance.randint(1, 4), now, quantity=6)}
            if self.chance.random() < 0.15:
                content["reductions"] = [{"reason": "Remise de fidélité", "percent": "5"}]
            draft = create_draft(customer=customer, kind=DocumentKind.INVOICE, content=content, **self._whose(now))
            if (self.last_day - now.date()).days < 6 and self.chance.random() < 0.5:
                return  # still being written today
            self._issue(draft, customer, now)

        return sell

    def _issue_later(
        self, customer: Customer, now: datetime, least: int, most: int, make: Callable[[dict[str, Any]], Draft]
    ) -> None:
        def issue(then: datetime) -> None:
            self._issue(make(self._whose(then)), customer, then)

        self._after(now, least, most, issue)

    def _issue(self, draft: Draft, customer: Customer, now: datetime) -> None:
        invoice = issue_draft(draft_id=draft.pk, **self._whose(now))
        send_invoice(invoice=invoice, contact=customer.contacts.get(), by=self.by, now=now)
        if self.chance.random() < 0.75:
            self._after(now, 0, 5, lambda then: self._see(invoice, customer, then))
        if invoice.kind == DocumentKind.INVOICE and self.chance.random() < 0.06:
            self._after(now, 4, 20, self._correcting(invoice, customer))

    def _correcting(self, invoice: Invoice, customer: Customer) -> Act:
        def correct(now: datetime) -> None:
            facts = {"invoice_id": invoice.pk, **self._whose(now)}
            fate = self.chance.random()
            if fate < 0.5:
                wanted = LinesCredit(quantities={0: Decimal(1)})
                draft = draft_credit(wanted=wanted, reason="Une pièce reprise", **facts)
            elif fate < 0.85 or invoice.quote_id is not None:
                draft = draft_credit(wanted=WholeCredit(), reason="Commande annulée", **facts)
            else:
                draft = draft_corrective(reason="Désignation corrigée à la demande du client", **facts)
            self._issue(draft, customer, now)

        return correct

    def _see(self, document: Invoice | Quote, customer: Customer, now: datetime) -> None:
        """The customer opens a document on the portal."""
        see_document(
            organisation=self.organisation,
            customer=customer,
            document=document,
            by=self._visitor(customer),
            now=now,
            day_begins=datetime.combine(now.date(), time(), _PARIS),
        )

    def _visitor(self, customer: Customer) -> Actor:
        return Actor(name=customer.contacts.get().name, address=_address(customer))

    # Lines

    def _lines(self, number: int, now: datetime, *, quantity: int) -> list[dict[str, Any]]:
        sold = self.chance.sample(self.products, number)
        return [self._line(each, str(self.chance.randint(1, quantity)), now) for each in sold]

    def _line(self, product: Product, quantity: str, now: datetime) -> dict[str, Any]:
        price = product.prices.filter(valid_from__lte=now.date()).latest("valid_from").price_micro
        return {
            "name": product.name,
            "reference": product.reference,
            "product_id": product.pk,
            "quantity": quantity,
            "unit": product.unit,
            "price": f"{Decimal(price).scaleb(-6):.2f}",
            "vat": product.vat,
            "nature": _KINDS[Nature(product.nature)],
        }


def _customer_facts(place: int, buyer: firm.Buyer) -> CustomerFacts:
    is_french_firm = buyer.country == "FR" and buyer.kind is not BuyerKind.CONSUMER
    return CustomerFacts(
        name=buyer.name,
        kind=buyer.kind,
        reference=f"C{place + 1:03}",
        siren=firm.siren(place) if is_french_firm else "",
        siret=firm.siret(place) if is_french_firm else "",
        vat_number=buyer.vat_number,
        line_1=buyer.street,
        post_code=buyer.post_code,
        city=buyer.city,
        country=buyer.country,
        language=buyer.language,
        buyer_reference=buyer.buyer_reference,
    )


def _contact_facts(place: int, buyer: firm.Buyer) -> ContactFacts:
    return ContactFacts(
        name=buyer.contact, email=f"contact{place + 1}@client.example", buys=True, pays=True, is_legal=True
    )


def _address(customer: Customer) -> str:
    """An address of the block for documentation (RFC 5737)."""
    return f"203.0.113.{customer.pk % 250 + 1}"
