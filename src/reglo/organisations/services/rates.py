"""The rates of interest of a half-year, where an organisation knows them before its Réglo does."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from reglo.core.dates import HalfYear
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.rates import RateKind, shipped_rates
from reglo.core.terms.figures import number_text, percent_text
from reglo.journal.services import Actor, record
from reglo.organisations.models import InterestRate, Organisation
from reglo.organisations.queries import today_of
from reglo.organisations.services.changing import locked

_LEAST, _MOST = Decimal(-5), Decimal(30)  #: percent a year; the euro has seen 0 to 4.75, the legal rate up to 8.16


class RateRefused(DomainError):
    """This is no rate of a half-year."""

    code = "rate-refused"


def set_rate(
    *,
    organisation: Organisation,
    kind: RateKind,
    half_year: HalfYear,
    percent: Decimal,
    source: str,
    by: Actor,
    now: datetime,
) -> InterestRate:
    """Enter the rate of a half-year, or change what was entered; whatever is worked out from now on uses it.

    What was claimed before stays as it was claimed. Raises RateRefused for a half-year that is too far, a rate beyond
    reason, or no source.
    """
    _require_half_year(kind, half_year, today_of(organisation, now))
    _require_percent(percent)
    if not source.strip():
        raise RateRefused(
            Text(
                fr="Dites d'où vient ce taux\N{NO-BREAK SPACE}: l'arrêté et sa date, ou la décision de la BCE.",
                en="Say where this rate comes from: the order and its date, or the decision of the ECB.",
            ),
            field="source",
        )
    with transaction.atomic(durable=True):
        locked(organisation)
        held: dict[str, Any] = {"organisation": organisation, "kind": kind.value, "half_year": str(half_year)}
        before = InterestRate.objects.filter(**held).first()
        values = {"percent": percent, "source": source.strip(), "entered_at": now, "by_name": by.name[:200]}
        row, _ = InterestRate.objects.update_or_create(**held, defaults=values)
        if before is None or (before.percent, before.source) != (percent, row.source):
            record(
                "rate-entered",
                organisation_id=organisation.pk,
                subject=row,
                by=by,
                at=now,
                before=_told(before) if before else None,
                after=_told(row),
            )
    return row


def forget_rate(*, organisation: Organisation, rate_id: int, by: Actor, now: datetime) -> None:
    """Take a rate back that was entered: the one that Réglo ships serves, or the last known."""
    with transaction.atomic(durable=True):
        locked(organisation)
        row = InterestRate.objects.of(organisation).filter(pk=rate_id).first()
        if row is None:
            return  # somebody was quicker
        record("rate-forgotten", organisation_id=organisation.pk, subject=row, by=by, at=now, before=_told(row))
        row.delete()


def last_half_year(kind: RateKind, today: date) -> HalfYear:
    """The last half-year whose rate can be known: the ECB's holds from its first day, an order comes before it."""
    now = HalfYear.of(today)
    return now if kind is RateKind.ECB else now.following


def _told(row: InterestRate) -> dict[str, object]:
    return {"percent": number_text(row.percent).en, "source": row.source}


def _require_half_year(kind: RateKind, half_year: HalfYear, today: date) -> None:
    first, last = shipped_rates().rates[kind][0].half_year, last_half_year(kind, today)
    if not first <= half_year <= last:
        raise RateRefused(
            Text(
                fr=f"Choisissez un semestre de {first} à {last}\N{NO-BREAK SPACE}: ce taux n'est pas encore fixé.",
                en=f"Choose a half-year from {first} to {last}: this rate is not set yet.",
            ),
            field="half_year",
        )


def _require_percent(percent: Decimal) -> None:
    if not _LEAST <= percent <= _MOST:
        least, most = percent_text(_LEAST), percent_text(_MOST)
        raise RateRefused(
            Text(
                fr=f"Écrivez un taux annuel de {least.fr} à {most.fr}, sans les points ajoutés, comme 2,15.",
                en=f"Write a yearly rate from {least.en} to {most.en}, without the points added to it, like 2.15.",
            ),
            field="percent",
        )
