"""Making the forecast of a day, and keeping what was foreseen."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from reglo.collection.models import Dispute, Plan, Promise
from reglo.core.forecast import Treasury, make_forecast, treasury_of
from reglo.core.forecast.cash import Forecast
from reglo.forecast.models import Foreseen, KnownOutgoing
from reglo.forecast.queries.facts import facts_of, open_count
from reglo.forecast.queries.outgoings import at_hand, outgoings_between
from reglo.forecast.stored import forecast_tree, without_invoices
from reglo.jobs.models import Job
from reglo.jobs.services import schedule
from reglo.ledger.models import LedgerHead
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

MAKE_FORECAST = "make-forecast"
DAYS = 91  #: that a forecast looks ahead: a quarter of a year
_LIVE = 2_000  #: open invoices of which a page may wait for the forecast: half a second
_EARLIEST = 4  #: o'clock, in the morning


def forecast_day(*, organisation: Organisation, now: datetime) -> Foreseen:
    """Make the forecast of today and keep it; what was made earlier today gives way to it."""
    today = today_of(organisation, now)
    digest = digest_of(organisation, today)
    facts = facts_of(organisation, today=today)
    forecast = make_forecast(facts.history, facts.still_open, today=today, days=DAYS)
    tree = forecast_tree(forecast, _treasury(organisation, forecast, today))
    values = {"digest": digest, "made_at": now, "left_out": facts.left_out, "content": tree}
    with transaction.atomic(durable=True):
        foreseen, _is_new = Foreseen.objects.update_or_create(organisation=organisation, day=today, defaults=values)
        _thin_out(organisation, today)
    return foreseen


def up_to_date(*, organisation: Organisation, now: datetime) -> Foreseen | None:
    """The forecast as it stands now: made at once where that is quick, else the last one, with a new one under way."""
    today = today_of(organisation, now)
    last = Foreseen.objects.of(organisation).filter(day__lte=today).order_by("-day").first()
    if last is not None and last.day == today and last.digest == digest_of(organisation, today):
        return last
    if open_count(organisation) <= _LIVE:
        return forecast_day(organisation=organisation, now=now)
    _ask_for(organisation, today, now)
    return last


def is_under_way(organisation: Organisation) -> bool:
    """Whether a worker is to make a forecast."""
    return Job.objects.filter(organisation=organisation, kind=MAKE_FORECAST, finished_at=None).exists()


def schedule_forecasts(*, now: datetime) -> None:
    """Each early morning, let the forecast of the day be made for every organisation that has a ledger."""
    for head in LedgerHead.objects.select_related("organisation").order_by("pk"):
        local = now.astimezone(ZoneInfo(head.organisation.time_zone))
        if local.hour >= _EARLIEST:
            _ask_for(head.organisation, local.date(), now, key="morning")


def digest_of(organisation: Organisation, today: date) -> str:
    """What a forecast depends on, in short: the ledger's last entry, customers' last word, outgoings, bank balance."""
    head = LedgerHead.objects.filter(organisation=organisation).values_list("sequence", flat=True).first()
    promises = Promise.objects.of(organisation).aggregate(a=Max("pk"), b=Max("withdrawn_at"), c=Max("broken_at"))
    plans = Plan.objects.of(organisation).aggregate(a=Max("pk"), b=Max("broken_at"), c=Max("ended_at"))
    disputes = Dispute.objects.of(organisation).order_by("-pk").values_list("pk", "state")[:20]
    outgoings = KnownOutgoing.objects.of(organisation).aggregate(a=Max("changed_at"))
    balance = at_hand(organisation, today=today)  # a statement changes it before any of its lines is in the ledger
    told = [head, *promises.values(), *plans.values(), *disputes, *outgoings.values(), balance]
    return sha256(repr(told).encode()).hexdigest()


def _treasury(organisation: Organisation, forecast: Forecast, today: date) -> Treasury | None:
    money = at_hand(organisation, today=today)
    if money is None:
        return None
    last = today + timedelta(days=DAYS - 1)
    # What goes out today has gone out already where the statement of today is in; a day of doubt is on the safe side.
    return treasury_of(forecast, balance=money.amount, outgoings=outgoings_between(organisation, today, last))


def _thin_out(organisation: Organisation, today: date) -> None:
    """Of the day before, keep the sums alone."""
    before = Foreseen.objects.of(organisation).filter(day__lt=today).order_by("-day").first()
    if before is not None and before.content["invoices"]:
        before.content = without_invoices(before.content)
        before.save(update_fields=["content"])


def _ask_for(organisation: Organisation, today: date, now: datetime, *, key: str = "") -> None:
    with transaction.atomic():
        schedule(
            MAKE_FORECAST,
            subject_id=organisation.pk,
            organisation_id=organisation.pk,
            key=f"{MAKE_FORECAST}:{organisation.pk}:{today}:{key or digest_of(organisation, today)}",
            due_at=now,
        )
