"""What became of quotes."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from reglo.billing.models import Quote, QuoteAnswer, QuoteState
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked, Report
from reglo.reporting.reports.quotes import KIND
from tests.site import NOW, TODAY, a_customer, a_member, an_organisation

pytestmark = pytest.mark.django_db

AUTUMN = Asked(start=date(2026, 9, 10), end=TODAY, today=TODAY)


def _made(organisation: Organisation, asked: Asked = AUTUMN) -> Report:
    with translation.override("en"):
        return KIND.make(organisation, asked)


def _quote(customer: Customer, state: QuoteState, net: int, on: date, **changes: Any) -> Quote:
    facts: dict[str, Any] = {
        "quote_date": on,
        "valid_until": on + timedelta(days=30),
        "net_minor": net,
        "gross_minor": net,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Quote.objects.create(organisation=customer.organisation, customer=customer, state=state, **facts | changes)


def _answer(quote: Quote, days: int, signed: int | None) -> None:
    QuoteAnswer.objects.create(
        organisation=quote.organisation,
        quote=quote,
        accepted=signed is not None,
        name="Claire",
        net_minor=signed or 0,
        at=NOW - (TODAY - (quote.quote_date or TODAY)) + timedelta(days=days),
        document_sha256="",
    )


def _season() -> Organisation:
    """Alpha took two of three, Beta refused one; one ran out, one waits, and some do not count."""
    organisation = an_organisation()
    alpha, beta = a_customer(organisation, name="Alpha"), a_customer(organisation, name="Beta")
    _answer(_quote(alpha, QuoteState.ACCEPTED, 1000_00, date(2026, 9, 10)), 4, 1200_00)
    _answer(_quote(alpha, QuoteState.ACCEPTED, 500_00, date(2026, 10, 1)), 8, 500_00)
    _answer(_quote(beta, QuoteState.REFUSED, 2500_00, date(2026, 10, 31)), 1, None)
    _quote(alpha, QuoteState.SENT, 1000_00, date(2026, 10, 15), valid_until=TODAY - timedelta(days=1))
    _quote(beta, QuoteState.SENT, 700_00, TODAY)
    _quote(beta, QuoteState.DRAFT, 9999_00, TODAY)
    _quote(beta, QuoteState.SENT, 9999_00, TODAY, currency="USD")
    _quote(beta, QuoteState.SENT, 9999_00, TODAY, deleted_at=NOW)
    _quote(beta, QuoteState.SENT, 9999_00, date(2026, 9, 9))
    return organisation


def _counts(rows: Iterable[Any]) -> list[tuple[object, ...]]:
    return [(row.label, len(row.quotes), row.offered, row.signed, row.days) for row in rows]


def test_what_became_of_quotes_is_counted_by_month_and_by_customer() -> None:
    months, customers = _made(_season()).tables
    assert _counts(months.rows) == [
        ("Sept.\xa02026", 1, 1000, 1200, 4),
        ("Oct.\xa02026", 3, 4000, 500, Decimal("4.5")),
        ("Nov.\xa02026", 1, 700, 0, None),
    ]
    assert _counts(customers.rows) == [("Alpha", 3, 2500, 1700, 6), ("Beta", 2, 3200, 0, 1)]
    assert _counts(months.totals) == [("Whole period", 5, 5700, 1700, 4)]


def test_what_waits_is_neither_won_nor_lost() -> None:
    made = _made(_season())
    (whole,) = made.tables[0].totals
    assert whole.conversion == Decimal(2) / 4
    assert whole.amount_conversion == Decimal(1500) / 5000
    assert [figure.value for figure in made.figures] == ["50%", "30%", "€1,700.00", "4 days", "1"]
    assert made.lead.endswith("An answer usually takes 4 days.")


def test_a_figure_opens_into_just_the_quotes_behind_it() -> None:
    organisation = _season()
    client = Client()
    client.force_login(a_member(organisation))
    page = client.get(_made(organisation).figures[0].link).content.decode()
    assert page.count("Alpha") >= 2
    assert "Beta" not in page


def test_without_quotes_there_is_nothing_to_convert() -> None:
    organisation = an_organisation()
    made = _made(organisation)
    assert made.lead == "No quote was sent in this period."
    assert [figure.value for figure in made.figures] == ["–", "–", "€0.00", "–", "0"]
    _quote(a_customer(organisation), QuoteState.SENT, 0, TODAY)
    assert _made(organisation).lead == "You sent 1 quote. None is decided yet."
