"""À faire: all that waits for a person; what Réglo decided; what to do next with a customer, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reglo.collection.listings.decided import DECIDED
from reglo.collection.queries.day import day_of, decisions_of, last_round, verdicts
from reglo.collection.queries.facts import facts_for
from reglo.collection.queries.policies import active_version, policy_in
from reglo.collection.queries.steps import steps_of
from reglo.collection.views.rows import customer_or_404
from reglo.collection.wording import STEP_STATES, TASKS, TONES
from reglo.core.collection import DEFAULT_POLICY, decide
from reglo.customers.queries import root_of
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of


@require_GET
@needs(Permission.READ)
def day(request: MemberRequest) -> HttpResponse:
    """All that waits for a person today."""
    now = timezone.now()
    values = {
        "day": day_of(request.organisation, today=today_of(request.organisation, now)),
        "active": active_version(request.organisation),
        "round": last_round(request.organisation),
        "tasks": TASKS,
        "here": "day",
    }
    return render(request, "collection/day.html", values)


@require_GET
@needs(Permission.READ)
def decided(request: MemberRequest) -> Answer:
    """What Réglo decided last of each customer with something open, and why."""
    counts = verdicts(request.organisation)
    return list_page(
        request,
        DECIDED,
        decisions_of(request.organisation),
        counts=counts,
        total=sum(counts.values()),
        round=last_round(request.organisation),
        active=active_version(request.organisation),
        here="decided",
    )


@require_GET
@needs(Permission.READ)
def next_of_customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """What to do next with a customer and why, decided anew; a fragment of its pages."""
    customer = root_of(customer_or_404(request, customer_pk))
    now = timezone.now()
    version = active_version(request.organisation)
    policy = policy_in(version) if version else DEFAULT_POLICY
    decision = decide(facts_for(customer, now=now), policy, today_of(request.organisation, now))
    steps = steps_of(request.organisation).filter(customer=customer).order_by("-day", "-pk")[:5]
    values = {
        "customer": customer,
        "decision": decision,
        "active": version,
        "steps": [_shown(step) for step in steps],
    }
    return render(request, "collection/_next.html", values)


def _shown(step):  # type: ignore[no-untyped-def]  # a step, as a line of the fragment
    label, colour = STEP_STATES[step.state]
    return {
        "step": step,
        "name": TASKS.get(step.task_kind) or TONES.get(step.tone, ""),
        "state": label,
        "colour": colour,
    }
