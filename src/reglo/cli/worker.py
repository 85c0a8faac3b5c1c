"""`reglo worker`: background jobs only."""

from types import FrameType
from typing import TYPE_CHECKING

from reglo.cli.commands import command, option
from reglo.cli.errors import ACCEPTED
from reglo.cli.language import say
from reglo.cli.output import print_line
from reglo.core.findings import Text

if TYPE_CHECKING:
    from reglo.jobs.worker import Worker


@command(
    "worker",
    text=Text(
        fr="Faire les tâches de fond : envois, fichiers, factures récurrentes.\n"
        "On peut en lancer plusieurs. SIGTERM ou Ctrl-C : la tâche en cours est finie d'abord.",
        en="Do the background jobs: messages, files, recurring invoices.\n"
        "Several may run. SIGTERM or Ctrl-C: the job in hand is finished first.",
    ),
    examples=("reglo worker", "reglo worker --once", "reglo worker --once --retry-failed"),
)
@option(
    "--once",
    is_flag=True,
    text=Text(fr="Faire ce qui est dû, puis finir.", en="Do what is due, then end."),
)
@option(
    "--retry-failed",
    is_flag=True,
    text=Text(fr="Reprendre d'abord les tâches abandonnées.", en="Take up first the jobs that were given up."),
)
def worker(*, once: bool, retry_failed: bool) -> int:
    """Work until told to stop."""
    from reglo.cli.site import open_site

    open_site()
    from django.utils import timezone

    from reglo.jobs.services import try_again
    from reglo.jobs.worker import Worker, do_all_due
    from reglo.web.running.start import prepare_database

    prepare_database()
    if retry_failed:
        taken_up = try_again(now=timezone.now())
        print_line(say(Text(fr=f"Tâches reprises : {taken_up}", en=f"Jobs taken up again: {taken_up}")))
    if once:
        done = do_all_due()
        print_line(say(Text(fr=f"Tâches traitées : {done}", en=f"Jobs handled: {done}")))
        return ACCEPTED
    _run_until_signal(Worker())
    return ACCEPTED


def _run_until_signal(worker: "Worker") -> None:
    """The first signal stops in good order, a second one at once."""
    import signal

    def stop(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    worker.run()
