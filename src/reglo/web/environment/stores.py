"""Where data lies: database, cache, and the queue of jobs."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from reglo.core.findings import Text
from reglo.web.environment.errors import BadSetting
from reglo.web.environment.values import Variables, number_of, url_of

_DATABASE_MEND = Text(
    fr="Écrivez sqlite:<fichier> ou postgresql://utilisateur:motdepasse@hôte:5432/base.",
    en="Write sqlite:<file> or postgresql://user:password@host:5432/name.",
)


def read_database(variables: Variables, data: Path) -> dict[str, Any]:
    """SQLite beside the data, or the PostgreSQL that REGLO_DATABASE names."""
    url = variables.get("REGLO_DATABASE", "")
    seconds = number_of(variables, "REGLO_DATABASE_TIMEOUT", 20, least=1, most=600)
    if not url or url.startswith("sqlite:"):
        return _sqlite(url.removeprefix("sqlite:") or str(data / "reglo.sqlite3"), seconds)
    if url.partition("://")[0] in ("postgres", "postgresql"):
        return _postgresql(url, seconds)
    raise BadSetting(
        "REGLO_DATABASE",
        reason=Text(
            fr="ne commence ni par sqlite: ni par postgresql://.",
            en="begins neither with sqlite: nor with postgresql://.",
        ),
        mend=_DATABASE_MEND,
    )


def _sqlite(name: str, seconds: int) -> dict[str, Any]:
    """WAL, so that one reads while another writes; immediate transactions, so that two writers wait, not fail."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": seconds,
            "init_command": f"PRAGMA busy_timeout={seconds * 1000}; PRAGMA journal_mode=WAL; "
            "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: str, seconds: int) -> dict[str, Any]:
    parts = url_of("REGLO_DATABASE", url, mend=_DATABASE_MEND)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadSetting(
            "REGLO_DATABASE",
            reason=Text(fr="le nom de la base manque.", en="the name of the database is missing."),
            mend=_DATABASE_MEND,
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or 5432,
        "OPTIONS": {"options": f"-c lock_timeout={seconds}s", **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def read_cache(variables: Variables, data: Path) -> dict[str, Any]:
    """What is remembered for a while: in files that the processes of a machine share, or in Redis."""
    value = variables.get("REGLO_CACHE", "") or "files"
    if value == "files":
        return {
            "BACKEND": "reglo.web.cache.FileCache",
            "LOCATION": str(data / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 5_000},
        }
    _check_redis("REGLO_CACHE", value, word="files")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}


def read_tasks(variables: Variables) -> dict[str, Any]:
    """Through what jobs reach the workers; with Redis, its address is in OPTIONS."""
    value = variables.get("REGLO_TASKS", "") or "database"
    if value == "database":
        return {"BACKEND": "django_tasks_db.DatabaseBackend", "OPTIONS": {}}
    _check_redis("REGLO_TASKS", value, word="database")
    return {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"], "OPTIONS": {"url": value}}


def _check_redis(name: str, value: str, *, word: str) -> None:
    mend = Text(
        fr=f"Écrivez {word} ou redis://hôte:6379/0.",
        en=f"Write {word} or redis://host:6379/0.",
    )
    if value.partition("://")[0] not in ("redis", "rediss"):
        raise BadSetting(
            name, reason=Text(fr="ce n'est pas une adresse de Redis.", en="this is no address of Redis."), mend=mend
        )
    url_of(name, value, mend=mend)
