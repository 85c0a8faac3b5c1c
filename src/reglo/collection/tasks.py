"""What the worker does for this room."""

from datetime import datetime, timedelta

from reglo.collection.services.plans import note_plans
from reglo.collection.services.promises import note_promises
from reglo.collection.services.proposals import expire_proposals
from reglo.collection.services.proposals_kept import settle_kept_proposals
from reglo.collection.services.rounds import decide_customer, go_on, settle_steps, start_rounds, thank
from reglo.collection.services.trials import run_trial
from reglo.customers.models import Customer
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job

# Of the customer's side: promises, plans, proposals.


@sweeps("promises-and-plans")
def judge_what_was_said(now: datetime) -> None:
    """Note what was kept, broken or left unanswered since the last look, and book what it brings."""
    note_promises(now=now)
    note_plans(now=now)
    expire_proposals(now=now)
    settle_kept_proposals(now=now)


# Of our side: the round, what became of its messages, thanks, trials.


@sweeps("collection-rounds")
def begin_rounds(now: datetime) -> None:
    """Begin the round of the day where it is time, and thank for what was paid."""
    start_rounds(now=now)
    thank(now=now)


@sweeps("collection-steps")
def settle(now: datetime) -> None:
    """Write into the steps what became of their messages."""
    settle_steps(now=now)


@handles("collection-round", within=timedelta(minutes=15))
def go_on_with_round(job: Job, now: datetime) -> None:
    """Decide the next customers of a round."""
    go_on(round_id=job.subject_id, now=now)


@handles("decide-customer")
def decide_once_more(job: Job, now: datetime) -> None:
    """Decide the day of a customer again, whose message did not leave."""
    customer = Customer.objects.select_related("organisation").get(pk=job.subject_id)
    decide_customer(customer_id=customer.pk, organisation=customer.organisation, now=now)


@handles("try-policy", within=timedelta(hours=1))
def try_policy(job: Job, now: datetime) -> None:
    """Try a policy on the last six months."""
    run_trial(trial_id=job.subject_id, now=now)
