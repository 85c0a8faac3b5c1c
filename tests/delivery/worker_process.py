"""A worker in a process of its own, for tests that kill it: `python -m tests.delivery.worker_process prepare 40`.

prepare N makes the database of REGLO_DATABASE with N messages; work MINUTES says "ready" and does what is due so many
minutes from now until nothing is left; show prints what the database says of the messages.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402  # Django is set up first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_SMTP_PORT"])


def prepare(count: int) -> None:
    """A database with messages in the outbox."""
    from tests.delivery.messages import a_bare_message
    from tests.site import a_customer, an_organisation

    call_command("migrate", verbosity=0)
    customer = a_customer(an_organisation())
    for number in range(count):
        a_bare_message(customer, key=str(number), now=datetime(2026, 1, 1, tzinfo=UTC))


def work(minutes: int) -> None:
    """What the worker does, on a clock that is `minutes` ahead, so that leases of the dead are over."""
    from reglo.jobs.doing import do, due_jobs

    print("ready", flush=True)
    while due := list(due_jobs(_ahead(minutes)).order_by("due_at", "pk").values_list("pk", flat=True)[:10]):
        for job_id in due:
            do(job_id, now=_ahead(minutes))


def _ahead(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def show() -> None:
    """Message-ID, state and number of times it was sent again, of each message."""
    from reglo.delivery.models import Message

    rows = [
        (each.message_id, each.state, each.events.filter(what="sent-again").count()) for each in Message.objects.all()
    ]
    print(json.dumps(rows))


if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    {"prepare": prepare, "work": work, "show": show}[act](*(int(each) for each in rest))
