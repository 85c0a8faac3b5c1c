"""Writing to a customer in words of the moment, in the transaction of what is said."""

from datetime import datetime

from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.queries import contacts_to_write_to
from reglo.delivery.services.outbox import Letter, has_address, write_message
from reglo.delivery.services.values import common_values
from reglo.journal.services import Actor


def write_to_customer(
    customer: Customer, *, subject: Text, words: str, path: str, key: str, by: Actor, now: datetime
) -> Message | None:
    """Put an answer into the outbox for whoever pays at a customer; None where nobody there has an address.

    What is said stands on the portal either way. path: the page of the portal. key: of the act.
    """
    contacts = [each for each in contacts_to_write_to(customer, MessageKind.ANSWER) if has_address(each)]
    if not contacts:
        return None
    letter = Letter(
        kind=MessageKind.ANSWER,
        organisation=customer.organisation,
        customer=customer,
        contact=contacts[0],
        values={
            **common_values(customer, contacts[0]),
            "subject": subject.in_language(customer.language),
            "text": words,
        },
        path=path,
        attaches_document=False,
    )
    message, _ = write_message(letter, key=key, by=by, now=now)
    return message
