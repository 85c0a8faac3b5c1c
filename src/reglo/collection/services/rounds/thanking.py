"""Thanking for a payment that came after a reminder: once, and only where all that it was for is settled."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from reglo.collection.models import PolicyVersion, StepItem, StepState, StepTaken
from reglo.collection.queries.facts import chosen_contact
from reglo.collection.queries.policies import may_send, policy_in
from reglo.core.accounting import EventKind
from reglo.core.findings import Text
from reglo.customers.models import Contact, Customer
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.services.outbox import Letter, has_address, write_message
from reglo.delivery.services.values import amount_text, common_values, day_text
from reglo.journal.services import REGLO
from reglo.ledger.models import Allocation, OpenItem
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_AFTER = timedelta(hours=1)  #: time to undo a match
_NOT_AFTER = timedelta(days=3)
_AT_A_TIME = 2000


def thank(*, now: datetime) -> None:
    """Thank for the payments of the last days, in each organisation that wishes so, in its sending hours."""
    active = PolicyVersion.objects.filter(activated_at__isnull=False, ended_at=None, thanks=True)
    for version in active.select_related("organisation").order_by("pk"):
        if may_send(policy_in(version), version.organisation, now):
            for payment, items in _to_thank_for(version.organisation, now).items():
                _thank(version.organisation, payment, items, now)


def _to_thank_for(organisation: Organisation, now: datetime) -> Mapping[int, list[OpenItem]]:
    """Payments, by their item, and what they settled: all of it settled for good, and reminded of before."""
    recent = Allocation.objects.of(organisation).filter(
        credit_item__kind=EventKind.PAYMENT, reverses=None, reversal=None, at__range=(now - _NOT_AFTER, now - _AFTER)
    )
    found: dict[int, list[OpenItem]] = {}
    for each in recent.select_related("debit_item").order_by("-pk")[:_AT_A_TIME]:
        found.setdefault(each.credit_item_id, []).append(each.debit_item)
    known = Message.objects.of(organisation).filter(key__in=[_key(pk) for pk in found])
    thanked = set(known.values_list("key", flat=True))
    reminded = _reminded({item.pk for items in found.values() for item in items})
    return {
        pk: items
        for pk, items in found.items()
        if _key(pk) not in thanked
        and all(item.open_minor == 0 for item in items)
        and any(item.pk in reminded for item in items)
    }


def _reminded(items: Iterable[int]) -> set[int]:
    """Which items a message was about that has left."""
    rows = StepItem.objects.filter(item__in=items, step__state=StepState.DONE, step__message__isnull=False)
    return set(rows.values_list("item", flat=True))


def _key(payment: int) -> str:
    return f"thanks:{payment}"


def _thank(organisation: Organisation, payment_id: int, items: list[OpenItem], now: datetime) -> None:
    with transaction.atomic(durable=True):
        payment = OpenItem.objects.of(organisation).get(pk=payment_id)
        customer = Customer.objects.select_for_update(no_key=True, of=("self",)).get(pk=payment.customer_id)
        contact = chosen_contact(customer)
        today = today_of(organisation, now)
        if contact is None or not has_address(contact) or contact.bounced_at or _was_written_to(customer, today, now):
            return
        write_message(_letter(customer, contact, payment, items), key=_key(payment_id), by=REGLO, now=now)


def _was_written_to(customer: Customer, today: date, now: datetime) -> bool:
    """Whether a reminder or thanks went to a customer today: one message a day."""
    steps = StepTaken.objects.filter(customer=customer, day=today, task_kind="").exclude(state=StepState.DROPPED)
    morning = datetime.combine(today, time(), tzinfo=ZoneInfo(customer.organisation.time_zone))
    thanks = Message.objects.filter(customer=customer, kind=MessageKind.THANKS, created_at__range=(morning, now))
    return steps.exists() or thanks.exists()


def _letter(customer: Customer, contact: Contact, payment: OpenItem, items: list[OpenItem]) -> Letter:
    language, numbers = customer.language, sorted({item.reference for item in items})
    documents = (
        Text(fr=f"Facture {numbers[0]}", en=f"Invoice {numbers[0]}")
        if len(numbers) == 1
        else Text(fr=f"Factures {', '.join(numbers)}", en=f"Invoices {', '.join(numbers)}")
    )
    return Letter(
        kind=MessageKind.THANKS,
        organisation=customer.organisation,
        customer=customer,
        contact=contact,
        values={
            **common_values(customer, contact),
            "documents": documents.in_language(language),
            "amount": amount_text(payment.amount_minor, payment.currency, language),
            "date": day_text(payment.date, language),
        },
        path="",
        attaches_document=False,
    )
