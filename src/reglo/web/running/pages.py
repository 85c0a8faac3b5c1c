"""The server of the pages: granian, which answers in processes of its own."""

import multiprocessing
import os
import tempfile

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from reglo.web.environment import Environment
from reglo.web.logs import set_up_logs


def serve_pages(environment: Environment, *, processes: int) -> None:
    """Answer requests until SIGINT or SIGTERM, then let those in hand be finished."""
    # Not fork: this process may have threads (the worker), and a forked child would inherit their locks.
    multiprocessing.set_start_method("spawn", force=True)
    if processes > 1:  # each process counts its requests; whoever is asked for metrics adds them up
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="reglo-metrics-")
    address, port = environment.bind
    server = Granian(
        "reglo.web.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=environment.web_threads,
        backpressure=environment.web_threads * 16,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
    )
    set_up_logs({"format": environment.log})  # granian has put its own in place
    server.serve()
