"""A worker in a process of its own, for tests that kill it: `python -m tests.collection.worker_process prepare 12`.

prepare N makes the database of REGLO_DATABASE with N debtors; work MINUTES says "ready" and does what is due so many
minutes into the morning of the reminder until nothing is left; pay N lets the debtor with that number pay; show prints
what the database says.
"""

import json
import os
import sys
from datetime import datetime, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402  # Django is set up first
from django.core.management import call_command  # noqa: E402

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_SMTP_PORT"])


def prepare(count: int) -> None:
    """Debtors, each with one invoice, of an organisation that collects."""
    from reglo.customers.models import Contact
    from tests.collection.cases import a_collecting_organisation, a_debtor

    call_command("migrate", verbosity=0)
    organisation = a_collecting_organisation()
    for number in range(count):
        customer = a_debtor(organisation, name=f"Client {number}")
        Contact.objects.filter(customer=customer).update(email=f"client-{number}@example.com")


def work(minutes: int) -> None:
    """What the worker does, on a clock that is `minutes` ahead, so that leases of the dead are over."""
    from reglo.collection.services.rounds import settle_steps, start_rounds
    from reglo.jobs.doing import do, due_jobs

    print("ready", flush=True)
    now = _morning() + timedelta(minutes=minutes)
    for _ in range(3):
        settle_steps(now=now)
        start_rounds(now=now)
        while due := list(due_jobs(now).order_by("due_at", "pk").values_list("pk", flat=True)[:5]):
            for job_id in due:
                do(job_id, now=now)
    settle_steps(now=now)


def pay(number: int) -> None:
    """The debtor with a number pays all it owes."""
    from reglo.customers.models import Customer
    from tests.collection.cases import pay as pay_all

    pay_all(Customer.objects.select_related("organisation").get(name=f"Client {number}"), now=_morning())


def show() -> None:
    """For each debtor: the states of its steps, the rungs done for its invoice, and the copies that are owned up to."""
    from reglo.collection.models import StepItem, StepTaken
    from reglo.customers.models import Customer
    from reglo.delivery.models import MessageEvent

    rows = {}
    for customer in Customer.objects.order_by("pk"):
        steps = StepTaken.objects.filter(customer=customer).order_by("pk")
        rows[customer.name] = {
            "states": list(steps.values_list("state", flat=True)),
            "rungs": list(StepItem.objects.filter(step__in=steps).exclude(key="").values_list("key", flat=True)),
            "again": MessageEvent.objects.filter(message__customer=customer, what="sent-again").count(),
        }
    print(json.dumps(rows))


def _morning() -> datetime:
    from tests.collection.cases import DUE, at

    return at(DUE - timedelta(days=10))


if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    {"prepare": prepare, "work": work, "pay": pay, "show": show}[act](*(int(each) for each in rest))
