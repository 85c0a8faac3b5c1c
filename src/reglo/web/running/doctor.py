"""What may be wrong with the way the site is run, and how to mend it."""

import os
import shutil
import smtplib
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection

from reglo.core.findings import Severity, Text
from reglo.jobs.models import Job, JobState
from reglo.jobs.queries import ALIVE, last_heartbeat
from reglo.jobs.secrets import without_secrets
from reglo.web.environment import Environment
from reglo.web.environment.variables import unknown_variables
from reglo.web.health import missing_migrations

_LITTLE_ROOM = 1_000_000_000  #: bytes free below which one is warned
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_NOT_SENDING = ("console", "filebased", "locmem")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """One thing that was looked at."""

    severity: Severity  #: INFORMATION: it is well
    what: Text
    mend: Text | None = None


def _well(fr: str, en: str) -> Ailment:
    return Ailment(severity=Severity.INFORMATION, what=Text(fr=fr, en=en))


def _ill(what: Text, mend: Text) -> Ailment:
    return Ailment(severity=Severity.FATAL, what=what, mend=mend)


def _doubtful(what: Text, mend: Text) -> Ailment:
    return Ailment(severity=Severity.WARNING, what=what, mend=mend)


def examine(environment: Environment, *, now: datetime) -> Iterator[Ailment]:
    """Look at everything; what depends on the database only where it answers."""
    yield from _variables()
    yield from _site(environment)
    yield _data_folder(environment.data)
    yield _room(environment.data)
    yield _static_files()
    yield _time_zone(now)
    database = _database()
    yield database
    if database.severity is Severity.INFORMATION:
        yield _worker(now)
        yield _failed_jobs()
    yield from _email(environment)


def _variables() -> Iterator[Ailment]:
    for name, near in unknown_variables(list(os.environ)).items():
        yield _doubtful(
            Text(fr=f"Personne ne lit la variable {name}.", en=f"Nobody reads the variable {name}."),
            Text(fr=f"Vouliez-vous dire {near} ?", en=f"Did you mean {near}?")
            if near
            else Text(fr="Supprimez-la.", en="Remove it."),
        )


def _site(environment: Environment) -> Iterator[Ailment]:
    if environment.debug:
        yield _ill(
            Text(
                fr="REGLO_DEBUG montre l'intérieur des erreurs aux visiteurs.",
                en="REGLO_DEBUG shows visitors the insides of errors.",
            ),
            Text(fr="Supprimez REGLO_DEBUG.", en="Remove REGLO_DEBUG."),
        )
    is_local = environment.hosts[0] in ("127.0.0.1", "localhost")
    if environment.is_secure or is_local:
        yield _well(f"Adresse du site : {environment.url}", f"Address of the site: {environment.url}")
    else:
        yield _ill(
            Text(
                fr=f"{environment.url} n'est pas chiffré : mots de passe et factures passent en clair.",
                en=f"{environment.url} is not encrypted: passwords and invoices travel in the open.",
            ),
            Text(
                fr="Mettez un serveur frontal https (deploy/Caddyfile), REGLO_URL=https://… et "
                "REGLO_TRUSTED_PROXIES=1.",
                en="Put an https server before it (deploy/Caddyfile), REGLO_URL=https://… and REGLO_TRUSTED_PROXIES=1.",
            ),
        )
    if environment.is_secure and not environment.trusted_proxies:
        yield _ill(
            Text(
                fr="Le site est en https, mais aucun serveur frontal n'est déclaré : toutes les pages renverraient à "
                "https sans fin.",
                en="The site is https, but no proxy is declared: every page would redirect to https for ever.",
            ),
            Text(fr="Réglez REGLO_TRUSTED_PROXIES=1.", en="Set REGLO_TRUSTED_PROXIES=1."),
        )


def _data_folder(data: Path) -> Ailment:
    mode = stat.S_IMODE(data.stat().st_mode)
    if not os.access(data, os.W_OK | os.X_OK):
        return _ill(
            Text(fr=f"Le dossier {data} n'est pas accessible en écriture.", en=f"The folder {data} is not writable."),
            Text(
                fr=f"Donnez-le à l'utilisateur de Réglo : chown … {data}", en=f"Give it to Réglo's user: chown … {data}"
            ),
        )
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return _ill(
            Text(
                fr=f"D'autres utilisateurs de la machine peuvent lire {data} (clé secrète, base).",
                en=f"Other users of the machine may read {data} (secret key, database).",
            ),
            Text(fr=f"chmod 700 {data}", en=f"chmod 700 {data}"),
        )
    return _well(f"Dossier des données : {data}", f"Folder of the data: {data}")


def _room(data: Path) -> Ailment:
    free = shutil.disk_usage(data).free
    told = f"{free / 1_000_000_000:.1f}"
    if free < _LITTLE_ROOM:
        return _ill(
            Text(fr=f"Il ne reste que {told} Go sur le disque.", en=f"Only {told} GB are left on the disk."),
            Text(fr="Faites de la place, ou agrandissez le disque.", en="Make room, or enlarge the disk."),
        )
    return _well(f"Place sur le disque : {told} Go", f"Room on the disk: {told} GB")


def _static_files() -> Ailment:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return _well("Feuilles de style et scripts en place", "Style sheet and scripts in place")
    return _ill(
        Text(
            fr="Les feuilles de style et scripts ne sont pas construits.", en="Style sheet and scripts are not built."
        ),
        Text(fr="make pages, dans le dossier des sources", en="make pages, in the folder of the sources"),
    )


def _time_zone(now: datetime) -> Ailment:
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    told = here.strftime("%Y-%m-%d %H:%M")
    return _well(f"Heure : {told} à Paris ; comparez à votre montre", f"Time: {told} in Paris; compare with your watch")


def _database() -> Ailment:
    try:
        missing = missing_migrations()
    except (DatabaseError, OSError) as error:
        connection.close()
        said = without_secrets(str(error)).strip().replace("\n", " ")
        return _ill(
            Text(fr=f"La base ne répond pas : {said}", en=f"The database does not answer: {said}"),
            Text(
                fr="Vérifiez REGLO_DATABASE, et que le serveur tourne.",
                en="Check REGLO_DATABASE, and that the server runs.",
            ),
        )
    if missing:
        return _ill(
            Text(
                fr=f"La base n'est pas à jour : {len(missing)} migration(s) manquent.",
                en=f"The database is not up to date: {len(missing)} migration(s) are missing.",
            ),
            Text(
                fr="Démarrez reglo serve (ou web, ou worker) : il les applique.",
                en="Start reglo serve (or web, or worker): it applies them.",
            ),
        )
    return _well(f"Base à jour : {connection.display_name}", f"Database up to date: {connection.display_name}")


def _worker(now: datetime) -> Ailment:
    last = last_heartbeat()
    if last is not None and last > now - ALIVE:
        return _well("Tâches de fond : un ouvrier est en vie", "Background jobs: a worker lives")
    seen = last.strftime("%Y-%m-%d %H:%M UTC") if last else "?"
    return _ill(
        Text(
            fr=f"Aucun ouvrier en vie : rien n'est envoyé (vu pour la dernière fois : {seen}).",
            en=f"No worker lives: nothing is sent (last seen: {seen}).",
        ),
        Text(fr="Démarrez reglo serve ou reglo worker.", en="Start reglo serve or reglo worker."),
    )


def _failed_jobs() -> Ailment:
    failed = Job.objects.filter(state=JobState.FAILED)
    count, newest = failed.count(), failed.order_by("-id").first()
    if newest is None:
        return _well("Aucune tâche abandonnée", "No job was given up")
    said = f"{newest.kind}, {newest.last_error}"[:200]
    return _doubtful(
        Text(
            fr=f"{count} tâche(s) abandonnée(s) ; la dernière : {said}", en=f"{count} job(s) given up; the last: {said}"
        ),
        Text(
            fr="Une fois la cause levée : reglo worker --once --retry-failed",
            en="Once the cause is mended: reglo worker --once --retry-failed",
        ),
    )


def _email(environment: Environment) -> Iterator[Ailment]:
    backend = environment.email.backend
    domain = parseaddr(environment.sender)[1].rpartition("@")[2]
    if any(word in backend for word in _NOT_SENDING):
        yield _doubtful(
            Text(
                fr="Aucun courriel ne part : REGLO_EMAIL n'envoie pas.", en="No e-mail leaves: REGLO_EMAIL sends none."
            ),
            Text(
                fr="Réglez REGLO_EMAIL=smtp://utilisateur:motdepasse@hôte:587?tls=starttls, ou un prestataire.",
                en="Set REGLO_EMAIL=smtp://user:password@host:587?tls=starttls, or a provider.",
            ),
        )
        return
    if backend == _SMTP:
        yield _mail_server(environment)
    if domain in ("localhost", ""):
        yield _ill(
            Text(fr="L'expéditeur n'a pas de domaine.", en="The sender has no domain."),
            Text(fr="Réglez REGLO_SENDER=Nom <adresse@domaine>.", en="Set REGLO_SENDER=Name <address@domain>."),
        )
        return
    yield _well(
        f"Le DNS de {domain} doit autoriser ce serveur (SPF), publier sa clé (DKIM) et une règle (DMARC) : "
        "docs/how-to/deploy.md",
        f"The DNS of {domain} must allow this server (SPF), publish its key (DKIM) and a policy (DMARC): "
        "docs/how-to/deploy.md",
    )


def _mail_server(environment: Environment) -> Ailment:
    where = f"{environment.email.host}:{environment.email.port}"
    try:
        mailer = get_connection(_SMTP, timeout=min(environment.email.timeout, 10))
        mailer.open()
        mailer.close()
    except (OSError, smtplib.SMTPException) as error:
        said = without_secrets(str(error))
        return _ill(
            Text(fr=f"Le serveur de courriel {where} refuse : {said}", en=f"The mail server {where} refuses: {said}"),
            Text(
                fr="Vérifiez hôte, port, chiffrement et mot de passe de REGLO_EMAIL.",
                en="Check host, port, encryption and password of REGLO_EMAIL.",
            ),
        )
    return _well(f"Le serveur de courriel {where} répond", f"The mail server {where} answers")
