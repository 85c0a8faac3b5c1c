"""`reglo web`: the pages only, for who runs the workers apart."""

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED
from reglo.core.findings import Text


@command(
    "web",
    text=Text(
        fr="Servir les pages seulement ; les tâches de fond reviennent à reglo worker.\n"
        "Processus et fils : REGLO_WEB_PROCESSES, REGLO_WEB_THREADS.",
        en="Serve the pages only; background jobs are for reglo worker.\n"
        "Processes and threads: REGLO_WEB_PROCESSES, REGLO_WEB_THREADS.",
    ),
    examples=("REGLO_WEB_PROCESSES=4 reglo web",),
)
def web() -> int:
    """Answer requests until told to stop."""
    from reglo.cli.site import open_site

    environment = open_site()
    from reglo.web.running.pages import serve_pages
    from reglo.web.running.start import check_port, check_static_files, prepare_database

    check_port(*environment.bind)
    check_static_files()
    prepare_database()
    serve_pages(environment, processes=environment.web_processes)
    return ACCEPTED
