"""Numbers: how one is spelled, and which day may bear the next. Nothing here reads the database."""

import re
from collections.abc import Iterator
from datetime import date

from reglo.billing.models import NumberSeries
from reglo.core.findings import Finding, Severity, Text

#: BR-FR-02: what a number may be made of; BR-FR-01: how long it may be.
_CHARACTERS = re.compile(r"[A-Za-z0-9+_/-]+")
LONGEST_NUMBER = 35
_SOURCE = "CGI ann. II art. 242 nonies A, 7°"


def spelled(series: NumberSeries, year: int, number: int) -> str:
    """A number as documents bear it: "F2026-0007", "F0007" for a series without years."""
    counted = str(number).zfill(series.padding)
    return f"{series.prefix}{year}-{counted}" if series.has_year else f"{series.prefix}{counted}"


def next_sequence(series: NumberSeries, day: date) -> tuple[int, int]:
    """Year and count of the next number for a document of `day`; the year is 0 in a series without years."""
    year = day.year if series.has_year else 0
    return year, series.last_number + 1 if series.year in (None, year) else 1


def next_number(series: NumberSeries, day: date) -> str:
    """The number that a document of `day` would get now."""
    return spelled(series, *next_sequence(series, day))


def has_lawful_characters(number: str) -> bool:
    """Whether the platforms take such a number."""
    return len(number) <= LONGEST_NUMBER and _CHARACTERS.fullmatch(number) is not None


def date_findings(day: date, *, today: date, series: NumberSeries | None) -> Iterator[Finding]:
    """What is against a document of `day`: it comes after the last of its series, and not from the future."""
    if day > today:
        yield _finding(
            Text(
                fr=f"La date du {day:%d/%m/%Y} n'est pas encore venue.",
                en=f"The date {day.isoformat()} is yet to come.",
            ),
            Text(
                fr=f"Datez au plus tard d'aujourd'hui, le {today:%d/%m/%Y}.",
                en=f"Date it today, {today.isoformat()}, at the latest.",
            ),
        )
    elif series is not None and series.last_date is not None and day < series.last_date:
        last, prefix = series.last_date, series.prefix
        yield _finding(
            Text(
                fr=f"La série {prefix} a déjà un document du {last:%d/%m/%Y}\N{NO-BREAK SPACE}: "
                "les numéros se suivent dans l'ordre des dates.",
                en=f"The series {prefix} has a document of {last.isoformat()}: numbers follow the order of dates.",
            ),
            Text(
                fr=f"Choisissez une date du {last:%d/%m/%Y} au {today:%d/%m/%Y}.",
                en=f"Choose a date from {last.isoformat()} to {today.isoformat()}.",
            ),
        )


def _finding(message: Text, fix: Text) -> Finding:
    return Finding(
        rule="REGLO-DATE",
        severity=Severity.FATAL,
        message=message,
        fix=fix,
        source=_SOURCE,
        term="BT-2",
        where="issue_date",
    )
