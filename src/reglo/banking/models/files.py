"""Files that banks give, and what was said of them once so that nobody asks again."""

from typing import ClassVar

from django.db import models

from reglo.organisations.models import BankAccount, Owned


class BankFile(Owned):
    """A file of a bank, kept until it is taken in or dropped."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  #: bytes
    content = models.BinaryField()  #: compressed (zlib); empty once it is taken in
    format = models.CharField(max_length=10, blank=True)  #: of `formats.bank`; "" while its columns are not known
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)  #: a job takes it in
    started_by = models.CharField(max_length=200, blank=True)
    taken_in_at = models.DateTimeField(null=True)
    preview = models.JSONField(default=dict)  #: what it holds, see `banking.arrivals`; worked out when it came
    line_count = models.PositiveIntegerField(default=0)  #: in the file
    new_count = models.PositiveIntegerField(default=0)  #: of them, not imported before
    problem = models.JSONField(default=dict)  #: why a job could not take it in, {"fr": …, "en": …}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-uploaded_at"], name="bank_file_newest"),
            models.Index(fields=["organisation", "sha256"], name="bank_file_sha256"),
        ]

    def __str__(self) -> str:
        return self.file_name


class KnownAccount(Owned):
    """Which of our accounts a bank means by what its files call it."""

    name = models.CharField(max_length=60)  #: IBAN, or number as the bank writes it
    bank_account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="known_account_once")]

    def __str__(self) -> str:
        return self.name


class TableMapping(Owned):
    """What the columns of a bank's tables mean, by their headers; and whose lines they are, where no column says it."""

    headers_sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)  #: see `banking.mapping`
    bank_account = models.ForeignKey(BankAccount, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "headers_sha256"], name="bank_mapping_once"),
        ]

    def __str__(self) -> str:
        return self.headers_sha256[:8]
