"""The task that an engine of the Django Tasks API runs: it carries the number of a job and nothing else."""

from django.utils import timezone
from django_tasks import task

from reglo.jobs.doing import do


@task()
def run_job(job_id: int) -> None:
    """Do a job, if it is still there to be done."""
    do(job_id, now=timezone.now())


def enqueue(job_id: int) -> None:
    """Tell the engine of a job. It may forget: the clock tells it again."""
    run_job.enqueue(job_id)
