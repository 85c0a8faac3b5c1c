"""Who owes something at the end of a day, whom one writes to there, and who has the statement of those days already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reglo.customers.models import Contact, Customer
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.queries import contacts_to_write_to
from reglo.delivery.services.outbox import has_address
from reglo.organisations.models import Organisation
from reglo.reporting.report import Asked
from reglo.reporting.reports.aged_balance.rows import AgedRow, rows_by_customer
from reglo.reporting.statements.account import Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A customer who owes something."""

    row: AgedRow
    contact: Contact | None  #: None where nobody there has an address
    written_at: datetime | None  #: when the statement of these days was written for all


def owing(organisation: Organisation, days: Days, *, only_late: bool = False) -> list[AgedRow]:
    """Who owes something at the end of the last day, most first."""
    asked = Asked(start=days.start, end=days.end, today=days.end, currency=days.currency)
    rows = rows_by_customer(organisation, asked)
    return [row for row in rows if row.balance > 0 and (row.late or not only_late)]


def debtors(organisation: Organisation, days: Days, rows: Iterable[AgedRow]) -> list[Debtor]:
    """The same with whom one writes to; a constant number of queries."""
    known = list(rows)
    customers = _customers(organisation, [row.customer_id or 0 for row in known])
    written = dict(
        Message.objects.of(organisation)
        .filter(kind=MessageKind.STATEMENT, key__in=[run_key(pk, days) for pk in customers])
        .values_list("customer", "created_at")
    )
    return [
        Debtor(
            row=row,
            contact=statement_contact(customers[row.customer_id or 0]),
            written_at=written.get(row.customer_id or 0),
        )
        for row in known
    ]


def statement_contact(customer: Customer) -> Contact | None:
    """Whom a statement goes to: who pays, else who buys, else anybody with an address."""
    people = contacts_to_write_to(customer, MessageKind.STATEMENT)
    return next((each for each in people if has_address(each)), None)


def run_key(customer_id: int, days: Days) -> str:
    """The key of a message that is written for all: of the same days it is written once."""
    return f"statement-run:{customer_id}:{days.currency}:{days.start}:{days.end}"


def _customers(organisation: Organisation, ids: list[int]) -> dict[int, Customer]:
    rows = Customer.objects.of(organisation).filter(pk__in=ids).prefetch_related("contacts")
    return {each.pk: each for each in rows}
