"""Bringing bank files: receive, say what is not known, take in once, drop."""

import zlib
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Protocol

from django.db import transaction

from reglo.banking.arrivals import Arrival, arrivals_of, stored_preview
from reglo.banking.errors import FileRefused
from reglo.banking.mapping import Columns, headers_sha256, read_mapping, stored_mapping, table_headers
from reglo.banking.models import (
    BankFile,
    BankStatement,
    KnownAccount,
    LineState,
    StatementLine,
    TableMapping,
)
from reglo.banking.services.line_rows import write_lines
from reglo.banking.services.scheduling import schedule_matching
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import minor_amount
from reglo.formats.bank import BankFormat, BankReading, ColumnMapping, DateOrder, guess_mapping, read_bank_file
from reglo.formats.bank.detect import format_of
from reglo.jobs.services import schedule
from reglo.journal.services import Actor, record
from reglo.organisations.models import BankAccount, Organisation

MAX_BYTES = 100 * 1024 * 1024
LARGE = 2000
"""Lines; more are taken in by a job."""

TAKE_IN = "take-in-bank-file"
"""Kind of the job."""

_TABLES = (BankFormat.CSV, BankFormat.XLSX)
_AT_ONCE = 1000
_LONGEST_NAME = 200


class Progress(Protocol):
    """Told how many lines are written."""

    def __call__(self, done: int) -> None: ...


def receive_bank_file(
    *, organisation: Organisation, file_name: str, content: bytes, by: Actor, now: datetime
) -> BankFile:
    """Keep a file that somebody brings, read once for its preview. The same file again, not taken in yet, is that one.

    Nothing is taken in. Raises UnreadableBankFile, FileRefused.
    """
    require_size(len(content))
    if by.user_id is None:
        raise ValueError("a bank file is brought by a user")
    digest = sha256(content).hexdigest()
    waiting = BankFile.objects.of(organisation).filter(sha256=digest, taken_in_at=None, started_at=None).first()
    if waiting is not None:
        return waiting
    file = BankFile(
        organisation=organisation,
        file_name=_plain_name(file_name),
        sha256=digest,
        size=len(content),
        content=zlib.compress(content, 1),
        uploaded_by_id=by.user_id,
        uploaded_at=now,
    )
    _look_into(file, content)
    with transaction.atomic(durable=True):
        file.save()
    return file


def require_size(size: int) -> None:
    """Raise FileRefused for a file that is too large."""
    if size > MAX_BYTES:
        raise FileRefused(
            Text(
                fr=f"Le fichier dépasse {MAX_BYTES // 1024 // 1024} Mo\N{NO-BREAK SPACE}: "
                "demandez à la banque une période plus courte.",
                en=f"The file is larger than {MAX_BYTES // 1024 // 1024} MB: ask the bank for a shorter period.",
            ),
            field="file",
        )


def _plain_name(file_name: str) -> str:
    """What to call a file: the end of its path, to be shown and nothing else."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(each for each in name if each.isprintable())[-_LONGEST_NAME:] or "?"


def _look_into(file: BankFile, content: bytes) -> None:
    """Work out what a file holds; where its columns are not known, that is for somebody to say."""
    kind = format_of(content)
    if kind in _TABLES and _mapping_for(file, content)[0] is None:
        table_headers(content)  # refused now where there is none
        file.format, file.preview = "", {}
        return
    reading, of_table = _read(file, content)
    arrivals = arrivals_of(file.organisation, reading, of_table=of_table)
    file.format = reading.format.value
    file.line_count = sum(len(each.statement.lines) for each in arrivals)
    file.new_count = sum(len(each.new) for each in arrivals)
    file.preview = stored_preview(reading, arrivals)


def _read(file: BankFile, content: bytes) -> tuple[BankReading, BankAccount | None]:
    """What a file holds; and of a table, whose its lines are."""
    mapping, account = _mapping_for(file, content) if format_of(content) in _TABLES else (None, None)
    return read_bank_file(content, name=file.file_name, mapping=mapping), account


def _mapping_for(file: BankFile, content: bytes) -> tuple[ColumnMapping | None, BankAccount | None]:
    """What the columns of a table are, as remembered or guessed; and whose its lines are."""
    headers = table_headers(content)
    known = TableMapping.objects.filter(
        organisation_id=file.organisation_id, headers_sha256=headers_sha256(headers)
    ).select_related("bank_account")
    remembered = known.first()
    if remembered is None:
        return guess_mapping(headers), None
    mapping = read_mapping(remembered.columns) if remembered.columns else guess_mapping(headers)
    return mapping, remembered.bank_account


def content_of(file: BankFile) -> bytes:
    """The bytes of a file that was not taken in yet."""
    return zlib.decompress(bytes(file.content))


def map_bank_columns(
    *, organisation: Organisation, file_id: int, columns: Columns, order: DateOrder | None
) -> BankFile:
    """Say what the columns are, for this table and the next with the same headers. Raises FileRefused, Unreadable…"""
    with transaction.atomic(durable=True):
        file = _open_file(organisation, file_id)
        content = content_of(file)
        headers = table_headers(content)
        chosen = stored_mapping({each: columns.get(each, "") for each in headers}, order)
        TableMapping.objects.update_or_create(
            organisation=organisation, headers_sha256=headers_sha256(headers), defaults={"columns": chosen}
        )
        _look_into(file, content)
        file.save()
    return file


def name_account(
    *, organisation: Organisation, file_id: int, name: str, account: BankAccount, by: Actor, now: datetime
) -> BankFile:
    """Say which of our accounts a file means; remembered. name: as the file has it, "" for a table that says none."""
    with transaction.atomic(durable=True):
        file = _open_file(organisation, file_id)
        content = content_of(file)
        if name:
            KnownAccount.objects.update_or_create(
                organisation=organisation, name=name, defaults={"bank_account": account}
            )
        else:
            TableMapping.objects.update_or_create(
                organisation=organisation,
                headers_sha256=headers_sha256(table_headers(content)),
                defaults={"bank_account": account},
            )
        _look_into(file, content)
        file.save()
        record(
            "account-named",
            organisation_id=organisation.pk,
            subject=file,
            by=by,
            at=now,
            after={"name": name, "account": str(account)},
        )
    return file


def start_taking_in(*, organisation: Organisation, file_id: int, by: Actor, now: datetime) -> BankFile:
    """Have a large file taken in by a job. Raises FileRefused."""
    with transaction.atomic(durable=True):
        file = _open_file(organisation, file_id)
        _require_known_accounts(file)
        file.started_at, file.started_by, file.problem = now, by.name[:200], {}
        file.save(update_fields=["started_at", "started_by", "problem"])
        schedule(
            TAKE_IN,
            subject_id=file.pk,
            organisation_id=organisation.pk,
            key=f"{TAKE_IN}-{file.pk}-{now.isoformat()}",
            due_at=now,
        )
    return file


def take_in_bank_file(
    *, organisation: Organisation, file_id: int, by: Actor, now: datetime, progress: Progress | None = None
) -> BankFile:
    """Write the statements and new lines of a file, all or nothing, and have them matched.

    What was taken in already gives itself. Raises FileRefused where an account is not known.
    """
    with transaction.atomic(durable=True):
        file = _locked(organisation, file_id)
        if file.taken_in_at is not None:
            return file
        # Held, so that of two files of one account the second sees the lines of the first.
        list(BankAccount.objects.of(organisation).select_for_update().order_by("pk"))
        reading, of_table = _read(file, content_of(file))  # the bytes, which may be many, are let go at once
        arrivals = arrivals_of(organisation, reading, of_table=of_table)
        file.line_count = sum(len(each.statement.lines) for each in arrivals)
        file.new_count = 0
        for arrival in arrivals:
            file.new_count += _write(file, arrival, done=file.new_count, progress=progress)
        file.taken_in_at, file.content, file.preview = now, b"", {}
        file.save()
        schedule_matching(organisation, now=now)
        record(
            "bank-file-taken-in",
            organisation_id=organisation.pk,
            subject=file,
            by=by,
            at=now,
            after={"lines": file.line_count, "new": file.new_count},
        )
    return file


def _write(file: BankFile, arrival: Arrival, *, done: int, progress: Progress | None) -> int:
    """A statement and its new lines; how many these are."""
    account, first, last = arrival.account, arrival.first_day, arrival.last_day
    if account is None:
        raise _unknown_account()
    if first is None or last is None:
        return 0  # neither line nor balance: there is nothing to keep
    told = arrival.statement
    currency = told.account.currency or (told.lines[0].currency if told.lines else "EUR")
    statement = BankStatement.objects.create(
        organisation_id=file.organisation_id,
        bank_account=account,
        file=file,
        identifier=told.identifier[:100],
        currency=currency,
        first_day=first,
        last_day=last,
        opening_minor=minor_amount(told.opening.amount, currency) if told.opening else None,
        opening_on=told.opening.on if told.opening else None,
        closing_minor=minor_amount(told.closing.amount, currency) if told.closing else None,
        closing_on=told.closing.on if told.closing else None,
        line_count=len(told.lines),
        new_count=len(arrival.new),
    )
    # What the bank announced up to here, it has booked or dropped by now.
    StatementLine.objects.filter(bank_account=account, state=LineState.ANNOUNCED, booked__lte=last).delete()
    for start in range(0, len(arrival.new), _AT_ONCE):
        write_lines(statement, arrival.new[start : start + _AT_ONCE])
        if progress is not None:
            progress(done + min(start + _AT_ONCE, len(arrival.new)))
    return len(arrival.new)


def give_up_taking_in(*, organisation: Organisation, file_id: int, error: DomainError) -> None:
    """Write down why a job could not take in a file, so that one can mend it and begin again."""
    with transaction.atomic(durable=True):
        file = _locked(organisation, file_id)
        file.started_at = None
        file.problem = {"fr": error.message.fr, "en": error.message.en}
        file.save(update_fields=["started_at", "problem"])


def drop_bank_file(*, organisation: Organisation, file_id: int) -> None:
    """Forget a file that was not taken in."""
    with transaction.atomic(durable=True):
        _open_file(organisation, file_id).delete()


def _require_known_accounts(file: BankFile) -> None:
    statements = file.preview.get("statements", ())
    if not file.format:
        raise FileRefused(Text(fr="Dites d'abord ce que sont les colonnes.", en="Say first what the columns are."))
    if any(each["account"] is None for each in statements):
        raise _unknown_account()


def _unknown_account() -> FileRefused:
    return FileRefused(
        Text(fr="Dites d'abord de quel compte sont ces relevés.", en="Say first which account these statements are of.")
    )


def _open_file(organisation: Organisation, file_id: int) -> BankFile:
    file = _locked(organisation, file_id)
    if file.taken_in_at is not None or file.started_at is not None:
        raise FileRefused(
            Text(
                fr=f"«\N{NO-BREAK SPACE}{file.file_name}\N{NO-BREAK SPACE}» a déjà été importé, ou va l'être.",
                en=f"“{file.file_name}” was imported already, or is being.",
            )
        )
    return file


def _locked(organisation: Organisation, file_id: int) -> BankFile:
    rows = BankFile.objects.of(organisation).select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=file_id)
