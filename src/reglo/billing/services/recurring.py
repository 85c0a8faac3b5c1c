"""Recurring invoices: written down, paused, ended; and what comes of them on their days, once each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from reglo.billing.models import NumberSeries, Occurrence, Recurrence, Rhythm
from reglo.billing.recurring import Coming, content_on, first_not_before, next_comings
from reglo.billing.services.drafts import Heading, NotOfThisOrganisation, add_draft
from reglo.billing.services.issue import issue_draft
from reglo.billing.services.numbering import DateNotPossible, default_series
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.jobs.services import schedule
from reglo.journal.services import REGLO, Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

ISSUE_OCCURRENCE = "issue-occurrence"
MOST_AT_ONCE = 24
"""Comings made up for after a stop; with more of them due, a person is asked first."""

_MOST_EVERY = 52
_REVISIONS = (Decimal(-90), Decimal(100))


class RecurrenceNotPossible(DomainError):
    """A rule that gives no days, or that its occurrences have overtaken."""

    code = "recurrence-not-possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceFacts:
    """What a person says of a recurring invoice."""

    customer: Customer
    label: str
    content: Mapping[str, Any]
    starts_on: date
    rhythm: Rhythm = Rhythm.MONTH
    every: int = 1
    ends_on: date | None = None
    occurrences_at_most: int | None = None
    issues_by_itself: bool = False
    sends_by_itself: bool = False
    revision_percent: Decimal | None = None  #: a year
    revision_month: int | None = None
    series: NumberSeries | None = None


def create_recurrence(*, organisation: Organisation, facts: RecurrenceFacts, by: Actor, now: datetime) -> Recurrence:
    """Begin a recurring invoice. Raises RecurrenceNotPossible, NotOfThisOrganisation."""
    _require_own(organisation, facts)
    with transaction.atomic(durable=True):
        recurrence = applied(Recurrence(organisation=organisation, created_at=now), facts)
        recurrence.save(force_insert=True)
        _record("recurrence-created", recurrence, by=by, now=now)
    return recurrence


def change_recurrence(
    *, recurrence_id: int, organisation: Organisation, facts: RecurrenceFacts, by: Actor, now: datetime
) -> Recurrence:
    """Change what comes from now on. Its days stay, once the first has come. Raises RecurrenceNotPossible."""
    _require_own(organisation, facts)
    with transaction.atomic(durable=True):
        recurrence = _held(recurrence_id, organisation)
        rule = (recurrence.starts_on, recurrence.rhythm, recurrence.every)
        if recurrence.occurrences.exists() and rule != (facts.starts_on, facts.rhythm, facts.every):
            raise RecurrenceNotPossible(
                Text(
                    fr="Des factures sont déjà nées de ce rythme\N{NO-BREAK SPACE}: arrêtez cette récurrence et "
                    "créez-en une autre.",
                    en="Invoices have come of this rhythm: end this recurrence and make another.",
                ),
                field="rhythm",
            )
        before = _facts_of(recurrence)
        applied(recurrence, facts).save()
        _record("recurrence-changed", recurrence, by=by, now=now, before=before)
    return recurrence


def pause_recurrence(*, recurrence_id: int, organisation: Organisation, by: Actor, now: datetime) -> Recurrence:
    """Let nothing come of it until it is resumed."""
    with transaction.atomic(durable=True):
        recurrence = _held(recurrence_id, organisation)
        if recurrence.paused_at is None:
            recurrence.paused_at = now
            recurrence.save(update_fields=["paused_at"])
            _record("recurrence-paused", recurrence, by=by, now=now)
    return recurrence


def resume_recurrence(
    *, recurrence_id: int, organisation: Organisation, by: Actor, now: datetime, catches_up: bool
) -> Recurrence:
    """Go on after a pause. catches_up: also what fell into the pause; else it is left out for good."""
    with transaction.atomic(durable=True):
        recurrence = _held(recurrence_id, organisation)
        if recurrence.paused_at is not None:
            recurrence.paused_at = None
            if not catches_up:
                today = today_of(organisation, now)
                _go_on_with(recurrence, first_not_before(recurrence, today, from_number=recurrence.next_number))
            recurrence.save()
            _record("recurrence-resumed", recurrence, by=by, now=now)
    return recurrence


def end_recurrence(*, recurrence_id: int, organisation: Organisation, by: Actor, now: datetime) -> Recurrence:
    """Let nothing more come of it. What came stays."""
    with transaction.atomic(durable=True):
        recurrence = _held(recurrence_id, organisation)
        if recurrence.next_on is not None:
            recurrence.next_on = None
            recurrence.occurrences_at_most = recurrence.next_number
            recurrence.save(update_fields=["next_on", "occurrences_at_most"])
            _record("recurrence-ended", recurrence, by=by, now=now)
    return recurrence


def make_due_occurrences(*, recurrence_id: int, now: datetime) -> tuple[Occurrence, ...]:
    """Make a draft for each day that has come, and write down that it is to be issued, where that was wished.

    After a stop it makes up for what is due, once each: the occurrence is a row that cannot be there twice. With more
    than MOST_AT_ONCE due it pauses, and the journal says why: nobody expects a hundred invoices overnight.
    """
    with transaction.atomic(durable=True):
        recurrences = Recurrence.objects.select_for_update(of=("self",))
        recurrence = recurrences.select_related("organisation", "customer", "series").get(pk=recurrence_id)
        due = _due(recurrence, today_of(recurrence.organisation, now))
        if len(due) > MOST_AT_ONCE:
            recurrence.paused_at = now
            recurrence.save(update_fields=["paused_at"])
            _record("recurrence-held", recurrence, by=REGLO, now=now)
            return ()
        made = tuple(_occurrence(recurrence, each, now=now) for each in due)
        if due:
            following = next_comings(recurrence, from_number=due[-1].number + 1, at_most=1)
            _go_on_with(recurrence, following[0] if following else None, after=due[-1].number)
            recurrence.save(update_fields=["next_number", "next_on"])
    return made


def issue_occurrence(*, occurrence_id: int, now: datetime) -> None:
    """Issue what came of a recurring invoice, dated of its day where the series allows, else of today.

    What forbids it is written on the occurrence, whose draft then waits for a person.
    """
    occurrence = Occurrence.objects.select_related("organisation", "recurrence__series", "draft").get(pk=occurrence_id)
    organisation, draft = occurrence.organisation, occurrence.draft
    if draft.issued_at is not None or draft.deleted_at is not None:
        return
    today = today_of(organisation, now)
    series = occurrence.recurrence.series or default_series(organisation)
    fits = series.last_date is None or series.last_date <= occurrence.day
    try:
        try:
            day = occurrence.day if fits else today
            issue_draft(draft_id=draft.pk, organisation=organisation, by=REGLO, now=now, issue_date=day)
        except DateNotPossible:
            # Another document took a later date between our look at the series and its lock.
            issue_draft(draft_id=draft.pk, organisation=organisation, by=REGLO, now=now, issue_date=today)
    except DomainError as error:
        problem = error.message.in_language(organisation.language)
        Occurrence.objects.filter(pk=occurrence_id).update(problem=problem)
    else:
        Occurrence.objects.filter(pk=occurrence_id).exclude(problem="").update(problem="")


def applied(recurrence: Recurrence, facts: RecurrenceFacts) -> Recurrence:
    """The recurrence as `facts` say, with its next day; nothing is saved. Raises RecurrenceNotPossible."""
    _require_sensible(facts)
    recurrence.customer, recurrence.label, recurrence.content = facts.customer, facts.label, dict(facts.content)
    recurrence.series = facts.series
    recurrence.rhythm, recurrence.every, recurrence.starts_on = facts.rhythm, facts.every, facts.starts_on
    recurrence.ends_on, recurrence.occurrences_at_most = facts.ends_on, facts.occurrences_at_most
    recurrence.issues_by_itself, recurrence.sends_by_itself = facts.issues_by_itself, facts.sends_by_itself
    recurrence.revision_percent, recurrence.revision_month = facts.revision_percent, facts.revision_month
    following = next_comings(recurrence, from_number=recurrence.next_number, at_most=1)
    recurrence.next_on = following[0].day if following else None
    return recurrence


def _due(recurrence: Recurrence, today: date) -> tuple[Coming, ...]:
    if recurrence.paused_at is not None or recurrence.next_on is None or recurrence.next_on > today:
        return ()
    some = next_comings(recurrence, from_number=recurrence.next_number, at_most=MOST_AT_ONCE + 1)
    return tuple(each for each in some if each.day <= today)


def _occurrence(recurrence: Recurrence, coming: Coming, *, now: datetime) -> Occurrence:
    """The row of a coming and its draft, within the transaction of the whole."""
    occurrence = Occurrence.objects.create(
        organisation=recurrence.organisation,
        recurrence=recurrence,
        number=coming.number,
        day=coming.day,
        created_at=now,
    )
    language = recurrence.customer.language or recurrence.organisation.language
    add_draft(
        organisation=recurrence.organisation,
        heading=Heading(customer=recurrence.customer, series=recurrence.series),
        content=content_on(recurrence, coming, language),
        by=REGLO,
        now=now,
        occurrence_id=occurrence.pk,
    )
    if recurrence.issues_by_itself:
        schedule(
            ISSUE_OCCURRENCE,
            subject_id=occurrence.pk,
            organisation_id=recurrence.organisation_id,
            key=f"{ISSUE_OCCURRENCE}:{occurrence.pk}",
            due_at=now,
        )
    return occurrence


def _go_on_with(recurrence: Recurrence, coming: Coming | None, after: int | None = None) -> None:
    """Set the next coming; none means that it has ended."""
    if coming is not None:
        recurrence.next_number, recurrence.next_on = coming.number, coming.day
        return
    recurrence.next_on = None
    if after is not None:
        recurrence.next_number = after + 1


def _held(recurrence_id: int, organisation: Organisation) -> Recurrence:
    recurrences = Recurrence.objects.of(organisation).select_for_update(of=("self",))
    recurrence = recurrences.select_related("customer", "series").get(pk=recurrence_id)
    recurrence.organisation = organisation
    return recurrence


def _require_own(organisation: Organisation, facts: RecurrenceFacts) -> None:
    for row in (facts.customer, facts.series):
        if row is not None and row.organisation_id != organisation.pk:
            raise NotOfThisOrganisation(
                Text(fr="Ceci appartient à une autre organisation.", en="This belongs to another organisation.")
            )


def _require_sensible(facts: RecurrenceFacts) -> None:
    if not 1 <= facts.every <= _MOST_EVERY:
        raise _refusal("every", fr=f"De 1 à {_MOST_EVERY}.", en=f"From 1 to {_MOST_EVERY}.")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise _refusal("ends_on", fr="La fin est avant le début.", en="The end is before the beginning.")
    if facts.occurrences_at_most is not None and facts.occurrences_at_most < 1:
        raise _refusal("occurrences_at_most", fr="Au moins une facture.", en="At least one invoice.")
    lowest, highest = _REVISIONS
    if facts.revision_percent is not None and not lowest <= facts.revision_percent <= highest:
        raise _refusal(
            "revision_percent",
            fr=f"Une révision va de {lowest} à {highest} % par an.",
            en=f"A revision is {lowest} to {highest} % a year.",
        )
    if facts.revision_month is not None and not 1 <= facts.revision_month <= 12:
        raise _refusal("revision_month", fr="Un mois va de 1 à 12.", en="A month is 1 to 12.")


def _refusal(field: str, *, fr: str, en: str) -> RecurrenceNotPossible:
    return RecurrenceNotPossible(Text(fr=fr, en=en), field=field)


def _facts_of(recurrence: Recurrence) -> dict[str, Any]:
    names = ("label", "rhythm", "every", "starts_on", "ends_on", "occurrences_at_most", "issues_by_itself")
    more = ("sends_by_itself", "revision_percent", "revision_month", "next_on")
    return {name: getattr(recurrence, name) for name in (*names, *more)}


def _record(
    act: str, recurrence: Recurrence, *, by: Actor, now: datetime, before: Mapping[str, Any] | None = None
) -> None:
    record(
        act,
        organisation_id=recurrence.organisation_id,
        subject=recurrence,
        by=by,
        at=now,
        customer_id=recurrence.customer_id,
        before=before,
        after=_facts_of(recurrence),
    )
