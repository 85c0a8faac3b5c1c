"""The generator's mess through the whole room: what Réglo posts by itself is the truth, to the cent.

The lines come in several files, as they do; what stays undecided is decided by nobody, so that much is pending.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from reglo.banking.models import Learnt, LearntKind, LineState, StatementLine
from reglo.banking.services.matching import run_matching
from reglo.banking.services.payments import record_payment
from reglo.banking.stored import SettledPart, read_parts
from reglo.core.composition import DocumentKind
from reglo.core.matching import Allocation, Part
from reglo.core.money import minor_amount
from reglo.customers.models import Customer
from reglo.ledger.services import Source, offer_settlement
from reglo.organisations.models import Organisation
from tests.banking.rows import a_line, a_statement, an_item, money
from tests.core.matching.mess import Labelled, Mess, mess
from tests.site import INES, NOW, a_customer, an_organisation

pytestmark = pytest.mark.django_db

_FILES = 4


@dataclass(frozen=True)
class World:
    """The rows of a mess."""

    organisation: Organisation
    items: Mapping[int, int]  #: ids of open items by the keys of the mess


def a_world(made: Mess) -> World:
    """Customers with what is known of them, what they paid before and what they owe."""
    organisation = an_organisation()
    customers: dict[int, Customer] = {}
    for facts in made.customers:
        name, *trading_name = facts.names
        customer = a_customer(organisation, name=name, trading_name="".join(trading_name), search=name.lower())
        customers[facts.key] = customer
        for known in facts.ibans:
            Learnt.objects.create(
                organisation=organisation, customer=customer, kind=LearntKind.IBAN, value=known.iban, since=known.since
            )
    for each in made.settled:
        _paid_before(customers[each.customer], each.number, minor_amount(each.amount, "EUR"), on=each.paid)
    items = {}
    for item in made.items:
        amount = minor_amount(item.amount, "EUR")
        kind = DocumentKind.INVOICE if amount > 0 else DocumentKind.CREDIT_NOTE
        dates = {"issued": item.issued, "due": item.due}
        row = an_item(customers[item.customer], item.number, abs(amount), kind=kind, **dates)
        items[item.key] = row.pk
        for offer in item.discounts:
            price = minor_amount(offer.amount, "EUR")
            offer_settlement(
                row, amount_minor=price, last_day=offer.last_day, source=Source("proposal", item.key), now=NOW
            )
    return World(organisation, items)


def _paid_before(customer: Customer, number: str, amount: int, **dates: object) -> None:
    row = an_item(customer, number, amount, issued=dates["on"], due=dates["on"])
    record_payment(
        organisation=customer.organisation,
        customer=customer,
        money=money(amount, **dates),
        parts=[SettledPart(row.pk, amount)],
        key=number,
        by=INES,
        now=NOW,
    )


def bring(world: World, labelled: list[Labelled]) -> dict[int, Labelled]:
    """A file of lines; each with its truth, by id."""
    statement = a_statement(world.organisation)
    found = {}
    for each in labelled:
        line = each.line
        row = a_line(
            statement,
            minor_amount(line.amount, "EUR"),
            booked=line.booked,
            kind=line.kind.value,
            text=line.text,
            reference=line.reference,
            end_to_end=line.end_to_end,
            payer=line.payer,
            payer_iban=line.payer_iban,
            charges_minor=minor_amount(line.charges, "EUR"),
        )
        found[row.pk] = each
    return found


def _is_true(line: StatementLine, truth: Labelled, world: World) -> bool:
    payments = list(line.payments.all())
    settled = {part for each in payments for part in read_parts(each.parts)}
    paid = sum(part.amount for part in settled if part.part is Part.PAID)
    rest = sum(each.amount_minor for each in payments) - paid
    meant = {_stored(each, world) for each in truth.allocations}
    return settled == meant and rest == minor_amount(truth.remaining, "EUR")


def _stored(allocation: Allocation, world: World) -> SettledPart:
    return SettledPart(world.items[allocation.item], minor_amount(allocation.amount, "EUR"), allocation.part)


@pytest.mark.parametrize("seed", [4])
def test_what_is_posted_without_asking_is_the_truth(seed: int) -> None:
    made = mess(seed=seed, items=160, lines=80)
    world = a_world(made)
    truths: dict[int, Labelled] = {}
    for start in range(0, len(made.lines), len(made.lines) // _FILES):
        truths |= bring(world, made.lines[start : start + len(made.lines) // _FILES])
        run_matching(organisation=world.organisation, now=NOW)
    posted = list(StatementLine.objects.filter(state=LineState.MATCHED))
    wrong = [(truths[line.pk].kind, line.text) for line in posted if not _is_true(line, truths[line.pk], world)]
    assert wrong == []
    assert len(posted) >= 0.6 * len(made.lines)
