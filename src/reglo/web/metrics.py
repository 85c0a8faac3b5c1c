"""What Prometheus may know: requests by view, jobs and messages by state; nothing of any organisation."""

from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.models import Count
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

from reglo.delivery.models import Message, MessageState
from reglo.jobs.queries import count_by_state, last_heartbeat

_REGISTRY = CollectorRegistry()
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

REQUESTS = Counter("reglo_requests", "Requests answered", ("view", "method", "status"), registry=_REGISTRY)
DURATIONS = Histogram(
    "reglo_request_seconds",
    "How long requests took",
    ("view",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
    registry=_REGISTRY,
)


def observe_request(*, view: str, method: str, status: int, seconds: float) -> None:
    """Count a request. A method that nobody knows is counted as "other": a visitor must not make labels."""
    REQUESTS.labels(view, method if method in _METHODS else "other", str(status)).inc()
    DURATIONS.labels(view).observe(seconds)


class _Rows:
    """What is read from the database when Prometheus asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges; where the database is away, only that."""
        up = GaugeMetricFamily("reglo_database_up", "Whether the database answers")
        try:
            gauges = [_jobs(), _messages(), _heartbeat()]
        except DatabaseError:
            connection.close()
            gauges = []
        up.add_metric((), 1 if gauges else 0)
        yield up
        yield from gauges


def _jobs() -> GaugeMetricFamily:
    gauge = GaugeMetricFamily("reglo_jobs", "Jobs by state", labels=("state",))
    for state, count in count_by_state().items():
        gauge.add_metric((state,), count)
    return gauge


def _messages() -> GaugeMetricFamily:
    found = dict(Message.objects.values_list("state").annotate(count=Count("id")).order_by())
    gauge = GaugeMetricFamily("reglo_messages", "Messages by state", labels=("state",))
    for state in MessageState.values:
        gauge.add_metric((state,), found.get(state, 0))
    return gauge


def _heartbeat() -> GaugeMetricFamily:
    gauge = GaugeMetricFamily("reglo_worker_seen_timestamp_seconds", "When a worker was last seen, 0 if never")
    last = last_heartbeat()
    gauge.add_metric((), last.timestamp() if last else 0)
    return gauge


def exposition() -> bytes:
    """Everything, as Prometheus reads it; requests are those of this process."""
    rows = CollectorRegistry()
    rows.register(_Rows())
    return generate_latest(_REGISTRY) + generate_latest(rows)
