"""A firm that collects, and its worker on a clock that is told the time: `python -m tests.browser.collecting ACT WHEN`.

prepare WHEN makes the firm with an invoice of that instant, due in thirty days, and prints what a browser needs as
JSON; work WHEN does what a worker does at that instant, until nothing is left.
"""

import json
import sys
from datetime import datetime, timedelta

import django

django.setup()


def prepare(now: datetime) -> None:
    """A firm with reminders switched on, and a customer with an invoice."""
    from reglo.billing.services.issue import issue_draft
    from reglo.collection.services.policies import switch_on, write_policy
    from reglo.core.collection import DEFAULT_POLICY
    from reglo.organisations.models import BankAccount
    from tests.site import INES, a_customer, a_draft, a_member, an_organisation, logged_in

    organisation = an_organisation(created_at=now)
    owner = a_member(organisation, email="ines@example.com", name="Inès Moreau")
    version = write_policy(organisation=organisation, policy=DEFAULT_POLICY, thanks=True, by=INES, now=now)
    switch_on(organisation=organisation, version_id=version.pk, by=INES, now=now)
    customer = a_customer(organisation, created_at=now)
    draft = a_draft(organisation, customer)
    invoice = issue_draft(draft_id=draft.pk, organisation=organisation, by=INES, now=now)
    firm = {
        "slug": organisation.slug,
        "iban": BankAccount.objects.get().iban,
        "session": logged_in(owner).cookies["sessionid"].value,
        "customer": customer.pk,
        "invoice": invoice.pk,
        "number": invoice.number,
    }
    print(json.dumps(firm))


def work(now: datetime) -> None:
    """The clock ticks once before the jobs and once behind them, for what becomes of messages."""
    from reglo.jobs.clock import tick
    from reglo.jobs.doing import do, due_jobs

    tick(now)
    while due := list(due_jobs(now).order_by("due_at", "pk").values_list("pk", flat=True)):
        for job_id in due:
            do(job_id, now=now)
    tick(now + timedelta(minutes=1))


if __name__ == "__main__":
    act, when = sys.argv[1:]
    {"prepare": prepare, "work": work}[act](datetime.fromisoformat(when))
