"""A small firm with a row of each kind, for the browser."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from reglo.accounts.models import User
from reglo.banking.models import Payment, StatementLine
from reglo.banking.services.importing import receive_bank_file, take_in_bank_file
from reglo.banking.services.lines import allocate_line
from reglo.banking.services.matching import run_matching
from reglo.banking.services.posting import item_of
from reglo.billing.models import NumberSeries
from reglo.billing.services.drafts import create_draft
from reglo.billing.services.recurring import RecurrenceFacts, create_recurrence
from reglo.collection.attachments import checked_file
from reglo.collection.models import DisputeScope, PenaltyDecision, PenaltyNote, Plan, ProposalKind, StepItem, StepTaken
from reglo.collection.queries.exposure import owed_items
from reglo.collection.services.disputes import Objection, open_dispute
from reglo.collection.services.notes import file_email
from reglo.collection.services.policies import switch_on, write_policy
from reglo.collection.services.promises import make_promise
from reglo.collection.services.proposals import Wish, ask_plan, draft_proposal, send_proposal
from reglo.collection.services.trials import run_trial, start_trial
from reglo.core.bank import BankAccount as Named
from reglo.core.collection import DEFAULT_POLICY
from reglo.core.composition import DocumentKind
from reglo.core.dates import HalfYear, next_business_day
from reglo.core.negotiation import Side as Chair
from reglo.core.rates import RateKind
from reglo.customers.models import AddressUse, CustomerAddress
from reglo.delivery.models import Message
from reglo.forecast.models import Frequency, OutgoingKind
from reglo.forecast.services.outgoings import OutgoingFacts, add_outgoing
from reglo.formats.bank import write_camt053
from reglo.imports.services import receive_table
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import Deciding, write_off
from reglo.lists.services import save_filter
from reglo.organisations.models import BankAccount, Membership, Organisation, Role
from reglo.organisations.queries import today_of
from reglo.organisations.services import set_rate
from reglo.organisations.services.people import invite
from reglo.organisations.services.settings import change_logo
from reglo.products.facts import ProductFacts
from reglo.products.services import create_product
from reglo.reporting.models import HandedKind, StatementRun
from reglo.reporting.rhythm import Rhythm
from reglo.reporting.services.handing import ask_file, make_file
from reglo.reporting.services.schedules import Wanted, schedule_report
from reglo.terms.services import add_conditions
from tests.collection.debts import CLAIRE, a_debt
from tests.collection.emails import EML
from tests.formats.bank.samples import a_line, a_statement
from tests.negotiation.deals import OURS, a_negotiation, a_round
from tests.portal.shop import Shop, a_billed, a_sent_quote, a_shop, sent_terms
from tests.site import INES, a_content, a_customer, a_member, logged_in

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#123"/></svg>'
MARCH = date(2026, 3, 5)
Samples = Iterator[tuple[str, object]]


def main() -> None:
    """Make the rows, and write beside the data where they are."""
    (settings.ENVIRONMENT.data / "samples.json").write_text(json.dumps(dict(samples())))


def samples() -> Samples:
    """What addresses need: the parameter after "customers/" is the id of a customer, and so on."""
    shop = a_shop()
    organisation = shop.organisation
    yield "o", organisation.slug
    yield from people(organisation)
    yield from customers(shop)
    yield from documents(shop)
    yield from said(shop)
    yield from banks(shop)
    yield from collected(shop)
    yield from negotiated(shop)
    yield from others(organisation)


def somebody_with_a_password() -> None:
    """A user who logs in by hand, in English, and is in no organisation."""
    user = User.objects.create_user("claire.roux@example.com", "quite long a secret", name="Claire Roux", language="en")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def people(organisation: Organisation) -> Samples:
    """Who may come in, and as whom the browser does."""
    owner = a_member(organisation, Role.OWNER, email="ines@example.com", name="Inès Moreau")
    somebody_with_a_password()
    reader = a_member(organisation, Role.READER, email="compta@example.com", name="Paul Comte")
    yield "session", logged_in(owner).cookies["sessionid"].value
    partner = a_member(organisation, Role.OWNER, email="kate@example.com", name="Kate Brown", language="en")
    yield "session/en", logged_in(partner).cookies["sessionid"].value
    yield "people", reader.memberships.get().pk
    now = timezone.now()
    invited = invite(
        organisation=organisation, email="luc@example.com", role=Role.SALES, inviter=owner, by=INES, now=now
    )
    yield "invitations", invited.pk
    kept = save_filter(organisation=organisation, user=owner, list_name="drafts", label="Récents", query="q=a")
    yield "filters", kept.pk
    yield "sessions", 1


def customers(shop: Shop) -> Samples:
    """Whom the firm sells to, and what."""
    organisation, customer = shop.organisation, shop.customer
    yield from ((name, customer.pk) for name in ("customers", "customer", "of-customer", "statement"))
    yield from ((name, shop.contact.pk) for name in ("contacts", "contact"))
    other = a_customer(organisation, name="Librairie du Port")
    yield "merge/kept", customer.pk
    yield "merge/merged", other.pk
    address = CustomerAddress.objects.create(
        organisation=organisation, customer=customer, use=AddressUse.DELIVERY, line_1="4 quai Sud", city="Lyon"
    )
    yield "addresses", address.pk
    now = timezone.now()
    product = create_product(
        organisation=organisation,
        facts=ProductFacts(name="Journée de conseil"),
        by=INES,
        now=now,
        today=today_of(organisation, now),
        price=Decimal(450),
    )
    yield "products", product.pk


def documents(shop: Shop) -> Samples:
    """What is written, sent and issued."""
    organisation, customer = shop.organisation, shop.customer
    now = timezone.now()
    yield "p", shop.token
    yield "seen/kind", "invoices"
    quote, invoice = a_sent_quote(shop), a_billed(shop)
    yield from ((name, quote.pk) for name in ("quotes", "quote", "of-quote"))
    yield from ((name, invoice.pk) for name in ("invoices", "invoice", "of-invoice"))
    yield "templates/kind", "invoice"
    yield "invoice/language", "fr"  # after the kind
    draft = create_draft(
        organisation=organisation, customer=customer, kind=DocumentKind.INVOICE, content=a_content(), by=INES, now=now
    )
    yield "drafts", draft.pk
    facts = RecurrenceFacts(
        customer=customer, label="Maintenance", content=a_content(), starts_on=today_of(organisation, now)
    )
    yield "recurring", create_recurrence(organisation=organisation, facts=facts, by=INES, now=now).pk
    conditions = add_conditions(
        organisation=organisation, title="CGV 2026", text="Article 1. Objet.", file=None, by=INES, now=now
    )
    yield "conditions", conditions.pk
    yield "terms", sent_terms(shop, conditions=conditions).pk
    yield "series", NumberSeries.objects.of(organisation).filter(is_for_quotes=False).earliest("pk").pk
    yield "messages", Message.objects.of(organisation).latest("pk").pk


def said(shop: Shop) -> Samples:
    """What the customer said and what was agreed with it: each about an invoice of its own."""
    organisation, customer, now = shop.organisation, shop.customer, timezone.now()
    open_one, disputed_one, planned_one, promised_one = (a_debt(customer) for _ in range(4))
    items = {each.reference: each.pk for each in owed_items(organisation, [customer.pk])}
    yield from (("story", customer.pk), ("of", customer.pk), ("on", open_one.pk))
    objection = Objection(scope=DisputeScope.WHOLE, reason="Une heure de trop")
    dispute = open_dispute(
        organisation=organisation,
        invoice_id=disputed_one.pk,
        objection=objection,
        opened_by="Claire Petit",
        on_portal=True,
        by=CLAIRE,
        now=now,
        files=[checked_file("bon.pdf", b"%PDF-1.7")],
    )
    yield "disputes", dispute.pk
    yield "attachments", dispute.files.get().pk
    ask_plan(
        organisation=organisation,
        customer=customer,
        item_ids=[items[planned_one.number]],
        count=3,
        first=None,
        reason="",
        name="Claire Petit",
        by=CLAIRE,
        now=now,
    )
    yield "plans", Plan.objects.of(organisation).get().pk
    promise = make_promise(
        organisation=organisation,
        customer=customer,
        item_ids=[items[promised_one.number]],
        by_day=today_of(organisation, now),
        amount_minor=None,
        told_by="Claire Petit",
        on_portal=True,
        by=CLAIRE,
        now=now,
    )
    yield "promises", promise.pk
    wish = Wish(kind=ProposalKind.PLAN, by_day=next_business_day(today_of(organisation, now)), count=3)
    draft = draft_proposal(
        organisation=organisation, customer=customer, item_ids=[items[open_one.number]], wish=wish, by=INES, now=now
    )
    send_proposal(proposal_id=draft.pk, organisation=organisation, contact=shop.contact, by=INES, now=now)
    yield "proposals", draft.pk
    yield "filed", file_email(organisation=organisation, customer=customer, content=EML, by=INES, now=now).pk


def collected(shop: Shop) -> Samples:
    """A policy in use and tried, a letter to post, penalties claimed and waived."""
    organisation, customer, now = shop.organisation, shop.customer, timezone.now()
    version = write_policy(organisation=organisation, policy=DEFAULT_POLICY, thanks=True, by=INES, now=now)
    switch_on(organisation=organisation, version_id=version.pk, by=INES, now=now)
    trial = start_trial(organisation=organisation, version_id=version.pk, by=INES, now=now)
    run_trial(trial_id=trial.pk, now=now)
    facts = {"organisation": organisation, "customer": customer, "decided_at": now}
    step = StepTaken.objects.create(
        **facts,
        day=today_of(organisation, now),
        tone="formal-notice",
        channel="letter",
        state="to-do",
        policy=version,
        decision={},
        why_fr="Mise en demeure par courrier.",
        why_en="Formal notice by post.",
        letter=b"%PDF-1.7",
        letter_sha256="0" * 64,
    )
    item = owed_items(organisation, [customer.pk])[0]
    StepItem.objects.create(
        organisation=organisation, step=step, item=item, key="formal-notice", tone="formal-notice", open_minor=100
    )
    day = today_of(organisation, now)
    note = PenaltyNote.objects.create(
        organisation=organisation,
        customer=customer,
        year=day.year,
        sequence=1,
        number=f"PEN-{day.year}-0001",
        issued_on=day,
        due_on=day,
        currency="EUR",
        interest_minor=100,
        indemnity_minor=4000,
        content=b"%PDF-1.7",
        sha256="0" * 64,
        issued_at=now,
    )
    waived = PenaltyDecision.objects.create(
        **facts, item=item, state="waived", until=day, interest_minor=100, indemnity_minor=4000, working=[]
    )
    yield from ((name, customer.pk) for name in ("next", "profile", "penalties", "court"))
    yield from (("steps", step.pk), ("policy", version.pk), ("trials", trial.pk), ("preview/tone", "firm"))
    yield from (("claims", note.pk), ("waivers", waived.pk))


def negotiated(shop: Shop) -> Samples:
    """Terms under discussion: what the customer asks for, what we answered."""
    row = a_negotiation(shop.organisation, shop.customer)
    a_round(row)
    yield "negotiation", row.pk
    yield "rounds", a_round(row, OURS, Chair.OURS).pk


def banks(shop: Shop) -> Samples:
    """A statement that waits to be reconciled, a file that waits to be imported, an advance."""
    organisation, customer, now = shop.organisation, shop.customer, timezone.now()
    owner = Membership.objects.of(organisation).filter(role=Role.OWNER).earliest("pk").user
    by = Actor(name=str(owner), user_id=owner.pk)
    account = BankAccount.objects.of(organisation).get()
    told = a_statement(
        a_line(payer=customer.name, text="VIREMENT"), a_line(text="REGLEMENT", payer="SCI des Quais", booked=MARCH)
    )
    for name, identifier in (("releve.xml", "1"), ("encore.xml", "2")):
        content = write_camt053(replace(told, account=Named(iban=account.iban, currency="EUR"), identifier=identifier))
        file = receive_bank_file(organisation=organisation, file_name=name, content=content, by=by, now=now)
        if identifier == "1":
            take_in_bank_file(organisation=organisation, file_id=file.pk, by=by, now=now)
            yield "statements", file.statements.get().pk
    yield "files", file.pk
    line = StatementLine.objects.of(organisation).get(payer="SCI des Quais")
    allocate_line(organisation=organisation, line_id=line.pk, version=1, parts=[], rest_to=customer, by=by, now=now)
    run_matching(organisation=organisation, now=now)
    payment = Payment.objects.of(organisation).latest("pk")
    yield "payments", payment.pk
    yield "refunds", item_of(payment).pk
    yield "learnt", payment.learnt.earliest("pk").pk
    yield "lines", StatementLine.objects.of(organisation).earliest("pk").pk
    yield from decided(organisation, by)


def decided(organisation: Organisation, by: Actor) -> Samples:
    """A receivable that somebody wrote off in part: its item, and the entry that can be reversed."""
    item = OpenItem.objects.of(organisation).filter(side=Side.DEBIT, open_minor__gt=100).latest("pk")
    today = today_of(organisation, timezone.now())
    deciding = Deciding(
        organisation=organisation, item_id=item.pk, on=max(item.date, today), note="", key="seed", by=by,
        now=timezone.now(),
    )  # fmt: skip
    yield "items", item.pk
    yield "entries", write_off(deciding, amount_minor=100, recovers_vat=False).entry_id


def others(organisation: Organisation) -> Samples:
    """What is around the documents."""
    owner = Membership.objects.of(organisation).filter(role=Role.OWNER).earliest("pk").user
    now = timezone.now()
    change_logo(organisation=organisation, logo=LOGO, by=INES, now=now)
    yield "accounts", BankAccount.objects.of(organisation).get().pk
    table = receive_table(
        organisation=organisation,
        kind="customers",
        file_name="clients.csv",
        content=b"Nom;SIREN\nMaison Duval;732829320\n",
        by=Actor(name=str(owner), user_id=owner.pk),
        now=now,
    )
    yield "imports", table.pk
    wanted = Wanted(
        report="monthly-letter",
        grouping="",
        rhythm=Rhythm.MONTH,
        days_in=2,
        recipients=["ines@example.com"],
        language="fr",
    )
    yield "schedules", schedule_report(organisation=organisation, wanted=wanted, by=INES, now=now).pk
    yield "reports", "monthly-letter"
    run = StatementRun.objects.create(
        organisation=organisation, start=MARCH, end=MARCH, currency="EUR", customers=[], asked_at=now, done_at=now
    )
    yield "statements", run.pk
    days = {"start": date(now.year, 1, 1), "end": date(now.year, 12, 31)}
    file = ask_file(organisation=organisation, kind=HandedKind.FEC, is_small=True, by=INES, now=now, **days)
    make_file(file_id=file.pk, now=now)
    yield "files", file.pk
    rate = set_rate(
        organisation=organisation,
        kind=RateKind.LEGAL,
        half_year=HalfYear(2026, 1),
        percent=Decimal("2.62"),
        source="Arrêté",
        by=INES,
        now=now,
    )
    yield "rates", rate.pk
    rent = OutgoingFacts(
        kind=OutgoingKind.RENT,
        label="Atelier",
        amount_minor=240_000,
        frequency=Frequency.MONTH,
        first_on=MARCH,
        last_on=None,
    )
    yield "outgoings", add_outgoing(organisation=organisation, facts=rent, by=INES, now=now).pk
    yield "new/kind", "customers"
