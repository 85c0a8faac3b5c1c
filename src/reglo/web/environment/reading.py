"""Reading the environment as a whole."""

import os
import re
import secrets
import sys
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reglo.core.findings import Text
from reglo.web.environment.email import EmailSettings, read_email
from reglo.web.environment.errors import BadSetting
from reglo.web.environment.stores import read_cache, read_database, read_tasks
from reglo.web.environment.values import Variables, choice_of, number_of, url_of

_SHORTEST_SECRET = 32
_MOST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Everything that one sets from outside; `VARIABLES` says what each is for."""

    data: Path
    url: str
    secret_key: str = field(repr=False)
    debug: bool
    is_signup_open: bool
    trusted_proxies: int
    database: dict[str, Any] = field(repr=False)
    email: EmailSettings
    sender: str
    tasks: dict[str, Any] = field(repr=False)
    cache: dict[str, Any] = field(repr=False)
    bind: tuple[str, int]
    web_threads: int
    log: str  #: "json" or "text"
    metrics_token: str = field(repr=False)

    @property
    def hosts(self) -> list[str]:
        """The host names that the site answers to."""
        return list(dict.fromkeys((urlsplit(self.url).hostname or "localhost", "127.0.0.1", "localhost")))

    @property
    def is_secure(self) -> bool:
        """Whether the site is reached by https."""
        return self.url.startswith("https://")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log, no message and no page may show."""
        places = (self.tasks.get("OPTIONS", {}).get("url", ""), self.cache.get("LOCATION", ""))
        passwords = (unquote(urlsplit(place).password or "") for place in places)
        found = (self.secret_key, self.database.get("PASSWORD", ""), self.metrics_token, *passwords)
        return tuple(filter(None, (*found, *self.email.secrets)))


def read_environment(variables: Variables = os.environ) -> Environment:
    """The environment of this process. Raises BadSetting naming the variable, the reason and the mend."""
    data = Path(variables.get("REGLO_DATA", "") or "var").absolute()
    _make_folder(data)
    bind = _bind(variables)
    return Environment(
        data=data,
        url=_url(variables, bind),
        secret_key=_secret_key(variables, data),
        debug=choice_of(variables, "REGLO_DEBUG", ("0", "1"), "0") == "1",
        is_signup_open=choice_of(variables, "REGLO_SIGNUP", ("open", "closed"), "open") == "open",
        trusted_proxies=number_of(variables, "REGLO_TRUSTED_PROXIES", 0, least=0, most=9),
        database=read_database(variables, data),
        email=read_email(variables),
        sender=_sender(variables),
        tasks=read_tasks(variables),
        cache=read_cache(variables, data),
        bind=bind,
        web_threads=number_of(variables, "REGLO_WEB_THREADS", 4, least=1, most=256),
        log=choice_of(variables, "REGLO_LOG", ("json", "text"), "text" if sys.stderr.isatty() else "json"),
        metrics_token=variables.get("REGLO_METRICS_TOKEN", ""),
    )


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            "REGLO_DATA",
            reason=Text(
                fr=f"le dossier {data} ne peut pas être créé ({error.strerror}).",
                en=f"the folder {data} cannot be made ({error.strerror}).",
            ),
            mend=Text(
                fr="Nommez un dossier où cet utilisateur peut écrire.", en="Name a folder that this user may write to."
            ),
        ) from error


def _url(variables: Variables, bind: tuple[str, int]) -> str:
    here = "127.0.0.1" if bind[0] in ("0.0.0.0", "::") else f"[{bind[0]}]" if ":" in bind[0] else bind[0]  # noqa: S104  # read, not listened to
    url = variables.get("REGLO_URL", "") or f"http://{here}:{bind[1]}"
    mend = Text(fr="Écrivez https://hôte, sans chemin.", en="Write https://host, without a path.")
    parts = url_of("REGLO_URL", url, mend=mend)
    if parts.scheme not in ("http", "https") or parts.path not in ("", "/") or parts.query or parts.username:
        raise BadSetting(
            "REGLO_URL",
            reason=Text(
                fr=f"« {url} » n'est pas l'adresse d'un site entier.", en=f'"{url}" is not the address of a whole site.'
            ),
            mend=mend,
        )
    return url.rstrip("/")


def _sender(variables: Variables) -> str:
    sender = variables.get("REGLO_SENDER", "") or "Réglo <reglo@localhost>"
    address = parseaddr(sender)[1]
    if not all(address.partition("@")) or any(ord(each) < ord(" ") for each in sender):
        raise BadSetting(
            "REGLO_SENDER",
            reason=Text(fr=f"« {sender} » n'est pas un expéditeur.", en=f'"{sender}" is no sender.'),
            mend=Text(fr="Écrivez Nom <adresse@domaine>.", en="Write Name <address@domain>."),
        )
    return sender


def _bind(variables: Variables) -> tuple[str, int]:
    value = variables.get("REGLO_BIND", "") or _here(variables.get("REGLO_URL", "")) or "127.0.0.1:8000"
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) <= _MOST_PORT:
        raise BadSetting(
            "REGLO_BIND",
            reason=Text(fr=f"« {value} » n'est pas adresse:port.", en=f'"{value}" is not address:port.'),
            mend=Text(fr="Écrivez par exemple 127.0.0.1:8000.", en="Write 127.0.0.1:8000, for example."),
        )
    return host.strip("[]"), int(port)


def _here(url: str) -> str:
    """Where to listen for who comes to `url`, if that names a port of this machine without https."""
    found = re.fullmatch(r"http://(localhost|127\.[\d.]+|\[::1\]):(\d+)/?", url)
    return f"{found[1].replace('localhost', '127.0.0.1')}:{found[2]}" if found else ""


def _secret_key(variables: Variables, data: Path) -> str:
    """The secret that is given, or that of this installation, made at the first start and kept beside the data."""
    path = variables.get("REGLO_SECRET_KEY_FILE", "")
    if path:
        return _long_enough("REGLO_SECRET_KEY_FILE", _read_secret(Path(path)))
    if variables.get("REGLO_SECRET_KEY"):
        return _long_enough("REGLO_SECRET_KEY", variables["REGLO_SECRET_KEY"])
    return _kept_secret(data / "secret-key")


def _read_secret(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        raise BadSetting(
            "REGLO_SECRET_KEY_FILE",
            reason=Text(
                fr=f"{path} ne peut pas être lu ({error.strerror}).", en=f"{path} cannot be read ({error.strerror})."
            ),
            mend=Text(fr="Donnez-en la lecture à cet utilisateur.", en="Let this user read it."),
        ) from error


def _long_enough(name: str, secret: str) -> str:
    if len(secret) < _SHORTEST_SECRET:
        raise BadSetting(
            name,
            reason=Text(fr="le secret est trop court.", en="the secret is too short."),
            mend=Text(
                fr=f"Il en faut au moins {_SHORTEST_SECRET} caractères au hasard : "
                'python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
                en=f"It takes at least {_SHORTEST_SECRET} random characters: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            ),
        )
    return secret


def _kept_secret(path: Path) -> str:
    """Made once: of two processes that start at the same time, the second reads what the first wrote."""
    if not path.exists():
        mine = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(mine, path)  # fails where somebody was quicker, and is never half a file
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text().strip()
