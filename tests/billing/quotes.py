"""Quotes, as tests of this room need them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from reglo.billing.models import Quote, QuoteAnswer
from reglo.billing.services.quotes import accept_quote, create_quote, fix_quote
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, TODAY, a_customer, an_organisation


def a_line(**changes: Any) -> dict[str, Any]:
    """Two days of advice, 900.00 EUR without tax."""
    line = {"name": "Conseil", "quantity": "2", "unit": "DAY", "price": "450.00", "vat": "20", "nature": "S"}
    return line | changes


def with_choices(**changes: Any) -> dict[str, Any]:
    """A study, an option of 100 EUR, and one of two finishes: 300 or 500 EUR."""
    lines = [
        a_line(name="Étude"),
        a_line(name="Visite", quantity="1", price="100.00", optional=True),
        a_line(name="Bois", quantity="1", price="300.00", alternative="Finition"),
        a_line(name="Laiton", quantity="1", price="500.00", alternative="Finition"),
    ]
    return {"lines": lines, "title": "Éclairage du hall"} | changes


def a_quote(
    organisation: Organisation | None = None, customer: Customer | None = None, content: dict[str, Any] | None = None
) -> Quote:
    """A quote being written."""
    organisation = organisation or an_organisation()
    return create_quote(
        organisation=organisation,
        customer=customer or a_customer(organisation),
        content=with_choices() if content is None else content,
        by=INES,
        now=NOW,
    )


def sent(quote: Quote, *, now: datetime = NOW, today: date = TODAY) -> Quote:
    """The quote, numbered and fixed."""
    with transaction.atomic():
        return fix_quote(quote_id=quote.pk, organisation=quote.organisation, by=INES, now=now, today=today)


def a_sent_quote(**changes: Any) -> Quote:
    """A quote that awaits an answer."""
    return sent(a_quote(**changes))


def accepted(quote: Quote, **changes: Any) -> QuoteAnswer:
    """The customer's signature on a quote."""
    facts: dict[str, Any] = {
        "quote_id": quote.pk,
        "organisation": quote.organisation,
        "name": "Claire Petit",
        "consent": "J'accepte ce devis.",
        "options": None,
        "by": INES,
        "now": NOW,
        "address": "192.0.2.7",
        "user_agent": "Firefox",
    }
    return accept_quote(**facts | changes)


def an_accepted_quote(content: dict[str, Any] | None = None, **changes: Any) -> Quote:
    """A quote that the customer signed; plain lines unless others are given."""
    quote = a_sent_quote(content=content or {"lines": [a_line()]}, **changes)
    accepted(quote)
    return Quote.objects.select_related("organisation", "customer").get(pk=quote.pk)
