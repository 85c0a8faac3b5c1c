"""Reports that go out by themselves, and each time that one did."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned
from reglo.reporting.rhythm import Rhythm


class Schedule(Owned):
    """A report that is mailed again and again."""

    report = models.CharField(max_length=40)  #: its name in the catalogue
    grouping = models.CharField(max_length=20, blank=True)  #: key of its breakdown
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices)
    days_in = models.PositiveSmallIntegerField(default=0)  #: days after the beginning of the month, quarter or year
    recipients = models.JSONField(default=list)  #: e-mail addresses
    language = models.CharField(max_length=2)
    next_on = models.DateField()  #: day of the next one
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_on"], name="schedule_next", condition=models.Q(stopped_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.rhythm})"


class Dispatch(Owned):
    """A report for one address on one day: once, whatever stops and starts."""

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="dispatches")
    day = models.DateField()
    to = models.EmailField()
    message_id = models.CharField(max_length=200)  #: the same at each attempt: receivers drop a double
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)  #: why it will not be sent

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "day", "to"], name="dispatch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} → {self.to}"
