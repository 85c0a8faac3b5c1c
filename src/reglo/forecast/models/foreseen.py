"""What was foreseen on a day, and how right the forecast would have been."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned


class Foreseen(Owned):
    """The forecast of a day (*prévision de trésorerie*), in euro; the last one of the day stays."""

    day = models.DateField()
    digest = models.CharField(max_length=64)  #: of what it was made from: another one asks for another forecast
    made_at = models.DateTimeField()
    left_out = models.PositiveIntegerField(default=0)  #: open invoices in other currencies
    content = models.JSONField()  #: see `forecast.stored`

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "day"], name="foreseen_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"


class Replay(Owned):
    """The forecast tried against the organisation's own past."""

    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    content = models.JSONField(null=True)  #: see `forecast.stored`; None until it is done
    problem_fr = models.TextField(blank=True)  #: why there is nothing to replay
    problem_en = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-asked_at"], name="replay_newest")]

    def __str__(self) -> str:
        return f"{self.asked_at}"
