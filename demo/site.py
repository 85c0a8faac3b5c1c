"""Make the demonstration database: python -m demo.site [FILE].

It is made beside FILE and takes its place when it is whole.
"""

import logging
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path


def main(
    file: str = "var/demo.sqlite3", out: str = "out/paid", *, last_day: date | None = None, days: int = 730
) -> int:
    """Make the database at `file`, and say what is in it; 1 where a sweep or a job failed, and nothing is kept.

    out: folder for the files of the bank, the mailbox, and what was decided.
    """
    started = time.perf_counter()
    target = Path(file).absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        _set_up(made)
        told = _live(Path(out), last_day, days)
        troubles = [*_TROUBLES.said, *_failed_jobs()]
        if troubles:
            print("The demonstration is not made:", *dict.fromkeys(troubles), sep="\n  ", file=sys.stderr)
            return 1
        made.replace(target)
    _say(target, Path(out), told, time.perf_counter() - started)
    return 0


class _Troubles(logging.Handler):
    """Keeps what the worker says of sweeps that fail, which it survives."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(str(record.msg))


_TROUBLES = _Troubles()


def _set_up(database: Path) -> None:
    """Django on an empty database, with nothing that leaves the machine."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "reglo.web.settings",
        "REGLO_DATABASE": f"sqlite:{database}",
        "REGLO_DATA": str(database.parent),
        "REGLO_SECRET_KEY": "only-while-the-demonstration-is-made",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    logging.getLogger("reglo").setLevel(logging.ERROR)
    jobs = logging.getLogger("reglo.jobs")
    jobs.handlers, jobs.propagate = [_TROUBLES], False
    settings.EMAIL_BACKEND = "demo.mailbox.Mailbox"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    call_command("migrate", verbosity=0)


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to say of the firm."""

    figures: dict[str, int]
    decisions: list[str]  #: what was decided last of each customer
    forecast: str  #: the month to come, in a sentence
    negotiation: list[str]  #: what the largest customer asks for, costs, and could be offered
    reports: list[str]  #: the first sentence of each


def _live(out: Path, last_day: date | None, days: int) -> _Told:
    """Two years, and what they left."""
    from django.db import connection
    from django.utils import timezone

    from demo.chasing import decisions_of_today, decisions_told
    from demo.dealing import negotiate
    from demo.insight import owner_of, write_fec, write_forecast, write_reports
    from demo.life import Life
    from reglo.banking.models import Payment
    from reglo.billing.models import Invoice, Quote
    from reglo.billing.verify import first_break
    from reglo.customers.models import Customer
    from reglo.delivery.models import Message
    from reglo.organisations.models import Organisation

    today = last_day or timezone.localdate()
    Life(last_day=today, days=days, folder=out).live()
    Organisation.objects.update(is_demonstration=True)
    organisation = Organisation.objects.get()
    (out / "decisions.txt").write_text("\n".join(decisions_told(organisation)) + "\n", encoding="utf-8")
    decisions = list(decisions_of_today(organisation))
    inside = {"by": owner_of(organisation), "now": timezone.now(), "today": today}
    foreseen = write_forecast(organisation, out.parent / "forecast", **inside)
    dealt = negotiate(organisation, out.parent / "negotiation", **inside)
    said = write_reports(organisation, out.parent / "reports", today=today)
    said.append(write_fec(organisation, out.parent / "reports", today=today))
    found = first_break(organisation)
    assert found is None, found
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    models = {"customers": Customer, "quotes": Quote, "invoices": Invoice, "payments": Payment, "messages": Message}
    figures = {name: model.objects.count() for name, model in models.items()}
    connection.close()
    return _Told(figures, decisions, foreseen, dealt, said)


def _failed_jobs() -> list[str]:
    """The jobs that were given up, and why."""
    from django.db import connection

    from reglo.jobs.models import Job, JobState

    errors = Job.objects.filter(state=JobState.FAILED).values_list("kind", "last_error")
    found = [f"{kind}: {error}" for kind, error in errors]
    connection.close()
    return found


def _say(target: Path, out: Path, told: _Told, seconds: float) -> None:
    print(f"Two years of a small firm, through the services of the site, in {seconds:.0f} s: {target}")
    print("  " + ", ".join(f"{number} {name}" for name, number in told.figures.items()) + "; the chain of seals holds")
    print("  What Réglo decided last of each customer, and why:")
    for each in told.decisions:
        print(f"    {each}")
    print(f"  {out}: the bank's files, every decision of three months, and the mailbox with what was sent")
    print(f"  When money comes: {told.forecast}")
    print("  A negotiation worked out:")
    for each in told.negotiation:
        print(f"    {each}")
    print("  Where the firm stands:")
    for each in told.reports:
        print(f"    {each}")
    folders = ", ".join(str(out.parent / name) for name in ("forecast", "negotiation", "reports"))
    print(f"  {folders}: as PDF, XLSX and pictures")
    print("  make serve opens on it")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
