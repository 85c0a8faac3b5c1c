"""What the environment says (REGLO_…): read once, typed, refused with a sentence where it is wrong."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reglo.core.errors import DomainError
from reglo.core.findings import Text


class BadSetting(DomainError):
    """A variable of the environment that cannot be used."""

    code = "bad-setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """How e-mail leaves."""

    backend: str = "django.core.mail.backends.console.EmailBackend"
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False
    anymail: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Everything that one sets from outside; docs/reference/settings.md is its table."""

    data: Path
    url: str
    secret_key: str = field(repr=False)
    debug: bool
    database: dict[str, Any] = field(repr=False)
    email: EmailSettings
    sender: str
    tasks: dict[str, Any]
    cache: dict[str, Any]

    @property
    def hosts(self) -> list[str]:
        """The host names that the site answers to."""
        return [urlsplit(self.url).hostname or "localhost", "127.0.0.1", "localhost"]

    @property
    def is_secure(self) -> bool:
        """Whether the site is reached by https."""
        return self.url.startswith("https://")


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """The environment of this process. Raises BadSetting naming the variable."""
    data = Path(variables.get("REGLO_DATA", "var")).absolute()
    return Environment(
        data=data,
        url=variables.get("REGLO_URL", "http://127.0.0.1:8000"),
        secret_key=variables.get("REGLO_SECRET_KEY") or _kept_secret(data),
        debug=variables.get("REGLO_DEBUG", "") == "1",
        database=_database(variables.get("REGLO_DATABASE", ""), data),
        email=EmailSettings(),
        sender=variables.get("REGLO_SENDER", "Réglo <reglo@localhost>"),
        tasks={"BACKEND": "django_tasks_db.DatabaseBackend"},
        cache={"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    )


def _kept_secret(data: Path) -> str:
    """The secret of this installation, made at the first start and kept beside the data."""
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _database(url: str, data: Path) -> dict[str, Any]:
    """SQLite beside the data, or the PostgreSQL of `url` (postgresql://user:password@host:port/name)."""
    if not url or url.startswith("sqlite:"):
        data.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:") or str(data / "reglo.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
                " PRAGMA cache_size=-32000; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting(
            Text(
                fr="REGLO_DATABASE commence par sqlite: ou postgresql://.",
                en="REGLO_DATABASE begins with sqlite: or postgresql://.",
            ),
            field="REGLO_DATABASE",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
