"""Addresses of what is behind a figure: lists narrowed to just that."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from reglo.billing.queries.quotes import QuoteStanding
from reglo.core.accounting import AccountRole, EventKind
from reglo.organisations.models import Organisation


def entries_link(organisation: Organisation, kind: EventKind, start: date, end: date) -> str:
    """Entries of one kind, of some days."""
    return _list(organisation, "ledger:entries", kind=kind.value, **_days(start, end))


def lines_link(organisation: Organisation, role: AccountRole, start: date | None, end: date) -> str:
    """What moved on the account of a role, of some days; from the beginning where there is no first one."""
    return _list(organisation, "ledger:lines", account=role.value, **_days(start, end))


def invoices_link(organisation: Organisation, start: date, end: date, *, words: str = "") -> str:
    """Documents issued on some days, all or those in which some words are found, such as a customer's name."""
    return _list(organisation, "billing:invoices", q=words, **_days(start, end))


def sales_link(organisation: Organisation, start: date, end: date) -> str:
    """What moved on the accounts of sales (70) on some days."""
    return _list(organisation, "ledger:lines", q="70", **_days(start, end))


def quotes_link(organisation: Organisation, standing: QuoteStanding | None, start: date, end: date) -> str:
    """Quotes that bear a date of some days, all or those that stand so."""
    return _list(organisation, "billing:quotes", state=standing.value if standing else "", **_days(start, end))


def promises_link(organisation: Organisation, start: date, end: date) -> str:
    """Promises that fell due on some days."""
    return _list(organisation, "collection:promises", **_days(start, end))


def disputes_link(organisation: Organisation) -> str:
    """All disputes, the newest first."""
    return _list(organisation, "collection:disputes")


def story_link(organisation: Organisation, customer_id: int) -> str:
    """The story of a customer: all that was billed, said and paid."""
    return reverse("collection:story", args=[organisation.slug, customer_id])


def _days(start: date | None, end: date) -> dict[str, str]:
    return {"from": start.isoformat() if start else "", "to": end.isoformat()}


def _list(organisation: Organisation, name: str, **query: str) -> str:
    said = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse(name, args=[organisation.slug])}?{said}"
