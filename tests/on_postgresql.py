"""Run again on PostgreSQL what SQLite proves only for itself: python -m tests.on_postgresql.

Locks, triggers, claims of jobs, indexes, limits of columns, every address; migrations and backups try both by
themselves. Where no PostgreSQL answers on this machine, that is said, and nothing fails.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

_PLACE = ("127.0.0.1", 5432)
_WHAT = (
    "tests/test_access.py::test_each_role_may_do_what_the_table_says_and_no_more[owner]",
    "tests/test_access.py::test_the_organisation_of_others_is_not_found",
    "tests/test_access.py::test_the_rows_of_others_are_not_found_in_our_organisation",
    "tests/hostile/test_queries.py",
    "tests/jobs/test_services.py",
    "tests/journal/test_chain.py",
    "tests/lists",
    "tests/billing/test_seal*.py",
    "tests/billing/test_numbering*.py",
    "tests/billing/test_issue.py",
    "tests/billing/test_issue_at_once.py",
    "tests/billing/test_follow_ups_at_once.py",
    "tests/billing/test_quotes*.py",
    "tests/billing/test_posting.py",
    "tests/ledger",
    "tests/banking/test_at_once.py",
    "tests/banking/test_importing.py",
    "tests/banking/test_lines.py",
    "tests/banking/test_machine.py",
    "tests/organisations/test_at_once.py",
    "tests/delivery/test_outbox.py",
    "tests/delivery/test_sweeps.py",
    "tests/collection/test_rounds.py",
    "tests/collection/test_killed_workers.py",
    "tests/customers/test_services.py",
    "tests/customers/test_merge.py",
    "tests/imports/test_customers.py",
    "tests/web/test_home.py",
)


def main() -> int:
    """The exit status of pytest; 0 where there is no PostgreSQL."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(_PLACE) != 0:
            print("Skipped: the second run on PostgreSQL, since none answers on 127.0.0.1:5432.")
            return 0
    tests = [found for each in _WHAT for found in _found(each)]
    environment = os.environ | {"REGLO_DATABASE": "postgresql://postgres@127.0.0.1:5432/reglo"}
    print("Once more on PostgreSQL:", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *tests], env=environment, check=False
    ).returncode


def _found(what: str) -> list[str]:
    """The files of a pattern; a test that is named alone is itself."""
    return [what] if "::" in what else sorted(map(str, Path().glob(what)))


if __name__ == "__main__":
    sys.exit(main())
