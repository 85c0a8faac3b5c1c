"""The environment: read into types, refused with a sentence that names variable, reason and mend."""

import stat
from pathlib import Path

import pytest

from reglo.web.environment import VARIABLES, BadSetting, Environment, read_environment

SECRET = "0123456789abcdef0123456789abcdef"


def read(data: Path, **variables: str) -> Environment:
    return read_environment({"REGLO_DATA": str(data), **{f"REGLO_{name}": value for name, value in variables.items()}})


def test_nothing_set_is_a_site_on_this_machine(data: Path) -> None:
    found = read(data)
    assert found.url == "http://127.0.0.1:8000"
    assert found.database["NAME"] == str(data / "reglo.sqlite3")
    assert found.email.backend.endswith("console.EmailBackend")
    assert (found.debug, found.is_signup_open, found.trusted_proxies) == (False, True, 0)
    assert found.log in ("json", "text")


def test_an_empty_variable_is_one_that_is_not_set(data: Path) -> None:
    nothing = {variable.name: "" for variable in VARIABLES} | {"REGLO_DATA": str(data)}
    assert read_environment(nothing) == read(data)


def test_the_secret_is_made_once_kept_and_private(data: Path) -> None:
    first, second = read(data), read(data)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 50
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
    assert [each.name for each in data.iterdir()] == ["secret-key"]


def test_the_secret_may_stand_in_a_file(data: Path) -> None:
    path = data / "given"
    path.write_text(f"{SECRET}\n")
    assert read(data, SECRET_KEY_FILE=str(path)).secret_key == SECRET


def test_the_address_follows_where_one_listens(data: Path) -> None:
    assert read(data, BIND="0.0.0.0:9000").url == "http://127.0.0.1:9000"
    assert read(data, BIND="[::1]:9000").bind == ("::1", 9000)
    assert read(data, URL="https://factures.example.fr/").hosts[0] == "factures.example.fr"


@pytest.mark.parametrize(
    ("url", "bind"),
    [
        ("http://localhost:9000", ("127.0.0.1", 9000)),
        ("http://127.0.0.1:9000/", ("127.0.0.1", 9000)),
        ("http://[::1]:9000", ("::1", 9000)),
        ("http://localhost", ("127.0.0.1", 8000)),
        ("https://localhost:9000", ("127.0.0.1", 8000)),
        ("http://factures.example.fr:9000", ("127.0.0.1", 8000)),
    ],
)
def test_the_site_listens_where_its_address_says_if_that_is_this_machine(
    data: Path, url: str, bind: tuple[str, int]
) -> None:
    assert read(data, URL=url).bind == bind
    assert read(data, URL=url, BIND="127.0.0.1:7000").bind == ("127.0.0.1", 7000)


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        ("smtp://ines%40x.fr:p%3Aw@mail.x.fr:587?tls=starttls", ("mail.x.fr", 587, "ines@x.fr", "p:w", True, False)),
        ("smtp://ines:pw@mail.x.fr", ("mail.x.fr", 587, "ines", "pw", True, False)),
        ("smtp://127.0.0.1", ("127.0.0.1", 25, "", "", False, False)),
        ("smtps://ines:pw@mail.x.fr", ("mail.x.fr", 465, "ines", "pw", False, True)),
        ("smtp://ines:pw@mail.x.fr:2525?tls=none", ("mail.x.fr", 2525, "ines", "pw", False, False)),
    ],
)
def test_a_mail_server(data: Path, value: str, facts: tuple[object, ...]) -> None:
    found = read(data, EMAIL=value).email
    assert (found.host, found.port, found.user, found.password, found.starttls, found.tls) == facts


def test_providers_by_name_get_the_settings_that_anymail_wants(data: Path) -> None:
    assert read(data, EMAIL="brevo:xkeysib-1").email.anymail["BREVO_API_KEY"] == "xkeysib-1"
    mailjet = read(data, EMAIL="mailjet:one:two").email
    assert mailjet.backend == "anymail.backends.mailjet.EmailBackend"
    assert (mailjet.anymail["MAILJET_API_KEY"], mailjet.anymail["MAILJET_SECRET_KEY"]) == ("one", "two")
    mailgun = read(data, EMAIL="mailgun:key?url=https://api.eu.mailgun.net/v3").email.anymail
    assert mailgun["MAILGUN_API_URL"] == "https://api.eu.mailgun.net/v3"


def test_every_provider_that_is_named_opens(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.mail import get_connection
    from django.test import override_settings

    from reglo.web.environment.email import PROVIDERS

    for name, keys in PROVIDERS.items():
        found = read(data, EMAIL=":".join((name, *("key" for _ in keys)))).email
        with override_settings(ANYMAIL=found.anymail):
            assert get_connection(found.backend) is not None


def test_postgresql_with_options(data: Path) -> None:
    found = read(data, DATABASE="postgresql://re%40glo:s%2Fecret@db.x.fr:5433/reglo?sslmode=require").database
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("re@glo", "s/ecret", "db.x.fr", 5433)
    assert found["OPTIONS"]["sslmode"] == "require"


def test_redis_for_jobs_and_cache(data: Path) -> None:
    found = read(data, TASKS="redis://:pw@10.0.0.1:6379/0", CACHE="redis://10.0.0.1/1")
    assert found.tasks["BACKEND"] == "django_tasks_rq.RQBackend"
    assert found.cache["LOCATION"] == "redis://10.0.0.1/1"
    assert "pw" in found.secrets


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "factures.example.fr"),
        ("URL", "ftp://x.fr"),
        ("URL", "https://x.fr/reglo"),
        ("URL", "https://x.fr:port"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("DEBUG", "yes"),
        ("SIGNUP", "maybe"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "²"),
        ("DATABASE", "mysql://x"),
        ("DATABASE", "postgresql://host"),
        ("DATABASE", "postgresql://host:notaport/x"),
        ("DATABASE_TIMEOUT", "0"),
        ("EMAIL", "smtp://"),
        ("EMAIL", "smtp://host:0x"),
        ("EMAIL", "smtp://host?tls=maybe"),
        ("EMAIL", "pigeon:carrier"),
        ("EMAIL", "brevo:"),
        ("EMAIL", "mailjet:only-one"),
        ("EMAIL", "file:"),
        ("EMAIL_TIMEOUT", "soon"),
        ("EMAIL_WEBHOOK_SECRET", "no-colon"),
        ("SENDER", "Réglo"),
        ("SENDER", "Réglo <a@b.fr>\nBcc: c@d.fr"),
        ("TASKS", "rabbit"),
        ("CACHE", "memcached"),
        ("BIND", "8000"),
        ("BIND", "127.0.0.1:99999"),
        ("WEB_THREADS", "1e3"),
        ("LOG", "xml"),
    ],
)
def test_what_cannot_be_used_is_refused_naming_the_variable(data: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(data, **{name: value})
    message = refused.value.message
    assert message.fr.startswith(f"REGLO_{name} : ")
    assert message.en.startswith(f"REGLO_{name}: ")
    assert refused.value.field == f"REGLO_{name}"


def test_no_secret_is_repeated_in_a_refusal_or_shown_by_repr(data: Path) -> None:
    for variables in ({"EMAIL": "smtp://ines:hunter2@host?x=1"}, {"DATABASE": "postgresql://ines:hunter2@host"}):
        with pytest.raises(BadSetting) as refused:
            read(data, **variables)
        assert "hunter2" not in str(refused.value.message)
    shown = repr(
        read(
            data,
            SECRET_KEY=f"hunter2{SECRET}",
            EMAIL="smtp://ines:hunter2@host",
            DATABASE="postgresql://ines:hunter2@host/x",
            TASKS="redis://:hunter2@host",
            METRICS_TOKEN="hunter2",
        )
    )
    assert "hunter2" not in shown


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="REGLO_DATA"):
        read(tmp_path / "file" / "data")
