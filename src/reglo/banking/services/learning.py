"""What decisions teach about how customers pay, and forgetting it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from reglo.banking.lines import bank_line_of
from reglo.banking.models import Learnt, LearntKind, Payment, StatementLine
from reglo.banking.stored import SettledPart, StoredMatch
from reglo.core.matching import Allocation, Certainty, CustomerFacts, Habit, KnownIban, Match, learn
from reglo.core.money import minor_units
from reglo.customers.models import Customer
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


def learn_from(payment: Payment, line: StatementLine, match: StoredMatch) -> None:
    """Remember what a payment by bank line teaches, within its transaction; undone, it is forgotten with it."""
    known = list(Learnt.objects.filter(organisation_id=payment.organisation_id, customer_id=payment.customer_id))
    before = facts_of(payment.customer, known)
    after = learn(before, bank_line_of(line), _match_of(payment, match))
    new = [
        Learnt(
            organisation_id=payment.organisation_id,
            customer_id=payment.customer_id,
            kind=kind,
            value=value[:200],
            since=line.booked,
            payment=payment,
        )
        for kind, value in _news(before, after)
    ]
    Learnt.objects.bulk_create(new, ignore_conflicts=True)


def facts_of(customer: Customer, learnt: Iterable[Learnt]) -> CustomerFacts:
    """What is known of a customer, for the core."""
    names = tuple(dict.fromkeys(each for each in (customer.name, customer.trading_name) if each))
    return facts_from(customer.pk, names, learnt)


def facts_from(key: int, names: tuple[str, ...], learnt: Iterable[Learnt]) -> CustomerFacts:
    """`facts_of` where the names are known already."""
    by_kind: dict[str, list[tuple[str, date]]] = {}
    for each in learnt:
        by_kind.setdefault(each.kind, []).append((each.value, each.since))
    return CustomerFacts(
        key=key,
        names=names,
        ibans=tuple(KnownIban(iban=value, since=since) for value, since in by_kind.get(LearntKind.IBAN, ())),
        payer_names=tuple(value for value, _ in by_kind.get(LearntKind.PAYER, ())),
        habits=frozenset(Habit(value) for value, _ in by_kind.get(LearntKind.HABIT, ())),
    )


def _news(before: CustomerFacts, after: CustomerFacts) -> Iterator[tuple[LearntKind, str]]:
    for known in after.ibans:
        if known not in before.ibans:
            yield LearntKind.IBAN, known.iban
    for name in after.payer_names:
        if name not in before.payer_names:
            yield LearntKind.PAYER, name
    for habit in sorted(after.habits - before.habits):
        yield LearntKind.HABIT, habit.value


def _match_of(payment: Payment, match: StoredMatch) -> Match:
    """The stored match as a value of the core, about this payment's customer."""
    scale = -minor_units(payment.currency)

    def allocation(part: SettledPart) -> Allocation:
        return Allocation(item=part.item, amount=Decimal(part.amount).scaleb(scale), part=part.part)

    return Match(
        allocations=tuple(allocation(each) for each in match.parts),
        certainty=Certainty.CERTAIN,
        score=100,
        reasons=(),
        customers=(payment.customer_id,),
        shortfall=Decimal(match.shortfall).scaleb(scale),
    )


def forget(*, organisation: Organisation, learnt_id: int, by: Actor, now: datetime) -> None:
    """Forget one thing that was learnt."""
    with transaction.atomic(durable=True):
        known = Learnt.objects.of(organisation).select_for_update().get(pk=learnt_id)
        customer_id, before = known.customer_id, {"value": known.value, "kind": known.kind}
        record(
            "learnt-forgotten",
            organisation_id=organisation.pk,
            subject=known,
            customer_id=customer_id,
            by=by,
            at=now,
            before=before,
        )
        known.delete()
