"""`reglo web`: the pages only, for who runs the workers apart."""

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED
from reglo.core.findings import Text


@command(
    "web",
    text=Text(
        fr="Servir les pages seulement ; les tâches de fond reviennent à reglo worker.\n"
        "On peut en lancer plusieurs, chacun à son adresse (REGLO_BIND), derrière un même serveur https.",
        en="Serve the pages only; background jobs are for reglo worker.\n"
        "Several may run, each on an address of its own (REGLO_BIND), behind one https server.",
    ),
    examples=("reglo web", "REGLO_BIND=127.0.0.1:8001 reglo web"),
)
def web() -> int:
    """Answer requests until told to stop."""
    from reglo.cli.site import open_site

    environment = open_site()
    from reglo.web.running.pages import serve_pages
    from reglo.web.running.start import check_static_files, listen, prepare_database

    check_static_files()
    listening = listen(*environment.bind)
    prepare_database()
    serve_pages(listening, environment)
    return ACCEPTED
