"""Filters that a person keeps."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import Owned


class SavedFilter(Owned):
    """A list's filter under a name."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=20)  #: "invoices", "customers", "quotes", "products"
    label = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)  #: the query string

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "list_name", "label"], name="filter_label_once"),
        ]

    def __str__(self) -> str:
        return self.label
