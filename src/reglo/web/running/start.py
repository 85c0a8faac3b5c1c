"""What is done before pages or jobs can be: the schema of the database, the static files, the port."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.web.health import missing_migrations

_LOCK = 7_345_646  #: the number of the advisory lock on PostgreSQL: any, but always the same
_WAITING = 1024  #: connections that may wait to be accepted


class PagesNotBuilt(DomainError):
    """The static files were not gathered."""

    code = "pages-not-built"


class PortTaken(DomainError):
    """Something else listens where the site should."""

    code = "port-taken"


def prepare_database() -> int:
    """Bring the schema up to date; how many migrations that took. Of processes that start at once, one does it."""
    if not missing_migrations():
        return 0
    with _alone():
        missing = len(missing_migrations())
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
    return missing


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # The others wait for a whole migration, longer than a page may wait for a row.
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            cursor.execute("RESET lock_timeout")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    with (settings.ENVIRONMENT.data / "migrating.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def check_static_files() -> None:
    """Raise PagesNotBuilt where style sheet and scripts of the pages are not there."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise PagesNotBuilt(
            Text(
                fr="Les feuilles de style et scripts des pages ne sont pas construits : make pages, dans le dossier "
                "des sources.",
                en="Style sheet and scripts of the pages are not built: make pages, in the folder of the sources.",
            )
        )


def listen(address: str, port: int) -> socket.socket:
    """The socket on which the site is reached. Raises PortTaken where that cannot be."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=_WAITING)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PortTaken(
            Text(
                fr=f"Impossible d'écouter sur {address}:{port} ({reason}). Arrêtez ce qui l'occupe, ou choisissez une "
                "autre adresse : REGLO_BIND=127.0.0.1:8001.",
                en=f"Cannot listen on {address}:{port} ({reason}). Stop what holds it, or choose another address: "
                "REGLO_BIND=127.0.0.1:8001.",
            ),
            field="REGLO_BIND",
        ) from error
