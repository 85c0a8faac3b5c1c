"""Files that are made for somebody outside, kept for some days: the FEC of a year, the archive of a period."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned


class HandedKind(models.TextChoices):
    """What is made."""

    FEC = "fec"  #: *fichier des écritures comptables* (LPF A47 A-1)
    ARCHIVE = "archive"  #: documents, FEC, lines and journal of a period, in one ZIP


class HandedFile(Owned):
    """A file that somebody asked for; what was found when it was checked stays when its bytes are gone."""

    kind = models.CharField(max_length=7, choices=HandedKind.choices)
    start = models.DateField()  #: first day
    end = models.DateField()  #: last day
    leaves_out_foreign = models.BooleanField(default=False)  #: only entries in euros are in its FEC
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0)  #: bytes
    sha256 = models.CharField(max_length=64, blank=True)
    outcome = models.JSONField(default=dict)  #: what the check found: see `reporting.handing.outcomes`
    problem = models.JSONField(default=dict)  #: why it cannot be made, {"fr": …, "en": …}
    expires_at = models.DateTimeField(null=True)  #: its bytes are kept until then

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "kind", "-asked_at"], name="handed_newest"),
            models.Index(fields=["expires_at"], name="handed_expires", condition=models.Q(expires_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.start:%Y-%m-%d} – {self.end:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be made."""
        return self.made_at is None and not self.problem

    def is_there_at(self, now: datetime) -> bool:
        """Whether its bytes are kept."""
        return self.made_at is not None and self.expires_at is not None and self.expires_at > now


class FilePart(Owned):
    """Some bytes of a file, packed; together, in their order, they are the file."""

    file = models.ForeignKey(HandedFile, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    content = models.BinaryField()  #: zlib

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "place"], name="file_part_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.place}"
