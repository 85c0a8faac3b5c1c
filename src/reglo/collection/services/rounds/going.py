"""Going through all customers once a day, batch by batch: whoever dies, another goes on from the last batch."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction

from reglo.collection.addresses import within
from reglo.collection.models import PolicyVersion, Round, StepState, StepTaken
from reglo.collection.queries.facts import customers_owing, facts_of
from reglo.collection.queries.policies import active_version, may_send, policy_in
from reglo.collection.services.rounds.deciding import decide_customer, keep_decisions
from reglo.core.collection import Decision, Policy, decide
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.delivery.services import send_notice
from reglo.jobs.services import schedule
from reglo.journal.services import REGLO
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

JOB = "collection-round"
_BATCH = 2000


def start_rounds(*, now: datetime) -> None:
    """Begin the round of the day of each organisation that collects and is in its sending hours."""
    active = PolicyVersion.objects.filter(activated_at__isnull=False, ended_at=None).select_related("organisation")
    for version in active.order_by("pk").iterator():
        if may_send(policy_in(version), version.organisation, now):
            _start(version.organisation, now)


def _start(organisation: Organisation, now: datetime) -> None:
    day = today_of(organisation, now)
    if Round.objects.of(organisation).filter(day=day).exists():
        return
    with transaction.atomic(durable=True):
        found, is_new = Round.objects.get_or_create(organisation=organisation, day=day, defaults={"started_at": now})
        if is_new:
            _schedule(found, now)


def _schedule(found: Round, now: datetime) -> None:
    schedule(
        JOB,
        subject_id=found.pk,
        organisation_id=found.organisation_id,
        key=f"{JOB}:{found.pk}:{found.last_customer}",
        due_at=now,
    )


def go_on(*, round_id: int, now: datetime) -> Round:
    """Decide the next customers of a round and schedule those after them.

    Nothing where it is through, collection was switched off, or the hours are over: the next day begins anew.
    """
    found = Round.objects.select_related("organisation").get(pk=round_id)
    version = active_version(found.organisation)
    is_its_day = found.day == today_of(found.organisation, now)
    if found.ended_at or version is None or not is_its_day:
        return found
    policy = policy_in(version)
    if not may_send(policy, found.organisation, now):
        return found
    customers = list(islice(_due(found), _BATCH))
    decisions = list(_decided(found.organisation, customers, policy, now))
    return _turn_page(found, customers, decisions, now)


def _due(found: Round) -> Iterable[int]:
    """Who is to be decided: who has an open item, and who has something open with a person."""
    tasks = StepTaken.objects.filter(organisation=found.organisation, state=StepState.TO_DO)
    with_tasks = set(tasks.values_list("customer", flat=True))
    return sorted(
        {*customers_owing(found.organisation, after=found.last_customer)}
        | {pk for pk in with_tasks if pk > found.last_customer}
    )


def _decided(organisation: Organisation, customers: list[int], policy: Policy, now: datetime) -> Iterable[Decision]:
    """Decide all in one reading; those with something to do once more each, held and carried out."""
    today = today_of(organisation, now)
    with_tasks = set(
        StepTaken.objects.filter(customer__in=customers, state=StepState.TO_DO).values_list("customer", flat=True)
    )
    quiet: list[Decision] = []
    for facts in facts_of(organisation, set(customers) - with_tasks, now=now):
        decision = decide(facts, policy, today)
        if decision.acts:
            with_tasks.add(int(facts.key))
        else:
            quiet.append(decision)
    keep_decisions(organisation, quiet)
    yield from quiet
    for customer_id in sorted(with_tasks):
        made = _decide_one(customer_id, organisation, now)
        if made is not None:
            yield made


def _decide_one(customer_id: int, organisation: Organisation, now: datetime) -> Decision | None:
    """Decide a customer. One for whom that cannot be carried out holds up none of the others: the owners are told."""
    try:
        return decide_customer(customer_id=customer_id, organisation=organisation, now=now)
    except DomainError as error:
        _tell(customer_id, organisation, error, now)
        return None


def _tell(customer_id: int, organisation: Organisation, error: DomainError, now: datetime) -> None:
    customer = Customer.objects.of(organisation).get(pk=customer_id)
    subject = Text(fr=f"Relance de {customer.name} impossible", en=f"{customer.name} could not be reminded")
    send_notice(
        organisation=organisation,
        subject=subject.in_language(organisation.language),
        body=error.message.in_language(organisation.language),
        path=within("collection:story", customer_pk=customer_id),
        key=f"not-reminded:{customer_id}:{today_of(organisation, now)}",
        by=REGLO,
        now=now,
    )


def _turn_page(found: Round, customers: list[int], decisions: list[Decision], now: datetime) -> Round:
    with transaction.atomic(durable=True):
        held = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if held.last_customer != found.last_customer or held.ended_at:
            return held  # another worker took this batch
        held.decided += len(decisions)
        held.messages += sum(1 for each in decisions if each.message)
        held.tasks += sum(len(each.tasks) for each in decisions)
        held.last_customer = customers[-1] if customers else held.last_customer
        if len(customers) < _BATCH:
            held.ended_at = now
        held.save()
        if held.ended_at is None:
            _schedule(held, now)
    return held
