"""Files for the accountant, the administration, the shelf: asked for, made, taken away, forgotten."""

from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.db import transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.jobs.services import schedule
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.accounting.fec import Progress, write_ledger_fec
from reglo.reporting.accounting.years import year_of
from reglo.reporting.archive.making import write_archive
from reglo.reporting.archive.writing import chunks_of, digest_of
from reglo.reporting.handing.outcomes import Json, outcome_of_archive, outcome_of_fec
from reglo.reporting.handing.parts import forget, keep
from reglo.reporting.models import HandedFile, HandedKind

MAKE_FILE = "make-file"
KEPT_FOR = timedelta(days=7)
_LONGEST_YEAR = timedelta(days=24 * 31)  #: a first fiscal year may last nearly two
_LONGEST_ARCHIVE = timedelta(days=10 * 366)
_MEANWHILE = timedelta(minutes=2)  #: what is small is made by who asks; the job is for when that is cut short


class PeriodRefused(DomainError):
    """No file is made of such a period."""

    code = "period-refused"


def ask_file(
    *,
    organisation: Organisation,
    kind: HandedKind,
    start: date,
    end: date,
    leaves_out_foreign: bool = False,
    is_small: bool = False,
    by: Actor,
    now: datetime,
) -> HandedFile:
    """Ask for a file, which a job makes; asked twice while it waits, it is one.

    is_small: the caller makes it right away. Raises PeriodRefused.
    """
    _require_period(kind, start, end)
    wanted = {"kind": kind, "start": start, "end": end, "leaves_out_foreign": leaves_out_foreign}
    with transaction.atomic(durable=True):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        waiting = HandedFile.objects.of(organisation).filter(made_at=None, problem={}, **wanted).first()
        if waiting is not None:
            return waiting
        file = HandedFile.objects.create(
            organisation=organisation, asked_at=now, asked_by_id=by.user_id, asked_by_name=by.name[:200], **wanted
        )
        due_at = now + _MEANWHILE if is_small else now
        schedule(
            MAKE_FILE,
            subject_id=file.pk,
            organisation_id=organisation.pk,
            key=f"{MAKE_FILE}:{file.pk}",
            due_at=due_at,
            now=now,
        )
    return file


def make_file(*, file_id: int, now: datetime, progress: Progress | None = None) -> None:
    """Make a file that waits, check it, keep it. What refuses it is told on its page."""
    file = HandedFile.objects.select_related("organisation").get(pk=file_id)
    if not file.is_waiting:
        return
    try:
        with TemporaryFile() as content:
            name, outcome = _written(file, cast("BinaryIO", content), progress)
            size = keep(file, content) if outcome["accepted"] else 0
            sha256 = digest_of(chunks_of(content)).hexdigest()
    except DomainError as error:
        _refuse(file, error)
    else:
        _end(file, name=name, size=size, sha256=sha256, outcome=outcome, now=now)


def note_download(*, file: HandedFile, by: Actor, now: datetime) -> None:
    """Write down who took a file away."""
    with transaction.atomic(durable=True):
        record(
            "file-taken",
            organisation_id=file.organisation_id,
            subject=file,
            by=by,
            at=now,
            after={"sha256": file.sha256},
        )


def forget_expired(*, now: datetime) -> None:
    """Delete the bytes of files whose days are over; what was found of them stays."""
    for file in HandedFile.objects.filter(expires_at__lte=now).order_by("pk"):
        with transaction.atomic(durable=True):
            forget(file)
            HandedFile.objects.filter(pk=file.pk).update(expires_at=None)


def _require_period(kind: HandedKind, start: date, end: date) -> None:
    longest = _LONGEST_YEAR if kind == HandedKind.FEC else _LONGEST_ARCHIVE
    if end < start:
        raise PeriodRefused(
            Text(fr="Le dernier jour est avant le premier.", en="The last day is before the first."), field="end"
        )
    if end - start > longest:
        raise PeriodRefused(
            Text(
                fr="C'est trop long\N{NO-BREAK SPACE}: un FEC est celui d'un exercice, de deux ans au plus, "
                "et une archive compte dix ans au plus.",
                en="That is too long: a FEC is that of one fiscal year, of two years at most; an archive has ten years "
                "at most.",
            ),
            field="end",
        )


def _written(file: HandedFile, content: BinaryIO, progress: Progress | None) -> tuple[str, Json]:
    """Write the file; its name, and what was found. Raises DomainError where it cannot be made."""
    extent = extent_of(file.organisation, file.start, file.end)
    if file.kind == HandedKind.ARCHIVE:
        archive = write_archive(extent, content, progress=progress)
        return archive.name, outcome_of_archive(archive)
    made = write_ledger_fec(
        extent,
        content,
        counted_from=min(year_of(file.organisation, file.end).start, file.start),
        leaves_out_foreign=file.leaves_out_foreign,
        progress=progress,
    )
    return made.name, outcome_of_fec(made)


def _refuse(file: HandedFile, error: DomainError) -> None:
    forget(file)
    problem = {"fr": error.message.fr, "en": error.message.en}
    HandedFile.objects.filter(pk=file.pk, made_at=None).update(problem=problem)


def _end(file: HandedFile, *, name: str, size: int, sha256: str, outcome: Json, now: datetime) -> None:
    """What is not accepted is not handed over: its page says why."""
    with transaction.atomic(durable=True):
        found = HandedFile.objects.select_for_update().get(pk=file.pk)
        if not found.is_waiting:
            return
        found.name, found.size, found.sha256, found.outcome = name, size, sha256, dict(outcome)
        found.made_at, found.expires_at = now, now + KEPT_FOR if outcome["accepted"] else None
        found.save()
        by = Actor(name=found.asked_by_name, user_id=found.asked_by_id)
        after = {"name": name, "start": found.start, "end": found.end, "sha256": sha256}
        record(f"{found.kind}-made", organisation_id=found.organisation_id, subject=found, by=by, at=now, after=after)
