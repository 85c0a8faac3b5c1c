"""Bringing a table: receive it, say what its columns mean, take it in or drop it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.imports.columns import guessed, headers_sha256, names_of, require_usable
from reglo.imports.kinds import Outcome, Plan, Progress
from reglo.imports.models import ImportMapping, TableImport
from reglo.imports.queries import plan_of, require_kind, table_of
from reglo.imports.reading import read_table
from reglo.jobs.services import schedule
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

TAKE_IN = "take-in-table"  #: kind of the job
LARGE = 500  #: rows; more are taken in by a job
_LONGEST_NAME = 200


class AlreadyTakenIn(DomainError):
    """The table was taken in already, or is being."""

    code = "table-already-taken-in"


class RowsRefused(DomainError):
    """All or nothing was asked for, and some rows cannot be taken in."""

    code = "rows-refused"


class NothingToTakeIn(DomainError):
    """No row can be taken in."""

    code = "nothing-to-take-in"


class Overtaken(DomainError):
    """Somebody else wrote the same rows meanwhile."""

    code = "import-overtaken"


def receive_table(
    *, organisation: Organisation, kind: str, file_name: str, content: bytes, by: Actor, now: datetime
) -> TableImport:
    """Keep a table that somebody brings, with what its columns mean as remembered or guessed.

    Nothing is taken in yet. Raises UnknownKind, UnreadableDocument.
    """
    known = require_kind(kind)
    table = read_table(content, names_of(known))
    if by.user_id is None:
        raise ValueError("a table is brought by a user")
    with transaction.atomic(durable=True):
        remembered = ImportMapping.objects.of(organisation).filter(
            kind=kind, headers_sha256=headers_sha256(table.headers)
        )
        mapping = remembered.first()
        return TableImport.objects.create(
            organisation=organisation,
            kind=kind,
            file_name=_plain_name(file_name),
            content=content,
            sha256=sha256(content).hexdigest(),
            columns=mapping.columns if mapping else guessed(known, table.headers),
            uploaded_by_id=by.user_id,
            uploaded_at=now,
        )


def _plain_name(file_name: str) -> str:
    """What to call a file: the end of its path, to be shown and nothing else."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(each for each in name if each.isprintable())[-_LONGEST_NAME:] or "?"


def map_columns(*, import_id: int, organisation: Organisation, columns: Mapping[str, str]) -> TableImport:
    """Say what the columns mean, for this table and for the next with the same headers. Raises BadMapping."""
    with transaction.atomic(durable=True):
        brought = _locked(organisation, import_id)
        _require_open(brought)
        headers = table_of(brought).headers
        brought.columns = require_usable(require_kind(brought.kind), headers, columns)
        brought.save(update_fields=["columns"])
        ImportMapping.objects.update_or_create(
            organisation=organisation,
            kind=brought.kind,
            headers_sha256=headers_sha256(headers),
            defaults={"columns": brought.columns},
        )
    return brought


def start_taking_in(
    *, import_id: int, organisation: Organisation, all_or_nothing: bool, rows: int, by: Actor, now: datetime
) -> TableImport:
    """Have a large table taken in by a job. rows: how many there are, for the bar that shows how far it has come."""
    with transaction.atomic(durable=True):
        brought = _locked(organisation, import_id)
        _require_open(brought)
        brought.started_at = now
        brought.started_by = by.name
        brought.all_or_nothing = all_or_nothing
        brought.outcome = {"rows": rows}
        brought.save()
        schedule(
            TAKE_IN,
            subject_id=brought.pk,
            organisation_id=organisation.pk,
            key=f"{TAKE_IN}-{brought.pk}-{now.isoformat()}",
            due_at=now,
        )
    return brought


def take_in_table(
    *,
    import_id: int,
    organisation: Organisation,
    all_or_nothing: bool,
    by: Actor,
    now: datetime,
    progress: Progress | None = None,
) -> TableImport:
    """Take in the rows that can be, in one transaction; with `all_or_nothing` none unless all can.

    Raises AlreadyTakenIn, RowsRefused, NothingToTakeIn.
    """
    with _told_where_overtaken(), transaction.atomic(durable=True):
        brought = _locked(organisation, import_id)
        if brought.taken_in_at is not None:
            raise _already(brought)
        plan = plan_of(brought, today_of(organisation, now))
        _require_takeable(plan, all_or_nothing=all_or_nothing)
        plan.write(by, now, progress or _untold)
        brought.taken_in_at = now
        brought.outcome = plan.counts
        brought.content = b""  # what was taken in is in the rows; the file may hold more than was wanted
        brought.save()
        record(
            "table-taken-in",
            organisation_id=organisation.pk,
            subject=brought,
            by=by,
            at=now,
            after={"kind": brought.kind, "file": brought.file_name, **plan.counts},
        )
    return brought


@contextmanager
def _told_where_overtaken() -> Iterator[None]:
    """Somebody else may give a code between our reading and our writing: then nothing is taken in, and that is said."""
    try:
        yield
    except IntegrityError as error:
        raise Overtaken(
            Text(
                fr="Quelqu'un a modifié les mêmes fiches au même moment : rien n'est repris. Recommencez.",
                en="Somebody changed the same records at the same time: nothing is taken in. Try again.",
            )
        ) from error


def _untold(done: int) -> None:
    """Nobody watches."""


def give_up_taking_in(*, import_id: int, organisation: Organisation, error: DomainError) -> None:
    """Write down why a job could not take in a table, so that one can mend it and begin again."""
    with transaction.atomic(durable=True):
        brought = _locked(organisation, import_id)
        brought.started_at = None
        brought.outcome = {"fr": error.message.fr, "en": error.message.en}
        brought.save(update_fields=["started_at", "outcome"])


def drop_table(*, import_id: int, organisation: Organisation) -> None:
    """Forget a table that was not taken in."""
    with transaction.atomic(durable=True):
        brought = _locked(organisation, import_id)
        _require_open(brought)
        brought.delete()


def _require_takeable(plan: Plan, *, all_or_nothing: bool) -> None:
    refused = plan.count(Outcome.REFUSED)
    if refused == len(plan.rows):
        raise NothingToTakeIn(
            Text(
                fr="Aucune ligne ne peut être reprise : voyez les erreurs.",
                en="No row can be taken in: see the errors.",
            )
        )
    if all_or_nothing and refused:
        raise RowsRefused(
            Text(
                fr=f"{refused} ligne(s) sont refusées : rien n'est repris. Corrigez-les, ou reprenez les autres.",
                en=f"{refused} row(s) are refused: nothing is taken in. Mend them, or take in the others.",
            )
        )


def _require_open(brought: TableImport) -> None:
    if brought.taken_in_at is not None or brought.started_at is not None:
        raise _already(brought)


def _already(brought: TableImport) -> AlreadyTakenIn:
    return AlreadyTakenIn(
        Text(
            fr=f"« {brought.file_name} » a déjà été repris, ou est en train de l'être.",
            en=f"“{brought.file_name}” was taken in already, or is being.",
        )
    )


def _locked(organisation: Organisation, import_id: int) -> TableImport:
    rows = TableImport.objects.of(organisation).select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=import_id)
