"""`reglo serve`: the whole site in one process."""

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED
from reglo.cli.language import say
from reglo.cli.output import print_line
from reglo.core.findings import Text


@command(
    "serve",
    text=Text(
        fr="Ouvrir le site : les pages et les tâches de fond, dans un seul processus.\n"
        "Met la base à jour au démarrage. Ctrl-C arrête proprement. Les réglages sont des variables REGLO_… : voyez "
        "reglo doctor.",
        en="Open the site: pages and background jobs in one process.\n"
        "Brings the database up to date first. Ctrl-C stops it in good order. Settings are variables REGLO_…: see "
        "reglo doctor.",
    ),
    examples=(
        "reglo serve",
        "REGLO_DATA=/srv/reglo REGLO_URL=https://factures.example.fr REGLO_TRUSTED_PROXIES=1 reglo serve",
    ),
)
def serve() -> int:
    """Start the worker in a thread, then the pages, until told to stop."""
    from threading import Thread

    from reglo.cli.site import open_site

    environment = open_site()
    from reglo.jobs.worker import Worker
    from reglo.web.running.pages import serve_pages
    from reglo.web.running.start import check_static_files, listen, prepare_database

    check_static_files()
    listening = listen(*environment.bind)
    prepare_database()
    worker = Worker()
    thread = Thread(target=worker.run, name="reglo-worker")
    thread.start()
    print_line(
        say(
            Text(
                fr=f"Réglo est ouvert : {environment.url} (Ctrl-C pour arrêter)",
                en=f"Réglo is open: {environment.url} (Ctrl-C stops it)",
            )
        )
    )
    try:
        serve_pages(listening, environment)
    finally:
        worker.stop()
        thread.join()
    return ACCEPTED
