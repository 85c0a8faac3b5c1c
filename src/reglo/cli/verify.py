"""`reglo verify`: whether journal and issued documents are as they were written."""

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED, FATAL
from reglo.cli.language import colon, say
from reglo.cli.output import one_line, print_line, styled
from reglo.core.findings import Text


@command(
    "verify",
    text=Text(
        fr="Prouver que l'historique et les documents émis de chaque organisation n'ont pas changé.\n"
        "Nomme la première rupture de chaque chaîne. État de sortie : 1 s'il y en a une.",
        en="Prove that the journal and the issued documents of each organisation did not change.\n"
        "Names the first break of each chain. Exit status: 1 if there is one.",
    ),
    examples=("reglo verify",),
)
def verify() -> int:
    """Walk the chains and print what holds."""
    from reglo.cli.site import open_site

    open_site()
    return print_verdicts()


def print_verdicts() -> int:
    """Print what was found of each chain; the exit status."""
    from reglo.web.running.verify import missing_triggers, verify_chains

    is_whole = True
    for verdict in verify_chains():
        what = f"{verdict.organisation}, {say(verdict.chain)}"
        if verdict.reason is None:
            print_line(f"{styled('✓', fg='green')} {one_line(what)}")
            continue
        is_whole = False
        print_line(f"{styled('✗', fg='red')} {one_line(what + colon() + say(verdict.reason))}")
    lost = missing_triggers()
    if lost:
        is_whole = False
        names = ", ".join(sorted(lost))
        sentence = Text(
            fr=f"La base ne protège plus les lignes scellées ; déclencheurs perdus : {names}.",
            en=f"The database no longer protects sealed rows; triggers lost: {names}.",
        )
        print_line(f"{styled('✗', fg='red')} {say(sentence)}")
    if is_whole:
        print_line(say(Text(fr="Toutes les chaînes tiennent.", en="Every chain holds.")))
    return ACCEPTED if is_whole else FATAL
