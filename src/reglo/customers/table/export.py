"""Customers as rows that come in again: one row a customer, more where it has several contacts or addresses."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from reglo.core.findings import Text
from reglo.core.terms import BuyerKind, PaymentTerms, agreement
from reglo.customers.facts import ContactFacts, Facts, address_facts_of, contact_facts_of, facts_of
from reglo.customers.models import AddressUse, Customer
from reglo.customers.table.columns import FIELDS
from reglo.customers.wording import KINDS, NO, USES, YES


def headers(language: str) -> list[str]:
    """The headers of the file."""
    return [each.label.in_language(language) for each in FIELDS]


def rows_of(customers: Iterable[Customer], language: str) -> Iterator[list[str]]:
    """The rows of customers, whose contacts and addresses should be prefetched."""
    for customer in customers:
        facts = facts_of(customer)
        people: list[ContactFacts | None] = [
            contact_facts_of(each) for each in customer.contacts.all() if each.archived_at is None
        ]
        places = [address_facts_of(each) for each in customer.addresses.all()]
        for person, place in zip_longest(people or [None], places):
            yield [_cell(each.key, facts, person, place, language) for each in FIELDS]


def _cell(key: str, customer: Facts, person: Facts | None, place: Facts | None, language: str) -> str:
    group, _, name = key.rpartition(".")
    facts = {"": customer, "contact": person, "address": place}[group]
    return "" if facts is None else _written(getattr(facts, name), language)


def _written(value: Any, language: str) -> str:
    """A fact as a cell has it."""
    match value:
        case None:
            return ""
        case bool():
            return _said(YES if value else NO, language)
        case BuyerKind():
            return _said(KINDS[value], language)
        case AddressUse():
            return _said(USES[value], language)
        case PaymentTerms():
            return _said(agreement(value), language)
    return str(value)


def _said(text: Text, language: str) -> str:
    return text.in_language(language)
