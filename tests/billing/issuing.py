"""A process that issues: `python -m tests.billing.issuing ACT …`, for tests that run several at once and kill some.

prepare COUNT              an organisation with so many drafts; prints its id
issue ORGANISATION DRAFT…  issues the drafts one after the other, printing each number as it is given
verify ORGANISATION        prints how many invoices there are, and the first break
"""

import os
import subprocess
import sys
from collections.abc import Callable

import django


def start(database: str, *arguments: object) -> subprocess.Popen[str]:
    """Run this module in a process of its own on `database`."""
    environment = {**os.environ, "REGLO_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.billing.issuing", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def prepare(count: str) -> None:
    """Make what there is to issue."""
    from tests.site import a_customer, a_draft, an_organisation

    organisation = an_organisation(slug=f"atelier-of-{os.getpid()}")
    customer = a_customer(organisation)
    drafts = [a_draft(organisation, customer).pk for _ in range(int(count))]
    print(organisation.pk, *drafts)


def issue(organisation_id: str, *draft_ids: str) -> None:
    """Issue drafts, one after the other."""
    from reglo.billing.services.issue import issue_draft
    from reglo.organisations.models import Organisation
    from tests.site import INES, NOW

    organisation = Organisation.objects.get(pk=organisation_id)
    for draft_id in draft_ids:
        invoice = issue_draft(draft_id=int(draft_id), organisation=organisation, by=INES, now=NOW)
        print(invoice.number, flush=True)


def verify(organisation_id: str) -> None:
    """Say what is there."""
    from reglo.billing.models import Invoice
    from reglo.billing.verify import first_break
    from reglo.organisations.models import Organisation

    broken = first_break(Organisation.objects.get(pk=organisation_id))
    numbers = Invoice.objects.filter(organisation_id=organisation_id).order_by("sequence").values_list("number")
    print(broken.reason.en if broken else "whole", *(number for (number,) in numbers))


_ACTS: dict[str, Callable[..., None]] = {"prepare": prepare, "issue": issue, "verify": verify}

if __name__ == "__main__":
    django.setup()
    _ACTS[sys.argv[1]](*sys.argv[2:])
