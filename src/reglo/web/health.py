"""What watches the site asks: does the process live, can it work, how is it."""

from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reglo.jobs.queries import is_worker_alive, last_heartbeat
from reglo.web.metrics import exposition

_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_THIS_MACHINE = ("127.0.0.1", "::1")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """The process lives: it answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """The site can work: 200, else 503; each part with its state. A worker that is away is said, pages go on."""
    parts = {"database": False, "migrations": False, "worker": False}
    age = None
    try:
        parts["migrations"] = not missing_migrations()
        parts["database"] = True
        if parts["migrations"]:
            now, last = timezone.now(), last_heartbeat()
            parts["worker"] = is_worker_alive(now)
            age = round((now - last).total_seconds()) if last else None
    except DatabaseError:
        connection.close()
    is_ready = parts["database"] and parts["migrations"]
    return JsonResponse({**parts, "worker_seconds": age}, status=200 if is_ready else 503)


def missing_migrations() -> list[str]:
    """The migrations of the code that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _ in plan]


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: to this machine, or to who has the token."""
    if not _may_measure(request):
        return HttpResponse("metrics are for this machine, or with the token\n", status=403, content_type="text/plain")
    return HttpResponse(exposition(), content_type=_PROMETHEUS)


def _may_measure(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.encode()):
        return True
    # A request that a proxy passed on comes from this machine only in appearance.
    return request.META.get("REMOTE_ADDR") in _THIS_MACHINE and "X-Forwarded-For" not in request.headers
