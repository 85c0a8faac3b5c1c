"""How e-mail leaves: by a mail server, by a provider, or nowhere (terminal, files)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from reglo.core.findings import Text
from reglo.web.environment.errors import BadSetting
from reglo.web.environment.values import Variables, number_of, url_of

_NAME = "REGLO_EMAIL"
_CONSOLE = "django.core.mail.backends.console.EmailBackend"
_FILES = "django.core.mail.backends.filebased.EmailBackend"
_SMTP = "django.core.mail.backends.smtp.EmailBackend"

PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "brevo": ("API_KEY",),
    "mailersend": ("API_TOKEN",),
    "mailgun": ("API_KEY",),
    "mailjet": ("API_KEY", "SECRET_KEY"),
    "mailtrap": ("API_TOKEN",),
    "mandrill": ("API_KEY",),
    "postmark": ("SERVER_TOKEN",),
    "resend": ("API_KEY",),
    "scaleway": ("SECRET_KEY", "PROJECT_ID"),
    "sparkpost": ("API_KEY",),
}
"""The providers that Anymail knows and that need no more than these, in the order of REGLO_EMAIL."""

_MEND = Text(
    fr="Écrivez smtp://utilisateur:motdepasse@hôte:587?tls=starttls, smtps://…, console, file:<dossier> ou "
    f"<prestataire>:<clé> ({', '.join(PROVIDERS)}).",
    en="Write smtp://user:password@host:587?tls=starttls, smtps://…, console, file:<folder> or <provider>:<key> "
    f"({', '.join(PROVIDERS)}).",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """How e-mail leaves."""

    backend: str = _CONSOLE
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False
    folder: Path | None = None
    timeout: int = 30
    anymail: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown."""
        keys = (value for name, value in self.anymail.items() if not name.endswith("_URL"))
        return tuple(filter(None, (self.password, *keys)))


def read_email(variables: Variables) -> EmailSettings:
    """What REGLO_EMAIL and its companions say."""
    value = variables.get(_NAME, "") or "console"
    timeout = number_of(variables, "REGLO_EMAIL_TIMEOUT", 30, least=1, most=600)
    anymail = _webhook_secret(variables)
    scheme, _, rest = value.partition(":")
    if value == "console":
        return EmailSettings(timeout=timeout, anymail=anymail)
    if scheme == "file" and rest:
        return EmailSettings(backend=_FILES, folder=Path(rest).absolute(), timeout=timeout, anymail=anymail)
    if scheme in ("smtp", "smtps"):
        return _smtp(value, timeout, anymail)
    if scheme in PROVIDERS:
        provider = _provider(scheme, rest) | anymail
        return EmailSettings(
            backend=f"anymail.backends.{scheme}.EmailBackend", timeout=timeout, anymail={**provider, **_bounds(timeout)}
        )
    raise BadSetting(
        _NAME,
        reason=Text(fr=f"« {scheme} » n'est pas un moyen d'envoi connu.", en=f'"{scheme}" is no known way to send.'),
        mend=_MEND,
    )


def _bounds(timeout: int) -> dict[str, str]:
    return {"REQUESTS_TIMEOUT": timeout}  # type: ignore[dict-item]  # the one setting of Anymail that is a number


def _smtp(value: str, timeout: int, anymail: Mapping[str, str]) -> EmailSettings:
    parts = url_of(_NAME, value, mend=_MEND)
    options = dict(parse_qsl(parts.query))
    tls = options.pop("tls", "starttls" if parts.scheme == "smtp" and parts.username else "none")
    if options or tls not in ("starttls", "none"):
        raise BadSetting(
            _NAME,
            reason=Text(fr="ce qui suit le « ? » n'est pas connu.", en='what follows the "?" is not known.'),
            mend=Text(
                fr="Écrivez ?tls=starttls, ou ?tls=none pour un serveur de la même machine.",
                en="Write ?tls=starttls, or ?tls=none for a server of the same machine.",
            ),
        )
    return EmailSettings(
        backend=_SMTP,
        host=parts.hostname or "",
        port=parts.port or (465 if parts.scheme == "smtps" else 587 if tls == "starttls" else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp" and tls == "starttls",
        tls=parts.scheme == "smtps",
        timeout=timeout,
        anymail=anymail,
    )


def _provider(name: str, rest: str) -> dict[str, str]:
    keys, _, query = rest.partition("?")
    options = dict(parse_qsl(query))
    wanted, given = PROVIDERS[name], tuple(unquote(each) for each in keys.split(":") if each)
    if len(given) != len(wanted) or options.keys() - {"url"}:
        form = ":".join((name, *wanted))
        raise BadSetting(
            _NAME,
            reason=Text(
                fr=f"{name} demande {len(wanted)} clé(s), {len(given)} donnée(s).",
                en=f"{name} needs {len(wanted)} key(s), {len(given)} given.",
            ),
            mend=Text(fr=f"Écrivez {form}, puis ?url=… au besoin.", en=f"Write {form}, then ?url=… if needed."),
        )
    settings = {f"{name.upper()}_{key}": value for key, value in zip(wanted, given, strict=True)}
    return settings | ({f"{name.upper()}_API_URL": options["url"]} if "url" in options else {})


def _webhook_secret(variables: Variables) -> dict[str, str]:
    secret = variables.get("REGLO_EMAIL_WEBHOOK_SECRET", "")
    if secret and not all(secret.partition(":")[::2]):
        raise BadSetting(
            "REGLO_EMAIL_WEBHOOK_SECRET",
            reason=Text(fr="il faut un nom et un mot de passe.", en="a name and a password are needed."),
            mend=Text(fr="Écrivez nom:motdepasse.", en="Write user:password."),
        )
    return {"WEBHOOK_SECRET": secret} if secret else {}
