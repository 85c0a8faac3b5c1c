"""What the worker does for this room."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, Subquery

from reglo.banking.models import BankFile, LineState, MatchingState, StatementLine
from reglo.banking.services.importing import TAKE_IN, give_up_taking_in, take_in_bank_file
from reglo.banking.services.matching import run_matching
from reglo.banking.services.scheduling import MATCH, schedule_matching
from reglo.core.errors import DomainError
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job, JobState
from reglo.journal.services import Actor
from reglo.ledger.models import LedgerHead
from reglo.organisations.models import Organisation

_AN_HOUR = 3600
_WITHIN = timedelta(minutes=30)  #: more than 10,000 postings take on a busy machine


@handles(MATCH, within=_WITHIN)
def match_lines(job: Job, now: datetime) -> None:
    """Match the lines of an organisation that wait."""
    run_matching(organisation=Organisation.objects.get(pk=job.subject_id), now=now)


@handles(TAKE_IN, within=_WITHIN)
def take_in(job: Job, now: datetime) -> None:
    """Take in a bank file; what refuses it is told on its page."""
    file = BankFile.objects.select_related("organisation").defer("content").filter(pk=job.subject_id).first()
    if file is None or file.taken_in_at is not None:
        return
    by = Actor(name=file.started_by, user_id=file.uploaded_by_id)
    try:
        take_in_bank_file(
            organisation=file.organisation,
            file_id=file.pk,
            by=by,
            now=now,
            progress=lambda done: cache.set(progress_key(file.pk), done, _AN_HOUR),
        )
    except DomainError as error:
        give_up_taking_in(organisation=file.organisation, file_id=file.pk, error=error)


def progress_key(file_id: int) -> str:
    """Where the page finds how many lines are written: the lines themselves show only once all are."""
    return f"bank-file-progress-{file_id}"


@sweeps("bank-lines-to-match")
def match_after_changes(now: datetime) -> None:
    """Match again where the ledger has moved on since the last run: an invoice was issued, a payment recorded."""
    waiting = StatementLine.objects.filter(
        organisation=OuterRef("pk"), state__in=(LineState.WAITING, LineState.PROPOSED)
    )
    known = MatchingState.objects.filter(organisation=OuterRef("pk")).values("ledger_sequence")
    head = LedgerHead.objects.filter(organisation=OuterRef("pk")).values("sequence")
    under_way = Job.objects.filter(
        kind=MATCH, organisation_id=OuterRef("pk"), state__in=(JobState.WAITING, JobState.RUNNING)
    )
    moved = Organisation.objects.filter(Exists(waiting), ~Exists(under_way)).annotate(
        known=Subquery(known), head=Subquery(head)
    )
    for organisation in moved.filter(head__gt=F("known")):
        schedule_matching(organisation, now=now)
