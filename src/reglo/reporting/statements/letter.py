"""A statement as an e-mail to a contact, with its PDF."""

from reglo.collection.services.reminders import payment_text
from reglo.customers.models import Contact
from reglo.delivery.attachments import Attachment
from reglo.delivery.composing import Words
from reglo.delivery.models import MessageKind
from reglo.delivery.services.outbox import Letter
from reglo.delivery.services.values import amount_text, common_values, day_text
from reglo.reporting.statements.account import CustomerStatement
from reglo.reporting.statements.paper import statement_file_name

_PORTAL_PAGE = "owed/"


def statement_letter(
    statement: CustomerStatement, contact: Contact, *, words: Words | None = None, pdf: bytes | None = None
) -> Letter:
    """The message, for sending (with its `pdf`) and for its preview."""
    customer, days = statement.customer, statement.days
    # An invoice in instalments is open several times; what came since the last day is not asked for again.
    numbers = [each.item.reference for each in statement.open_rows if each.amount_minor > 0 and each.item.open_minor]
    owed = list(dict.fromkeys(numbers))
    to_pay = statement.to_pay_minor
    return Letter(
        kind=MessageKind.STATEMENT,
        organisation=customer.organisation,
        customer=customer,
        contact=contact,
        values={
            **common_values(customer, contact),
            "until": day_text(days.end, customer.language),
            "to_pay": amount_text(to_pay, days.currency, customer.language) if to_pay else "",
            "payment": payment_text(customer.organisation, owed, customer.language) if statement.transfer else "",
        },
        path=_PORTAL_PAGE,
        words=words,
        files=() if pdf is None else (_attached(statement, pdf),),
    )


def _attached(statement: CustomerStatement, pdf: bytes) -> Attachment:
    return Attachment(name=statement_file_name(statement), content=pdf, media_type="application/pdf")
