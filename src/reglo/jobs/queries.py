"""Reading jobs: what is in trouble, how many there are, whether a worker lives."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Model, Q, QuerySet

from reglo.jobs.models import Heartbeat, Job, JobState

ALIVE = timedelta(minutes=3)  #: a worker that wrote within this time lives


def troubles(organisation: Model) -> QuerySet[Job]:
    """The jobs of an organisation that failed, or failed at least once and will be tried again; newest first."""
    return (
        Job.objects.filter(organisation_id=organisation.pk)
        .filter(Q(state=JobState.FAILED) | Q(state__in=(JobState.WAITING, JobState.RUNNING), attempts__gt=0))
        .exclude(last_error="")
        .order_by("-id")
    )


def count_by_state() -> dict[str, int]:
    """How many jobs there are in each state."""
    found = dict(Job.objects.values_list("state").annotate(count=Count("id")).order_by())
    return {state: found.get(state, 0) for state in JobState.values}


def last_heartbeat() -> datetime | None:
    """When a worker was last seen; None where there never was one."""
    return Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]


def is_worker_alive(now: datetime) -> bool:
    """Whether a worker was seen lately."""
    last = last_heartbeat()
    return last is not None and last > now - ALIVE
