"""What this room itself does each minute."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from reglo.jobs.handlers import sweeps

_KEPT = timedelta(days=1)


@sweeps("forget-engine-results")
def forget_engine_results(now: datetime) -> None:
    """Delete what the database engine notes of its runs: our rows say how jobs went, and the clock tells it again."""
    DBTaskResult.objects.filter(enqueued_at__lt=now - _KEPT).delete()
