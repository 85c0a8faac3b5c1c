"""Health: the process lives, the site can work, figures for those who may know them."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.utils import timezone

from reglo.jobs.clock import beat
from reglo.jobs.models import Heartbeat
from reglo.jobs.services import schedule
from reglo.web import health
from tests.site import NOW, a_customer, an_organisation


def test_a_process_that_lives_says_so_without_a_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_a_site_is_ready_when_its_database_is_up_to_date(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "worker": False, "worker_seconds": None}


@pytest.mark.django_db
def test_the_age_of_the_workers_heartbeat_is_said(client: Client) -> None:
    beat(timezone.now())
    answer = client.get("/readyz").json()
    assert answer["worker"] is True
    assert 0 <= answer["worker_seconds"] < 60
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    answer = client.get("/readyz")
    assert answer.json()["worker"] is False
    assert answer.status_code == 200  # pages go on without


@pytest.mark.django_db
def test_a_site_without_its_migrations_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "missing_migrations", lambda: ["billing 0009_new"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def away() -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(health, "missing_migrations", away)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    return


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_database")
def test_a_site_without_its_database_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


@pytest.mark.django_db
def test_metrics_are_for_this_machine(client: Client) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 403


@pytest.mark.django_db
@override_settings(METRICS_TOKEN="a-long-token")
def test_metrics_are_for_who_has_the_token(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 403
    for wrong in ("Bearer wrong", "Bearer ", "a-long-toké"):
        answer = client.get("/metrics", REMOTE_ADDR="203.0.113.7", HTTP_AUTHORIZATION=wrong)
        assert answer.status_code == 403
    right = client.get("/metrics", REMOTE_ADDR="203.0.113.7", HTTP_AUTHORIZATION="Bearer a-long-token")
    assert right.status_code == 200


@pytest.mark.django_db
def test_metrics_count_requests_jobs_and_messages_and_name_nobody(client: Client) -> None:
    organisation = an_organisation(slug="very-private-slug", name="Very Private SAS")
    a_customer(organisation, name="Very Private Customer")
    schedule("count", subject_id=1, organisation_id=organisation.pk, key="x", due_at=NOW)
    client.get("/o/very-private-slug/customers/")
    client.get("/nobody/knows/this/address")
    text = client.get("/metrics").content.decode()
    assert 'reglo_jobs{state="waiting"} 1.0' in text
    assert 'reglo_messages{state="queued"} 0.0' in text
    assert "reglo_database_up 1.0" in text
    assert re.search(r'reglo_requests_total\{method="GET",status="404",view="unknown"\} [1-9]', text)
    assert "reglo_request_seconds_bucket" in text
    assert "private" not in text.lower()
    assert "nobody" not in text


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
def test_who_watches_from_within_is_not_sent_to_https(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301
