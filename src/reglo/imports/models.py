"""Mappings that are remembered, and tables that were brought in."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned


class ImportMapping(Owned):
    """Which column means what, for tables with the same headers."""

    kind = models.CharField(max_length=20)  #: "customers", "products"
    headers_sha256 = models.CharField(max_length=64)  #: of the headers, so that the next such table is understood
    columns = models.JSONField(default=dict)  #: header → field, "" for none

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "headers_sha256"], name="mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.headers_sha256[:8]}"


class TableImport(Owned):
    """A table someone brought: kept until it is taken in or dropped."""

    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    all_or_nothing = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)  #: a job takes it in
    started_by = models.CharField(max_length=200, blank=True)
    taken_in_at = models.DateTimeField(null=True)
    #: {"created": n, "updated": n, "unchanged": n, "refused": n}, or why a job could not, {"fr": …, "en": …}
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "kind", "-uploaded_at"], name="import_newest")]

    def __str__(self) -> str:
        return self.file_name
