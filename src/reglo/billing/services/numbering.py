"""Number series: made, changed, archived, and the one way to take a number from one."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from reglo.billing.models import Invoice, NumberSeries, Quote
from reglo.billing.numbering import date_findings, has_lawful_characters, next_sequence, spelled
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation

_MOST_DIGITS = 8
_LAST_YEAR = 9999


class DateNotPossible(DomainError):
    """The day is before the last one of the series, or yet to come."""

    code = "date-not-possible"


class SeriesNotPossible(DomainError):
    """A series whose numbers the platforms or the law would not take."""

    code = "series-not-possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenNumber:
    """A number that was given."""

    number: str
    year: int  #: 0 in a series without years
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """What a person says of a series."""

    label: str
    prefix: str
    has_year: bool = True
    padding: int = 4
    last_number: int = 0  #: given by another program before Réglo, where numbers go on from there


def default_series(organisation: Organisation, *, for_quotes: bool = False) -> NumberSeries:
    """The series of what names none, made at its first use: F2026-0001 for invoices, D2026-0001 for quotes."""
    try:
        return _defaults(organisation, for_quotes).get()
    except NumberSeries.DoesNotExist:
        return _first_series(organisation, for_quotes)


def locked_series(
    organisation: Organisation, *, series_id: int | None = None, for_quotes: bool = False
) -> NumberSeries:
    """A series, held until the transaction ends; the default one where none is named."""
    held = NumberSeries.objects.of(organisation).select_for_update()
    if series_id is not None:
        return held.get(pk=series_id, is_for_quotes=for_quotes)
    try:
        return held.get(is_default=True, is_for_quotes=for_quotes)
    except NumberSeries.DoesNotExist:
        return held.get(pk=_first_series(organisation, for_quotes).pk)


def take_number(series: NumberSeries, day: date, *, today: date) -> TakenNumber:
    """The next number of a series that is held, for a document of `day`.

    Given back with everything else if the transaction fails, so that there is no gap. Raises DateNotPossible, and
    SeriesNotPossible for a series that is archived or has counted too far.
    """
    if series.archived_at is not None:
        raise SeriesNotPossible(
            Text(
                fr=f"La série {series} est archivée\N{NO-BREAK SPACE}: choisissez-en une autre.",
                en=f"The series {series} is archived: choose another.",
            ),
            field="series",
        )
    for finding in date_findings(day, today=today, series=series):
        raise DateNotPossible(
            Text(fr=f"{finding.message.fr} {finding.fix.fr}", en=f"{finding.message.en} {finding.fix.en}"),
            field="issue_date",
        )
    year, sequence = next_sequence(series, day)
    number = spelled(series, year, sequence)
    _require_lawful(number)
    series.year, series.last_number, series.last_date = year or None, sequence, day
    series.save(update_fields=["year", "last_number", "last_date"])
    return TakenNumber(number=number, year=year, sequence=sequence)


def create_series(
    *, organisation: Organisation, facts: SeriesFacts, for_quotes: bool, by: Actor, now: datetime
) -> NumberSeries:
    """Begin a series. The first of its kind is the default. Raises SeriesNotPossible."""
    with transaction.atomic(durable=True):
        series = NumberSeries(
            organisation=organisation,
            is_for_quotes=for_quotes,
            is_default=not _defaults(organisation, for_quotes).exists(),
        )
        _apply(series, facts)
        series.save(force_insert=True)
        _record("series-created", series, by=by, now=now, before={})
    return series


def change_series(
    *, series_id: int, organisation: Organisation, facts: SeriesFacts, by: Actor, now: datetime
) -> NumberSeries:
    """Change how the next numbers are spelled. Those that were given stay as they are, and the count goes on.

    Raises SeriesNotPossible.
    """
    with transaction.atomic(durable=True):
        series = NumberSeries.objects.of(organisation).select_for_update().get(pk=series_id)
        before = _facts_of(series)
        if series.last_date is not None and (series.has_year, series.last_number) != (
            facts.has_year,
            facts.last_number,
        ):
            raise SeriesNotPossible(
                Text(
                    fr="Cette série a déjà servi\N{NO-BREAK SPACE}: sa façon de compter ne change plus. "
                    "Créez-en une autre.",
                    en="This series is in use: its way of counting no longer changes. Make another.",
                ),
                field="has_year" if series.has_year != facts.has_year else "last_number",
            )
        _apply(series, facts)
        series.save()
        _record("series-changed", series, by=by, now=now, before=before)
    return series


def make_default(*, series_id: int, organisation: Organisation, by: Actor, now: datetime) -> NumberSeries:
    """Let what names no series take its numbers from this one."""
    with transaction.atomic(durable=True):
        series = NumberSeries.objects.of(organisation).select_for_update().get(pk=series_id, archived_at=None)
        if not series.is_default:
            _defaults(organisation, series.is_for_quotes).update(is_default=False)
            series.is_default = True
            series.save(update_fields=["is_default"])
            _record("series-made-default", series, by=by, now=now, before={})
    return series


def archive_series(*, series_id: int, organisation: Organisation, by: Actor, now: datetime) -> NumberSeries:
    """Give no more numbers from a series; what it gave stays. Raises SeriesNotPossible for the default one."""
    with transaction.atomic(durable=True):
        series = NumberSeries.objects.of(organisation).select_for_update().get(pk=series_id)
        if series.is_default:
            raise SeriesNotPossible(
                Text(
                    fr="La série par défaut ne s'archive pas\N{NO-BREAK SPACE}: choisissez d'abord une autre série "
                    "par défaut.",
                    en="The default series cannot be archived: make another the default first.",
                )
            )
        if series.archived_at is None:
            series.archived_at = now
            series.save(update_fields=["archived_at"])
            _record("series-archived", series, by=by, now=now, before={})
    return series


def _defaults(organisation: Organisation, for_quotes: bool) -> Any:  # a queryset of NumberSeries
    return NumberSeries.objects.of(organisation).filter(is_default=True, is_for_quotes=for_quotes)


def _first_series(organisation: Organisation, for_quotes: bool) -> NumberSeries:
    """Of two who make it at once, the second waits for the first and takes its row."""
    label, prefix = ("Devis", "D") if for_quotes else ("Factures", "F")
    if organisation.language == "en":
        label = "Quotes" if for_quotes else "Invoices"
    series, _ = NumberSeries.objects.get_or_create(
        organisation=organisation,
        is_for_quotes=for_quotes,
        is_default=True,
        defaults={"label": label, "prefix": prefix},
    )
    return series


def _apply(series: NumberSeries, facts: SeriesFacts) -> None:
    """Take over what was said, if numbers of that kind are possible."""
    if not 1 <= facts.padding <= _MOST_DIGITS:
        raise SeriesNotPossible(
            Text(fr=f"De 1 à {_MOST_DIGITS} chiffres.", en=f"From 1 to {_MOST_DIGITS} digits."), field="padding"
        )
    prefix_changes = series.pk is None or series.prefix != facts.prefix
    series.label, series.prefix = facts.label, facts.prefix
    series.has_year, series.padding = facts.has_year, facts.padding
    series.last_number = facts.last_number
    _require_lawful(spelled(series, _LAST_YEAR, 10**_MOST_DIGITS - 1))
    if prefix_changes:
        _require_apart(series)


def _require_lawful(number: str) -> None:
    if not has_lawful_characters(number):
        raise SeriesNotPossible(
            Text(
                fr="Un numéro a 35 caractères au plus, lettres sans accent, chiffres, - + _ /, et non "
                f"«\N{NO-BREAK SPACE}{number}\N{NO-BREAK SPACE}».",
                en=f'A number has at most 35 characters, letters without accents, digits, - + _ /, unlike "{number}".',
            ),
            field="prefix",
        )


def _require_apart(series: NumberSeries) -> None:
    """No two series may ever give one number: "F" with the year and "F2026-" without would."""
    others = NumberSeries.objects.of(series.organisation).exclude(pk=series.pk)
    for other in others.values_list("prefix", flat=True):
        longer, shorter = sorted((series.prefix, other), key=len, reverse=True)
        if longer.startswith(shorter) and re.fullmatch(r"[0-9-]*", longer.removeprefix(shorter)):
            raise _taken(other)
    given: Any = Quote.objects.of(series.organisation)  # querysets of two models
    if not series.is_for_quotes:
        given = Invoice.objects.of(series.organisation).exclude(series_id=series.pk)
    numbers = given.filter(number__startswith=series.prefix).values_list("number", flat=True)[:1000]
    if series.prefix and any(re.fullmatch(r"[0-9-]+", each.removeprefix(series.prefix)) for each in numbers):
        raise _taken(series.prefix)


def _taken(prefix: str) -> SeriesNotPossible:
    return SeriesNotPossible(
        Text(
            fr=f"Ces numéros se confondraient avec ceux d'une autre série («\N{NO-BREAK SPACE}{prefix}"
            "\N{NO-BREAK SPACE}»)\N{NO-BREAK SPACE}: changez le préfixe.",
            en=f'These numbers would be mistaken for those of another series ("{prefix}"): change the prefix.',
        ),
        field="prefix",
    )


def _facts_of(series: NumberSeries) -> dict[str, Any]:
    return {"label": series.label, "prefix": series.prefix, "has_year": series.has_year, "padding": series.padding}


def _record(act: str, series: NumberSeries, *, by: Actor, now: datetime, before: dict[str, Any]) -> None:
    record(
        act,
        organisation_id=series.organisation_id,
        subject=series,
        by=by,
        at=now,
        before=before,
        after=_facts_of(series),
    )
