"""A process that matches: `python -m tests.banking.matching_process ORGANISATION`, for tests that kill it.

It prints the id of each line that it has posted.
"""

import os
import subprocess
import sys
from typing import Any

import django


def start(database: str, organisation_id: int) -> subprocess.Popen[str]:
    """Run this module in a process of its own on `database`."""
    environment = {**os.environ, "REGLO_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.banking.matching_process", str(organisation_id)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def run(organisation_id: int) -> None:
    """Match everything, telling each posting once it is through."""
    from reglo.banking.services import matching
    from reglo.organisations.models import Organisation
    from tests.site import NOW

    post = matching._is_posted

    def told(line: Any, *rest: Any) -> bool:
        is_posted = post(line, *rest)
        if is_posted:
            print(line.pk, flush=True)
        return is_posted

    matching._is_posted = told
    matching.run_matching(organisation=Organisation.objects.get(pk=organisation_id), now=NOW)


if __name__ == "__main__":
    django.setup()
    run(int(sys.argv[1]))
