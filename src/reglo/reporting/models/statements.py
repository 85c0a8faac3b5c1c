"""Statements sent to many customers in one act."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned


class StatementRun(Owned):
    """Somebody has statements of some days sent to all customers who owe something; a job writes them one by one."""

    start = models.DateField()  #: first day of the statements
    end = models.DateField()  #: last day
    currency = models.CharField(max_length=3)
    only_late = models.BooleanField(default=False)  #: only to those with something past its due date
    customers = models.JSONField()  #: ids of those who owe, most first
    written = models.PositiveIntegerField(default=0)  #: how many the job has been through
    without_address = models.JSONField(default=list)  #: ids of those whom nobody can write to
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-asked_at"], name="statement_run_newest")]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d} – {self.end:%Y-%m-%d}"

    @property
    def total(self) -> int:
        """How many customers."""
        return len(self.customers)

    @property
    def reached(self) -> int:
        """How many of them there is a message to."""
        return self.written - len(self.without_address)
