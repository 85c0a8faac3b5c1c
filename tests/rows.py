"""Rows of another tenant, one of each kind, and requests that leave nothing behind."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from reglo.accounts.models import User
from reglo.banking.models import BankFile
from reglo.billing.models import Quote
from reglo.billing.services.numbering import default_series
from reglo.billing.services.quotes import fix_quote
from reglo.collection.models import Proposal, ThreadMessage
from reglo.core.plans import Instalment
from reglo.core.proposals import Proposal as Offer
from reglo.core.proposals import ProposalKind as OfferKind
from reglo.customers.models import Customer
from reglo.formats.data.stored import write_stored
from reglo.ledger.models import Entry, Line, OpenItem
from reglo.organisations.models import Organisation, Owned
from tests.conftest import without_triggers
from tests.site import INES, NOW, TODAY, a_content, a_customer, a_draft, an_organisation

FOREIGN = 7001
"""The id of all rows of the other tenant: no row of ours has it."""

SECRET = "Maison Secrète"
"""What stands in the texts of the other tenant."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written within, though services insist on transactions of their own."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def an_organisation_with_a_row_of_each_kind() -> Organisation:
    """Another tenant whose rows all have one id."""
    organisation = an_organisation(name=SECRET)
    _rows_that_make_pages(organisation)
    for model in apps.get_models():
        if issubclass(model, Owned):
            _row(model, organisation)
    return organisation


def _rows_that_make_pages(organisation: Organisation) -> None:
    """A customer, a draft and a quote that was sent, as people make them; and the series that pages make to show."""
    default_series(organisation)
    customer = a_customer(organisation, pk=FOREIGN, name=SECRET)
    a_draft(organisation, customer, pk=FOREIGN)
    facts = {"content": a_content(), "created_at": NOW, "updated_at": NOW}
    Quote.objects.create(pk=FOREIGN, organisation=organisation, customer=customer, **facts)
    _rows_of_the_ledger(organisation, customer)
    _rows_of_collection(organisation, customer)
    _a_bank_file(organisation)
    with transaction.atomic():
        fix_quote(quote_id=FOREIGN, organisation=organisation, by=INES, now=timezone.now())


def _rows_of_the_ledger(organisation: Organisation, customer: Customer) -> None:
    """An entry, its line and item, which triggers would have otherwise: an id that says whose it is, two sides."""
    owned: dict[str, Any] = {"pk": FOREIGN, "organisation": organisation}
    dated: dict[str, Any] = {"date": TODAY, "currency": "EUR"}
    with without_triggers():
        entry = Entry.objects.create(
            **owned | dated,
            sequence=1,
            year=TODAY.year,
            number=1,
            journal="VE",
            kind="document",
            reference=SECRET,
            reference_date=TODAY,
            label=SECRET,
            source_kind="invoice",
            source_id=FOREIGN,
            key="x",
            posted_at=NOW,
            by_name=SECRET,
        )
        on_account: dict[str, Any] = {"role": "customers", "customer": customer, "entry": entry}
        line = Line.objects.create(**owned | dated | on_account, place=0, account="411", debit_minor=1)
        OpenItem.objects.create(
            **dated | on_account,
            organisation=organisation,
            line=line,
            origin=entry,
            side="debit",
            kind="document",
            document_date=TODAY,
            amount_minor=1,
            open_minor=1,
        )


def _rows_of_collection(organisation: Organisation, customer: Customer) -> None:
    """A proposal with something in it, and a word in the thread of one of two things."""
    offer = Offer(kind=OfferKind.WAIVER, payments=(Instalment(TODAY, Decimal(1)),))
    proposal = Proposal.objects.create(
        pk=FOREIGN,
        organisation=organisation,
        customer=customer,
        kind="waiver",
        state="sent",
        amount_minor=100,
        currency="EUR",
        content={"offer": write_stored(offer)},
        cost_minor=0,
        cost_days=0,
        by_customer=False,
        made_by=SECRET,
        made_at=NOW,
    )
    ThreadMessage.objects.create(
        pk=FOREIGN, organisation=organisation, proposal=proposal, at=NOW, by=SECRET, is_ours=False, text=SECRET
    )


def _a_bank_file(organisation: Organisation) -> None:
    """A table of a bank, as it is kept until it is taken in."""
    content = zlib.compress(b"Date;Montant;Texte\n02/03/2026;1,00;x\n")
    uploader: Any = _row(User, organisation)
    facts = {"file_name": SECRET, "sha256": "x", "size": 1, "uploaded_at": NOW, "uploaded_by": uploader}
    BankFile.objects.create(pk=FOREIGN, organisation=organisation, content=content, **facts)


def _row(model: type[models.Model], organisation: Organisation) -> models.Model:
    """A row of `model`, with what it points to, all of them under the one id."""
    if model is Organisation:
        return organisation
    there = model._default_manager.filter(pk=FOREIGN).first()
    if there is not None:
        return there
    if model is User:
        return User.objects.create(pk=FOREIGN, email="foreign@example.com")
    values = {field.name: _value(field, organisation) for field in model._meta.concrete_fields if _is_needed(field)}
    row = model(**values | {"pk": FOREIGN})
    row.save(force_insert=True)
    return row


def _is_needed(field: models.Field) -> bool:
    return not (field.primary_key or field.null or field.has_default() or (field.blank and not field.is_relation))


def _value(field: models.Field, organisation: Organisation) -> object:
    """Something that the database takes."""
    if field.is_relation:
        return _row(field.related_model, organisation)
    if field.choices:
        return field.choices[0][0]
    match field.get_internal_type():
        case "DateField":
            return TODAY
        case "DateTimeField":
            return NOW
        case "JSONField":
            return {}
        case "BinaryField":
            return b"x"
        case "CharField" | "TextField" | "EmailField" | "SlugField":
            return "x" if (field.max_length or len(SECRET)) < len(SECRET) else SECRET
        case "BooleanField":
            return False
        case _:
            return 1
