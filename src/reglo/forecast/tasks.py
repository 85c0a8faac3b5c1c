"""What the worker does for this room."""

from datetime import datetime, timedelta

from reglo.forecast.services.forecasts import MAKE_FORECAST, forecast_day, schedule_forecasts
from reglo.forecast.services.replays import REPLAY_PAST, replay_past
from reglo.jobs.handlers import handles, sweeps
from reglo.jobs.models import Job
from reglo.organisations.models import Organisation


@sweeps("forecasts")
def forecast_each_morning(now: datetime) -> None:
    """Let the forecast of the day be made."""
    schedule_forecasts(now=now)


@handles(MAKE_FORECAST, within=timedelta(minutes=15))
def make_forecast_of_the_day(job: Job, now: datetime) -> None:
    """Make a forecast."""
    forecast_day(organisation=Organisation.objects.get(pk=job.subject_id), now=now)


@handles(REPLAY_PAST, within=timedelta(hours=1))
def replay(job: Job, now: datetime) -> None:
    """Replay the past."""
    replay_past(replay_id=job.subject_id, now=now)
