"""Work to be done, as rows; who does it, and when the sweeps ran."""

from typing import ClassVar

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting"  #: due at `due_at`; also after an attempt that failed
    RUNNING = "running"  #: claimed until `lease_until`; after that its worker counts as dead
    DONE = "done"
    FAILED = "failed"  #: given up after the last attempt; a person decides


class Job(models.Model):
    """One thing to do once (*tâche*), written in the transaction of its cause."""

    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=60)  #: which handler: "deliver-message"
    subject_id = models.PositiveBigIntegerField()
    key = models.CharField(max_length=200, unique=True)  #: the same thing is never scheduled twice
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveIntegerField(default=0)  #: begun; also names the claim of who works on it
    due_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True)  #: when an engine was last told; it may have forgotten
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="job_due", condition=models.Q(state__in=["waiting", "running"])),
            models.Index(fields=["organisation", "state"], name="job_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} ({self.state})"


class Heartbeat(models.Model):
    """A worker that lives, or lived: it writes the time each minute."""

    worker = models.CharField(max_length=100, primary_key=True)  #: machine and process
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class SweepRun(models.Model):
    """When a sweep last ran: of several workers, one runs it each minute."""

    name = models.CharField(max_length=60, primary_key=True)
    ran_at = models.DateTimeField()
